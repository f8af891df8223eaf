import type { Booking, Status } from "../api/booking";
import { timeOfDay, today } from "../lib/time";

export type ChangeKind = "pickup" | "items" | "length" | "return" | "contact";

const unpaid: readonly Status[] = ["submitted", "approved"];
const beforePickup: readonly Status[] = [...unpaid, "paid"];
const afterPayment: readonly Status[] = ["paid", "collected", "in_storage"];
const over: readonly Status[] = ["returned", "declined", "cancelled"];

/** True once the window has begun: then staff are on their way. The server also asks for the calendar's lead. */
function hasBegun(date: string, window: string): boolean {
  if (date !== today()) return date < today();
  const [begin = "24:00"] = /\d{2}:\d{2}/.exec(window) ?? [];
  return begin <= timeOfDay();
}

/** What the page offers to change, in its order. */
export function offeredChanges(booking: Booking, isStaff: boolean): readonly ChangeKind[] {
  const { status, pickup_date, pickup_window, return_date, return_window, needs_new_date } = booking;
  if (over.includes(status)) return [];
  const canLeavePickup = isStaff || needs_new_date || !hasBegun(pickup_date, pickup_window);
  const canLeaveReturn = isStaff || needs_new_date || !return_date || !hasBegun(return_date, return_window ?? "");
  const offered: Record<ChangeKind, boolean> = {
    pickup: canLeavePickup && beforePickup.includes(status),
    items: canLeavePickup && unpaid.includes(status),
    length: canLeavePickup && unpaid.includes(status),
    return: canLeaveReturn && afterPayment.includes(status),
    contact: true,
  };
  return (Object.keys(offered) as ChangeKind[]).filter((kind) => offered[kind]);
}
