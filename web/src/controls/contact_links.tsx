import { mailHref, phoneHref, whatsappHref, type BusinessContact } from "../lib/business";
import { Breakable } from "./breakable";

/** The ways to reach the business; nothing where there is none. */
export function ContactLinks({ phone, whatsapp, email }: Pick<BusinessContact, "phone" | "whatsapp" | "email">) {
  if (!phone && !whatsapp && !email) return null;
  return (
    <ul class="contact-links">
      {phone && (
        <li>
          <a href={phoneHref(phone)}>{phone}</a>
        </li>
      )}
      {whatsapp && (
        <li>
          <a href={whatsappHref(whatsapp)} target="_blank" rel="noopener noreferrer">
            WhatsApp {whatsapp}
          </a>
        </li>
      )}
      {email && (
        <li>
          <a href={mailHref(email)}>
            <Breakable text={email} />
          </a>
        </li>
      )}
    </ul>
  );
}
