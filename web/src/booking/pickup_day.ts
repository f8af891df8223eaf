import type { Booking } from "../api/booking";
import { timeOfDay, today } from "../lib/time";

const timeInWindow = /(\d{1,2}):(\d{2})/g;

/** True once the pickup window is over; a window that names no time lasts the whole day. */
export function isPickupPast({ pickup_date, pickup_window }: Pick<Booking, "pickup_date" | "pickup_window">): boolean {
  const now = today();
  if (pickup_date !== now) return pickup_date < now;
  const end = [...pickup_window.matchAll(timeInWindow)].pop();
  return end !== undefined && `${end[1]?.padStart(2, "0")}:${end[2]}` <= timeOfDay();
}
