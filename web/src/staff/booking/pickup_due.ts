import type { Booking, Status } from "../../api/booking";
import { counted } from "../../lib/count";
import { formatDay, monthsLater, sastIso, today } from "../../lib/time";

const beforePickup: readonly Status[] = ["submitted", "approved", "paid"];

export interface Due {
  kind: "late" | "today" | "other";
  /** The day of the next step, or of the last one, in words. */
  day: string;
  /** The pickup window, or the months of storage. */
  span: string;
}

function dueOn(date: string, words: Record<Due["kind"], (day: string) => string>): Pick<Due, "kind" | "day"> {
  const now = today();
  const kind = date > now ? "other" : date === now ? "today" : "late";
  return { kind, day: words[kind](formatDay(date)) };
}

const pickupWords = { other: (day: string) => day, today: () => "Today", late: (day: string) => `Late: ${day}` };
const returnWords = {
  other: (day: string) => `Return by ${day}`,
  today: () => "Return today",
  late: (day: string) => `Return overdue: ${day}`,
};

/** The day until which it is stored; a kiosk may have stored a booking of an earlier version, which did not say it. */
function dueDay({ due_on, pickup_date, duration_months }: Omit<Booking, "due_on"> & { due_on?: string }): string {
  return due_on ?? monthsLater(pickup_date, duration_months);
}

const plannedWords = {
  other: (day: string) => `Return ${day}`,
  today: () => "Return today",
  late: (day: string) => `Return late: ${day}`,
};

/** The date that matters at a booking's status: its pickup, its return, or its last change. */
export function bookingDue(booking: Booking): Due {
  const { status, pickup_date, pickup_window, duration_months, updated_at } = booking;
  if (booking.needs_new_date) return { kind: "late", day: "Needs a new day", span: "" };
  if (beforePickup.includes(status)) return { ...dueOn(pickup_date, pickupWords), span: pickup_window };
  const span = counted(duration_months, "month");
  const since = formatDay(sastIso(updated_at).slice(0, 10));
  switch (status) {
    case "collected":
    case "in_storage": {
      if (booking.return_date) return { ...dueOn(booking.return_date, plannedWords), span: booking.return_window || span };
      const due = { ...dueOn(dueDay(booking), returnWords), span };
      return status === "collected" && due.kind === "other" ? { ...due, day: `Collected ${since}` } : due;
    }
    case "returned":
      return { kind: "other", day: `Returned ${since}`, span };
    default:
      return { kind: "other", day: `Pickup was to be ${formatDay(pickup_date)}`, span: pickup_window };
  }
}
