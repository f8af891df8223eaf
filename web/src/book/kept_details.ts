import { asString, isRecord, keptIn } from "../kept";
import type { BookingDraft } from "./booking_draft";

type Details = Pick<BookingDraft, "customer_name" | "email" | "address">;

function parseDetails(value: unknown): Details | null {
  if (!isRecord(value)) return null;
  const text = (name: keyof Details) => asString(value[name]) ?? "";
  return { customer_name: text("customer_name"), email: text("email"), address: text("address") };
}

/** Who booked last on this device, where the customer asked for it to be remembered. */
export const keptDetails = keptIn("local", "hss-details", parseDetails);

export const noDetails: Details = { customer_name: "", email: "", address: "" };

export function detailsOf({ customer_name, email, address }: BookingDraft): Details {
  return { customer_name, email, address };
}
