import type { publishedEventTypes } from "../../lib/tables";

const labels: Record<(typeof publishedEventTypes)[number], string> = {
  booking_submitted: "Booking submitted",
  status_updated: "Status changed",
  payment_captured: "Payment recorded",
  notification: "Message to the customer",
  booking_changed: "Booking changed",
  failed_trip: "Failed trip",
  failed_trip_undone: "Failed trip undone",
  booking_claimed: "Booking claimed by its customer",
};

/** Names a published event in a few words; one that this page does not know keeps its type. */
export function eventLabel(type: string): string {
  return Object.entries(labels).find(([name]) => name === type)?.[1] ?? type;
}
