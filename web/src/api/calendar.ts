import { send, type Schema } from "./client";

export type Calendar = Schema["Calendar"];
export type CalendarRequest = Schema["CalendarRequest"];
export type CalendarException = Schema["CalendarException"];
export type WeeklyWindow = Schema["WeeklyWindow"];
export type Weekday = WeeklyWindow["weekday"];
export type SlotDay = Schema["Slots"]["days"][number];
export type Slot = Schema["Slot"];

/** What staff do at a stop. */
export type StopKind = "pickup" | "return";

/** When staff collect or bring back, for the dates from `from` to `to`, 62 at most. */
export async function fetchSlots(from: string, to: string, kind: StopKind, signal?: AbortSignal): Promise<readonly SlotDay[]> {
  return (await send("get", "/api/v1/slots", { query: { from, to, kind }, signal })).days;
}

export function fetchCalendar(signal?: AbortSignal): Promise<Calendar> {
  return send("get", "/api/v1/admin/calendar", { signal });
}

/** Rejected with 412 where somebody has saved another one since `seen` was fetched. */
export function saveCalendar(body: CalendarRequest, seen: Calendar): Promise<Calendar> {
  return send("put", "/api/v1/admin/calendar", { body, seen });
}
