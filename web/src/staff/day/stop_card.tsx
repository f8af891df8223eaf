import type { Stop } from "../../api/day";
import { staffBookingPath } from "../../app/route";
import { StatusChip } from "../../booking/status_chip";
import { Icon } from "../../controls/icon";
import { counted } from "../../lib/count";
import { formatRand } from "../../lib/money";
import { useStore } from "../../lib/store";
import { BookingSteps } from "../booking/booking_steps";
import { outboxStore, waitingFor } from "../outbox/outbox";
import { actionsOf, itemNames, itemsInWords, mapHref } from "./stops";

/** A stop with what staff need at the door, and its next action. */
export function StopCard({ stop }: { stop: Stop }) {
  const { booking, photos, owed, is_ready, is_done } = stop;
  const names = itemNames(booking.items);
  const isBrought = stop.kind === "pickup" && booking.pickup_method === "brought";
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
        {isBrought ? (
          <p>{[booking.phone, "brings it to the store"].filter(Boolean).join(", ")}</p>
        ) : (
          <p>
            <a class="stop-map" href={mapHref(booking.address)} target="_blank" rel="noopener noreferrer">
              {booking.address}
              <span class="visually-hidden">, on a map</span>
            </a>
          </p>
        )}
        <p>
          <strong>{itemsInWords(booking.items)}</strong>
          {photos.length > 0 && `, ${counted(photos.length, "photo")}`}
        </p>
        {names.length > 0 && <p class="hint">{names.join(", ")}</p>}
        <p class="code">{booking.id}</p>
        {owed > 0 && (
          <p class="stop-owed">
            {is_ready ? "" : isBrought ? "Do not take in: " : "Do not collect: "}
            {formatRand(owed)} to pay
          </p>
        )}
      </div>
      <StopActions stop={stop} />
    </li>
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
