import { fetchSlots, type Slot, type SlotDay, type StopKind } from "../api/calendar";
import { daysOf } from "../controls/calendar/days";
import { counted } from "../lib/count";
import { useQuery } from "../live/query";

const renewEveryMs = 60_000;

/** The days of that month (YYYY-MM) by their date; empty while they are not known, when any day may be tried. */
export function useSlots(month: string, kind: StopKind = "pickup"): ReadonlyMap<string, SlotDay> {
  const days = daysOf(month);
  const first = days[0] ?? "";
  const last = days[days.length - 1] ?? first;
  const query = useQuery((signal) => fetchSlots(first, last, signal, kind === "pickup" ? undefined : kind), [month, kind], renewEveryMs);
  return new Map((query.data ?? []).map((day) => [day.date, day]));
}

const isOpen = ({ closed, free }: Slot) => !closed && free !== 0;

/** Why nothing can be booked on the day, in words; empty where something can. */
export function whyClosed(day: SlotDay | undefined): string {
  if (!day || day.windows.some(isOpen)) return "";
  if (day.closed) return day.closed;
  return day.windows.find(({ closed }) => !closed) ? "Full" : (day.windows[0]?.closed ?? "Closed");
}

/** A window to choose: its text as the server takes it, its name, and what stands beside it. */
export interface WindowChoice {
  window: string;
  label: string;
  note: string;
  isOpen: boolean;
}

const usualWindows = ["08:00 – 11:00", "11:00 – 14:00", "14:00 – 17:00"];
/** Fewer places than this are worth saying. */
const few = 5;

function labelOf(window: string): string {
  const starts = window.slice(0, 5);
  if (starts < "11:00") return "Morning";
  if (starts < "14:00") return "Midday";
  return starts < "17:00" ? "Afternoon" : "Evening";
}

function noteOf({ closed, free }: Slot): string {
  if (closed) return closed;
  if (free === 0) return "Full";
  return free !== null && free < few ? `${counted(free, "place")} left` : "";
}

/** The windows of the day; the usual ones while no day is chosen, or it is not known. */
export function windowChoices(day: SlotDay | undefined): WindowChoice[] {
  if (!day || day.windows.length === 0) {
    return usualWindows.map((window) => ({ window, label: labelOf(window), note: "", isOpen: true }));
  }
  return day.windows.map((slot) => ({ window: slot.window, label: labelOf(slot.window), note: noteOf(slot), isOpen: isOpen(slot) }));
}
