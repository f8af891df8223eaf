import type { Booking } from "../../api/booking";
import { AgreedFacts } from "../../booking/agreed_facts";
import { returnWords } from "../../booking/return_words";
import { Breakable } from "../../controls/breakable";
import { mapHref, phoneHref, whatsappHref } from "../../lib/business";
import { counted } from "../../lib/count";
import { formatDay, formatMoment } from "../../lib/time";
import { bookingDue } from "./pickup_due";

/** Shows the time and the place of the pickup, and the e-mail. */
export function BookingContact({ booking }: { booking: Booking }) {
  const due = bookingDue(booking);
  const isBeforePickup = due.span === booking.pickup_window;
  return (
    <section class="card" aria-labelledby="contact-title">
      <h2 id="contact-title">{booking.pickup_method === "brought" ? "Brought to the store" : "Pickup"}</h2>
      <dl class="facts">
        <dt>When</dt>
        <dd class={isBeforePickup ? `due-${due.kind}` : undefined}>
          {isBeforePickup && due.kind !== "other" ? due.day : formatDay(booking.pickup_date)}, {booking.pickup_window}
        </dd>
        {booking.address && (
          <>
            <dt>Address</dt>
            <dd>
              <a class="touch-link" href={mapHref(booking.address)} target="_blank" rel="noopener noreferrer">
                {booking.address}
              </a>
            </dd>
          </>
        )}
        {booking.access_notes && (
          <>
            <dt>Getting in</dt>
            <dd class="lines">{booking.access_notes}</dd>
          </>
        )}
        <ReachLinks booking={booking} />
        {booking.email && (
          <>
            <dt>E-mail</dt>
            <dd>
              <a class="touch-link" href={`mailto:${booking.email}`}>
                <Breakable text={booking.email} />
              </a>
            </dd>
          </>
        )}
        <dt>Storage</dt>
        <dd>
          {counted(booking.duration_months, "month")}
          {!isBeforePickup && (
            <>
              , <span class={`due-${due.kind}`}>{due.day}</span>
            </>
          )}
        </dd>
        {booking.return_date && (
          <>
            <dt>Return</dt>
            <dd>{returnWords(booking)}</dd>
          </>
        )}
        {booking.failed_trips > 0 && (
          <>
            <dt>Failed trips</dt>
            <dd>{booking.failed_trips}</dd>
          </>
        )}
        <AgreedFacts booking={booking} />
        <dt>Booked</dt>
        <dd>{formatMoment(booking.created_at)}</dd>
      </dl>
    </section>
  );
}

/** How to reach the customer: by telephone, and on WhatsApp by that or another number. */
function ReachLinks({ booking: { phone, whatsapp } }: { booking: Booking }) {
  const chat = whatsapp || phone;
  if (!chat) return null;
  return (
    <>
      {phone && (
        <>
          <dt>Telephone</dt>
          <dd>
            <a class="touch-link" href={phoneHref(phone)}>
              {phone}
            </a>
          </dd>
        </>
      )}
      <dt>WhatsApp</dt>
      <dd>
        <a class="touch-link" href={whatsappHref(chat)} target="_blank" rel="noopener noreferrer">
          {chat}
        </a>
      </dd>
    </>
  );
}
