import { approveBooking, noteFailedTrip, payBooking, setBookingStatus, type PaymentMethod, type Status } from "../../api/booking";

/**
 * An action of staff on a booking. Three correct a mistake of the same day, with a reason; the last two are about a trip
 * that failed, and leave the status as it is.
 */
export type Action =
  "approve" | "undo" | "decline" | "pay" | "collect" | "store" | "return" | "uncollect" | "unstore" | "unreturn" | "fail" | "unfail";

interface ActionFacts {
  label: string;
  /** Shown once it is done, before the customer's name. */
  done: string;
  from: readonly Status[];
  /** Null where it stays. */
  to: Status | null;
}

/** With a stop that can fail. */
const withStop: readonly Status[] = ["paid", "collected", "in_storage"];

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
  fail: { label: "Failed trip", done: "Failed trip noted", from: withStop, to: null },
  unfail: { label: "No failed trip after all", done: "Failed trip taken back", from: withStop, to: null },
};

export function isAction(value: unknown): value is Action {
  return typeof value === "string" && Object.keys(actions).includes(value);
}

const next: Partial<Record<Status, Action>> = { submitted: "approve", paid: "collect", collected: "store", in_storage: "return" };

/** The next action of staff; null while the customer has to pay, and once the booking is over. */
export function nextAction(status: Status): Action | null {
  return next[status] ?? null;
}

const corrections: Partial<Record<Status, Action>> = { collected: "uncollect", in_storage: "unstore", returned: "unreturn" };

/** The action that corrects the step to this status; null where there is none. */
export function correctionOf(status: Status): Action | null {
  return corrections[status] ?? null;
}

export interface Order {
  action: Action;
  booking_id: string;
  /** The status for which the action was taken; null where an earlier version of the page stored none. */
  from: Status | null;
  reason: string | null;
  method: PaymentMethod | null;
  /** The trip that is taken back, by the key of its action. */
  trip?: string;
}

/** Sends an action, which takes effect once however often it is sent with one key. */
export function sendOrder({ action, booking_id, from, reason, method, trip }: Order, key: string): Promise<unknown> {
  const { to } = actions[action];
  switch (action) {
    case "approve":
      return approveBooking(booking_id, key);
    case "pay":
      return payBooking(booking_id, method ?? "card", key, true);
    case "fail":
      return noteFailedTrip(booking_id, key, key, { reason });
    case "unfail":
      return noteFailedTrip(booking_id, trip ?? "", key, { undo: true });
    default:
      return setBookingStatus(booking_id, to ?? "submitted", key, { reason, from }, true);
  }
}
