import type { Booking, Status } from "../api/booking";
import { formatDay } from "../time";

const toCome: readonly Status[] = ["submitted", "approved", "paid"];
// South Africa keeps UTC+2 all year.
const aheadOfUtcMs = 7_200_000;

interface PickupDue {
  kind: "late" | "today" | "other";
  text: string;
}

/** When the things are fetched, and whether that is today or should have been. */
export function pickupDue({ pickup_date, pickup_window, status }: Booking): PickupDue {
  const today = new Date(Date.now() + aheadOfUtcMs).toISOString().slice(0, 10);
  const text = `${formatDay(pickup_date)}, ${pickup_window}`;
  if (!toCome.includes(status) || pickup_date > today) return { kind: "other", text };
  return pickup_date === today ? { kind: "today", text: `Today, ${pickup_window}` } : { kind: "late", text: `Late: ${text}` };
}
