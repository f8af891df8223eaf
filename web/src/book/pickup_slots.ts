import { fetchSlots, type Slot, type SlotDay, type StopKind } from "../api/calendar";
import { daysOf } from "../controls/calendar/days";
import { counted } from "../lib/count";
import { useQuery } from "../live/query";

const renewEveryMs = 60_000;

/** Days by their date; null while nothing is known of any, when each may be tried. */
export type Slots = ReadonlyMap<string, SlotDay> | null;

/** The days of those months (YYYY-MM). */
export function useSlots(months: readonly string[], kind: StopKind = "pickup"): Slots {
  const asked = [...new Set(months)];
  const fetchMonth = (month: string, signal: AbortSignal) => {
    const days = daysOf(month);
    return fetchSlots(days[0] ?? "", days[days.length - 1] ?? "", kind, signal);
  };
  const fetchAll = (signal: AbortSignal) => Promise.all(asked.map((month) => fetchMonth(month, signal)));
  const { data } = useQuery(fetchAll, [asked.join(), kind], renewEveryMs);
  return data && new Map(data.flat().map((day) => [day.date, day]));
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

const untried = (window: string): WindowChoice => ({ window, label: labelOf(window), note: "", isOpen: true });

/** The windows that every open day has; none where the days differ. */
function sharedWindows(slots: ReadonlyMap<string, SlotDay>): string[] {
  const open = [...slots.values()].map(({ windows }) => windows.map(({ window }) => window)).filter((windows) => windows.length > 0);
  return open.every((windows) => windows.join() === open[0]?.join()) ? (open[0] ?? []) : [];
}

/** The windows of the date; while none is chosen, those of every day. None where the day is closed, or has to be chosen first. */
export function windowChoices(slots: Slots, date: string): WindowChoice[] {
  if (!slots) return usualWindows.map(untried);
  const day = slots.get(date);
  if (!day) return sharedWindows(slots).map(untried);
  return day.windows.map((slot) => ({ window: slot.window, label: labelOf(slot.window), note: noteOf(slot), isOpen: isOpen(slot) }));
}
