import { approveBooking, payBooking, setBookingStatus, type PaymentMethod, type Status } from "../../api/booking";

/** What staff do to a booking; the last three take a slip of the same day back, with a reason. */
export type Action = "approve" | "undo" | "decline" | "pay" | "collect" | "store" | "return" | "uncollect" | "unstore" | "unreturn";

interface ActionFacts {
  label: string;
  /** What is said when it has happened, before the customer's name. */
  done: string;
  from: readonly Status[];
  to: Status;
}

export const actions: Record<Action, ActionFacts> = {
  approve: { label: "Approve", done: "Approved", from: ["submitted"], to: "approved" },
  undo: { label: "Undo approval", done: "Approval undone", from: ["approved"], to: "submitted" },
  decline: { label: "Decline", done: "Declined", from: ["submitted", "approved"], to: "declined" },
  pay: { label: "Take payment", done: "Payment recorded", from: ["approved"], to: "paid" },
  collect: { label: "Mark collected", done: "Collected", from: ["paid"], to: "collected" },
  store: { label: "Put in storage", done: "Put in storage", from: ["collected"], to: "in_storage" },
  return: { label: "Mark returned", done: "Returned", from: ["in_storage"], to: "returned" },
  uncollect: { label: "Correct to paid", done: "Corrected to paid", from: ["collected"], to: "paid" },
  unstore: { label: "Correct to collected", done: "Corrected to collected", from: ["in_storage"], to: "collected" },
  unreturn: { label: "Correct to in storage", done: "Corrected to in storage", from: ["returned"], to: "in_storage" },
};

export function isAction(value: unknown): value is Action {
  return typeof value === "string" && Object.keys(actions).includes(value);
}

const next: Partial<Record<Status, Action>> = { submitted: "approve", paid: "collect", collected: "store", in_storage: "return" };

/** The one thing staff do next; null while it is the customer's turn to pay, or when it is over. */
export function nextAction(status: Status): Action | null {
  return next[status] ?? null;
}

const corrections: Partial<Record<Status, Action>> = { collected: "uncollect", in_storage: "unstore", returned: "unreturn" };

/** What takes back the step to this status; null where it cannot be taken back. */
export function correctionOf(status: Status): Action | null {
  return corrections[status] ?? null;
}

export interface Order {
  action: Action;
  booking_id: string;
  /** Where the booking stood for whoever took it; null where it was taken by a page that did not say. */
  from: Status | null;
  reason: string | null;
  method: PaymentMethod | null;
}

/** However often it is sent with one key, it happens once. */
export function sendOrder({ action, booking_id, from, reason, method }: Order, key: string): Promise<unknown> {
  switch (action) {
    case "approve":
      return approveBooking(booking_id, key);
    case "pay":
      return payBooking(booking_id, method ?? "card", key, true);
    default:
      return setBookingStatus(booking_id, actions[action].to, key, { reason, from }, true);
  }
}
