import { statuses, steps as stepsOf } from "../lib/tables";
import type { Status } from "../api/booking";

export const statusLabels: Record<Status, string> = {
  submitted: "Submitted",
  approved: "Approved",
  paid: "Paid",
  collected: "Collected",
  in_storage: "In storage",
  returned: "Returned",
  declined: "Declined",
  cancelled: "Cancelled",
};

/** A status for people; one this page does not know is shown as it came. */
export function statusLabel(status: string): string {
  return Object.entries(statusLabels).find(([name]) => name === status)?.[1] ?? status.replace(/_/g, " ");
}

/** What a status means to the customer. */
export const statusMeaning: Record<Status, string> = {
  submitted: "We have your booking.",
  approved: "Our staff have approved it. Pay to confirm the pickup.",
  paid: "Your payment is recorded. Thank you.",
  collected: "Your things are on their way to our store.",
  in_storage: "Your things are safe in our store.",
  returned: "Your things are back with you.",
  declined: "We are sorry, we could not take this booking.",
  cancelled: "This booking was cancelled.",
};

/** The path of a booking that does not end early. */
export const lifecycle: readonly Status[] = statuses.filter((status) => status !== "declined" && status !== "cancelled");

const steps: Partial<Record<Status, readonly Status[]>> = stepsOf;

/** Before payment a booking can still be declined or cancelled. */
export function canEndEarly(status: Status): boolean {
  return steps[status]?.includes("cancelled") ?? false;
}
