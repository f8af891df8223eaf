import type { Calendar, CalendarException, CalendarRequest, Weekday } from "../../api/calendar";

export const weekdays: readonly { day: Weekday; short: string; name: string }[] = [
  { day: "monday", short: "Mo", name: "Monday" },
  { day: "tuesday", short: "Tu", name: "Tuesday" },
  { day: "wednesday", short: "We", name: "Wednesday" },
  { day: "thursday", short: "Th", name: "Thursday" },
  { day: "friday", short: "Fr", name: "Friday" },
  { day: "saturday", short: "Sa", name: "Saturday" },
  { day: "sunday", short: "Su", name: "Sunday" },
];

/** Hours and limits as they are typed; an empty limit is none. */
export interface HoursRow {
  starts: string;
  ends: string;
  capacity: string;
  pickup_capacity: string;
  return_capacity: string;
}

/** One window on several days of the week. */
export interface WindowRow extends HoursRow {
  key: number;
  days: readonly Weekday[];
}

/** A date that is closed for a reason, or has hours of its own: a row for each. */
export interface ExceptionRow extends HoursRow {
  key: number;
  date: string;
  kind: "closed" | "hours";
  closed: string;
}

/** The calendar as the form has it. */
export interface CalendarRows {
  windows: readonly WindowRow[];
  exceptions: readonly ExceptionRow[];
  first: string;
  last: string;
  lead_hours: string;
  horizon_days: string;
  closed_on_holidays: boolean;
  changes_need_approval: boolean;
}

let lastKey = 0;
export const newKey = () => ++lastKey;

const emptyHours: HoursRow = { starts: "", ends: "", capacity: "", pickup_capacity: "", return_capacity: "" };
export const newWindow = (): WindowRow => ({ ...emptyHours, key: newKey(), days: [] });
export const newException = (): ExceptionRow => ({ ...emptyHours, key: newKey(), date: "", kind: "closed", closed: "" });

const typed = (number: number | null | undefined) => (number === null || number === undefined ? "" : String(number));

interface Hours {
  starts: string;
  ends: string;
  capacity?: number | null;
  pickup_capacity?: number | null;
  return_capacity?: number | null;
}

const rowOf = ({ starts, ends, capacity, pickup_capacity, return_capacity }: Hours): HoursRow => ({
  starts,
  ends,
  capacity: typed(capacity),
  pickup_capacity: typed(pickup_capacity),
  return_capacity: typed(return_capacity),
});

function exceptionRows({ date, closed, windows }: CalendarException): ExceptionRow[] {
  if (closed) return [{ ...newException(), date, closed }];
  return (windows ?? []).map((window) => ({ ...newException(), date, kind: "hours", ...rowOf(window) }));
}

/** Windows that differ by their day of the week alone share a row. */
export function rowsOf(calendar: Calendar): CalendarRows {
  const windows: WindowRow[] = [];
  for (const { weekday, ...window } of calendar.windows) {
    const row = rowOf(window);
    const same = windows.findIndex((other) => (Object.keys(row) as (keyof HoursRow)[]).every((name) => other[name] === row[name]));
    const found = windows[same];
    if (found) windows[same] = { ...found, days: [...found.days, weekday] };
    else windows.push({ ...row, key: newKey(), days: [weekday] });
  }
  return {
    windows,
    exceptions: calendar.exceptions.flatMap(exceptionRows),
    first: calendar.season?.first ?? "",
    last: calendar.season?.last ?? "",
    lead_hours: calendar.lead_hours ? String(calendar.lead_hours) : "",
    horizon_days: typed(calendar.horizon_days),
    closed_on_holidays: calendar.closed_on_holidays ?? true,
    changes_need_approval: calendar.changes_need_approval ?? true,
  };
}

/** What is no number goes to the server as it was typed, whose answer says what is wrong. */
function numberOf(text: string): number | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : Number.isNaN(Number(trimmed)) ? (trimmed as unknown as number) : Number(trimmed);
}

const hoursOf = (row: HoursRow) => ({
  starts: row.starts,
  ends: row.ends,
  capacity: numberOf(row.capacity),
  pickup_capacity: numberOf(row.pickup_capacity),
  return_capacity: numberOf(row.return_capacity),
});

export function requestOf(rows: CalendarRows): CalendarRequest {
  const dates = new Map<string, CalendarException>();
  const exceptions: CalendarException[] = [];
  for (const row of rows.exceptions) {
    const same = dates.get(row.date);
    if (row.kind === "hours" && same?.windows) {
      same.windows.push(hoursOf(row));
      continue;
    }
    const exception: CalendarException =
      row.kind === "closed" ? { date: row.date, closed: row.closed.trim() || "Closed" } : { date: row.date, windows: [hoursOf(row)] };
    exceptions.push(exception);
    dates.set(row.date, exception);
  }
  return {
    windows: rows.windows.flatMap((row) => row.days.map((weekday) => ({ weekday, ...hoursOf(row) }))),
    exceptions,
    season: { first: rows.first || null, last: rows.last || null },
    lead_hours: numberOf(rows.lead_hours),
    horizon_days: numberOf(rows.horizon_days),
    closed_on_holidays: rows.closed_on_holidays,
    changes_need_approval: rows.changes_need_approval,
  };
}

/** What is missing before it can be sent, as sentences. */
export function missingIn(rows: CalendarRows): string[] {
  const missing: string[] = [];
  if (rows.windows.length === 0 && rows.exceptions.every(({ kind }) => kind === "closed")) {
    missing.push("Give at least one window: nobody can book without.");
  }
  if (rows.windows.some(({ starts, ends }) => !starts || !ends)) missing.push("Give every window its beginning and its end.");
  if (rows.windows.some(({ days }) => days.length === 0)) missing.push("Choose at least one day of the week for every window.");
  if (rows.exceptions.some(({ date }) => !date)) missing.push("Give every closed day and every day with other hours its date.");
  if (rows.exceptions.some(({ kind, starts, ends }) => kind === "hours" && (!starts || !ends))) {
    missing.push("Give every day with other hours its beginning and its end.");
  }
  return missing;
}
