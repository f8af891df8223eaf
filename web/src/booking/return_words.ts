import type { Booking } from "../api/booking";
import { formatDay } from "../lib/time";

/** When, how and where the items go back; empty where nobody has asked for it. */
export function returnWords({ return_date, return_window, return_method, return_address }: Booking): string {
  if (!return_date) return "";
  const when = [formatDay(return_date), return_window].filter(Boolean).join(", ");
  return return_method === "collect_at_store" ? `${when}, at the store` : [when, return_address].filter(Boolean).join(", ");
}
