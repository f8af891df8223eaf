import type { Booking } from "../../api/booking";
import { Breakable } from "../../controls/breakable";
import { counted } from "../../lib/count";
import { formatDay, formatMoment } from "../../lib/time";
import { bookingDue } from "./pickup_due";

/** Shows the time and the place of the pickup, and the e-mail. */
export function BookingContact({ booking }: { booking: Booking }) {
  const due = bookingDue(booking);
  const isBeforePickup = due.span === booking.pickup_window;
  return (
    <section class="card" aria-labelledby="contact-title">
      <h2 id="contact-title">Pickup</h2>
      <dl class="facts">
        <dt>When</dt>
        <dd class={isBeforePickup ? `due-${due.kind}` : undefined}>
          {isBeforePickup && due.kind !== "other" ? due.day : formatDay(booking.pickup_date)}, {booking.pickup_window}
        </dd>
        <dt>Address</dt>
        <dd>{booking.address}</dd>
        <dt>E-mail</dt>
        <dd>
          <a class="touch-link" href={`mailto:${booking.email}`}>
            <Breakable text={booking.email} />
          </a>
        </dd>
        <dt>Storage</dt>
        <dd>
          {counted(booking.duration_months, "month")}
          {!isBeforePickup && (
            <>
              , <span class={`due-${due.kind}`}>{due.day}</span>
            </>
          )}
        </dd>
        <dt>Booked</dt>
        <dd>{formatMoment(booking.created_at)}</dd>
      </dl>
    </section>
  );
}
