import type { Booking } from "../../api/booking";
import { phoneHref, whatsappHref } from "../../lib/business";

/** Calls the customer, or writes to them on WhatsApp; nothing where there is no number. */
export function CallLinks({ booking }: { booking: Booking }) {
  // A kiosk may have stored a booking of an earlier version, which had none.
  const { phone, whatsapp, customer_name }: Partial<Booking> = booking;
  const chat = whatsapp || phone;
  if (!chat) return null;
  return (
    <p class="contact-links screen-only">
      {phone && (
        <a href={phoneHref(phone)}>
          Call {phone}
          <span class="visually-hidden"> ({customer_name})</span>
        </a>
      )}
      <a href={whatsappHref(chat)} target="_blank" rel="noopener noreferrer">
        WhatsApp{whatsapp && ` ${whatsapp}`}
        <span class="visually-hidden"> ({customer_name})</span>
      </a>
    </p>
  );
}
