import type { Booking, Status } from "../api/booking";
import { formatDay } from "../time";

const toCome: readonly Status[] = ["submitted", "approved", "paid"];
// South Africa keeps UTC+2 all year.
const aheadOfUtcMs = 7_200_000;

interface PickupDue {
  kind: "late" | "today" | "other";
  day: string;
}

/** The day on which the things are fetched, and whether it is today or should have been. */
export function pickupDue({ pickup_date, status }: Booking): PickupDue {
  const today = new Date(Date.now() + aheadOfUtcMs).toISOString().slice(0, 10);
  const day = formatDay(pickup_date);
  if (!toCome.includes(status) || pickup_date > today) return { kind: "other", day };
  return pickup_date === today ? { kind: "today", day: "Today" } : { kind: "late", day: `Late: ${day}` };
}
