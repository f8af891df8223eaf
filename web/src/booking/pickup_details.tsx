import type { BookingDetail } from "../api/booking";
import { auditPath } from "../app/route";
import { Breakable } from "../controls/breakable";
import { useStore } from "../lib/store";
import { formatDay } from "../lib/time";
import { roleStore } from "../session/session";
import { AgreedFacts } from "./agreed_facts";
import { returnWords } from "./return_words";

export function PickupDetails({ booking }: { booking: BookingDetail }) {
  const role = useStore(roleStore);
  const isBrought = booking.pickup_method === "brought";
  const isOver = booking.status === "declined" || booking.status === "cancelled";
  return (
    <section class="card" aria-labelledby="pickup-title">
      <h2 id="pickup-title">{isBrought ? "Brought to the store" : "Pickup"}</h2>
      <dl class="facts">
        <dt>Date</dt>
        <dd>{formatDay(booking.pickup_date)}</dd>
        {!isBrought && (
          <>
            <dt>Time</dt>
            <dd>{booking.pickup_window}</dd>
          </>
        )}
        {booking.address && (
          <>
            <dt>Address</dt>
            <dd>{booking.address}</dd>
          </>
        )}
        {booking.access_notes && (
          <>
            <dt>Getting in</dt>
            <dd class="lines">{booking.access_notes}</dd>
          </>
        )}
        {!isOver && (
          <>
            <dt>Stored until</dt>
            <dd>{formatDay(booking.due_on)}</dd>
          </>
        )}
        {booking.return_date && (
          <>
            <dt>Return</dt>
            <dd>{returnWords(booking)}</dd>
          </>
        )}
        <dt>Name</dt>
        <dd>{booking.customer_name}</dd>
        {booking.email && (
          <>
            <dt>E-mail</dt>
            <dd>
              <Breakable text={booking.email} />
            </dd>
          </>
        )}
        {booking.phone && (
          <>
            <dt>Telephone</dt>
            <dd>{booking.phone}</dd>
          </>
        )}
        {booking.whatsapp && (
          <>
            <dt>WhatsApp</dt>
            <dd>{booking.whatsapp}</dd>
          </>
        )}
        <AgreedFacts booking={booking} />
      </dl>
      {role !== "customer" && (
        <p class="screen-only">
          <a href={auditPath(booking.id)}>What happened to this booking</a>
        </p>
      )}
    </section>
  );
}
