import { randomKey } from "../attempt";
import { approveBooking, setBookingStatus, type Booking, type Status } from "../api/booking";

export interface QueueAction {
  label: string;
  /** What is said when it is done, after the reference. */
  done: string;
  run(booking: Booking): Promise<unknown>;
}

function step(label: string, status: Status, done: string): QueueAction {
  return { label, done, run: ({ id }) => setBookingStatus(id, status, randomKey()) };
}

const approve: QueueAction = { label: "Approve", done: "approved", run: ({ id }) => approveBooking(id, randomKey()) };

/** The one thing staff do next; nothing while it is the customer's turn to pay, or when it is over. */
export function nextAction(status: Status): QueueAction | null {
  switch (status) {
    case "submitted":
      return approve;
    case "paid":
      return step("Mark collected", "collected", "collected");
    case "collected":
      return step("Put in storage", "in_storage", "put in storage");
    case "in_storage":
      return step("Mark returned", "returned", "returned");
    default:
      return null;
  }
}

export const undoApproval: QueueAction = step("Undo approval", "submitted", "moved back to submitted");
