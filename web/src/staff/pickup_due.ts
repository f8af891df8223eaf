import type { Booking, Status } from "../api/booking";
import { formatDay, today } from "../time";

const toCome: readonly Status[] = ["submitted", "approved", "paid"];

interface PickupDue {
  kind: "late" | "today" | "other";
  day: string;
}

/** The day on which the things are fetched, and whether it is today or should have been. */
export function pickupDue({ pickup_date, status }: Booking): PickupDue {
  const now = today();
  const day = formatDay(pickup_date);
  if (!toCome.includes(status) || pickup_date > now) return { kind: "other", day };
  return pickup_date === now ? { kind: "today", day: "Today" } : { kind: "late", day: `Late: ${day}` };
}
