import { send, type Schema } from "./client";

/** What staff have to do on a date. */
export type StaffDay = Schema["StaffDay"];
export type DayWindow = Schema["DayWindow"];
export type DayPlaces = Schema["DayPlaces"];
export type Stop = Schema["Stop"];

/** The stops of a date; of today in South Africa where it is null. */
export function fetchDay(date: string | null, signal?: AbortSignal): Promise<StaffDay> {
  return send("get", "/api/v1/staff/day", { query: { date }, signal });
}
