const labels: Record<string, string> = {
  booking_submitted: "Booking submitted",
  status_updated: "Status changed",
  payment_captured: "Payment recorded",
  notification: "Message to the customer",
};

/** An event that is told to others, in a few words. */
export function eventLabel(type: string): string {
  return labels[type] ?? type;
}
