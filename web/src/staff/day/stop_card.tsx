import type { Stop } from "../../api/day";
import { staffBookingPath } from "../../app/route";
import { StatusChip } from "../../booking/status_chip";
import { Icon } from "../../controls/icon";
import { counted } from "../../lib/count";
import { formatRand } from "../../lib/money";
import { useStore } from "../../lib/store";
import { today } from "../../lib/time";
import { BookingSteps } from "../booking/booking_steps";
import { outboxStore, waitingFor } from "../outbox/outbox";
import { CallLinks } from "../booking/call_links";
import { FailedTrip } from "../booking/failed_trip";
import { actionsOf, addressOf, comesToStore, doNot, itemNames, itemsInWords, kindLabel, mapHref, whyUnready } from "./stops";

/** A stop with what staff need at the door, and its next action. */
export function StopCard({ stop }: { stop: Stop }) {
  const { kind, booking, photos, owed, is_ready, is_done } = stop;
  const names = itemNames(booking.items);
  return (
    <li class={`stop ${is_done ? "stop-done" : is_ready ? "" : "stop-unready"}`} data-booking={booking.id}>
      <div class="stop-words">
        <p class="stop-head">
          <a class="stop-name" href={staffBookingPath(booking.id)} data-focus-home>
            {is_done && (
              <>
                <Icon name="check" />
                <span class="visually-hidden">Done: </span>
              </>
            )}
            {booking.customer_name}
          </a>
          <StatusChip status={booking.status} />
        </p>
        <p class="hint">{kindLabel(stop)}</p>
        <StopAddress stop={stop} />
        {booking.access_notes && <p class="lines">{booking.access_notes}</p>}
        <p>
          <strong>{itemsInWords(booking.items)}</strong>
          {photos.length > 0 && `, ${counted(photos.length, "photo")}`}
        </p>
        {names.length > 0 && <p class="hint">{names.join(", ")}</p>}
        <p class="code">{booking.id}</p>
        {booking.needs_new_date && !is_done && <p class="stop-owed">The trip failed; the customer is asked for another day</p>}
        {!is_ready && (kind === "return" || owed === 0) && <p class="stop-owed">{whyUnready(stop)}</p>}
        {owed > 0 && (
          <p class="stop-owed">
            {is_ready || kind === "return" ? "" : `${doNot(stop)}: `}
            {formatRand(owed)} to pay
          </p>
        )}
        <CallLinks booking={booking} />
      </div>
      <StopActions stop={stop} />
      {is_ready && !is_done && <FailedTrip booking={booking} changes={[]} today={today()} />}
    </li>
  );
}

function StopAddress({ stop }: { stop: Stop }) {
  const address = addressOf(stop);
  if (!address) return <p>{comesToStore(stop)}</p>;
  return (
    <p>
      <a class="stop-map" href={mapHref(address)} target="_blank" rel="noopener noreferrer">
        {address}
        <span class="visually-hidden"> on a map</span>
      </a>
    </p>
  );
}

/** The next action; what is not paid is taken to the booking's own page. */
function StopActions({ stop: { kind, booking } }: { stop: Stop }) {
  const isIdle = waitingFor(useStore(outboxStore), booking.id).length === 0;
  if (isIdle && booking.status === "approved") {
    return (
      <a class="button button-plain" href={staffBookingPath(booking.id)}>
        Take payment
        <span class="visually-hidden"> of {booking.id}</span>
      </a>
    );
  }
  return <BookingSteps booking={booking} offered={actionsOf[kind]} />;
}
