const zone = "Africa/Johannesburg";
const moment = new Intl.DateTimeFormat("en-ZA", { timeZone: zone, dateStyle: "medium", timeStyle: "short" });
const clock = new Intl.DateTimeFormat("en-ZA", { timeZone: zone, timeStyle: "medium" });
const day = new Intl.DateTimeFormat("en-ZA", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric" });
const hourMs = 3_600_000;

/** A time, RFC 3339 or in ms since 1970, in South African time, e.g. "22 Nov 2026, 20:58 SAST". */
export function formatMoment(time: string | number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : `${moment.format(date)} SAST`;
}

/** An RFC 3339 time in South African time (UTC+2 all year) as YYYY-MM-DDThh:mm:ss, for grouping and for files. */
export function sastIso(time: string | number): string {
  const ms = new Date(time).getTime();
  return Number.isNaN(ms) ? String(time) : new Date(ms + 2 * hourMs).toISOString().slice(0, 19);
}

/** A time of day in South African time, with seconds. */
export function formatClock(ms: number): string {
  return clock.format(ms);
}

/** A calendar date such as 2026-12-01, e.g. "Tue, 01 Dec 2026". */
export function formatDay(date: string): string {
  const parsed = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) ? date : day.format(parsed);
}

/** Today's date in South Africa, YYYY-MM-DD. */
export function today(): string {
  return sastIso(Date.now()).slice(0, 10);
}

/** Tomorrow's date in South Africa, YYYY-MM-DD. */
export function tomorrow(): string {
  return sastIso(Date.now() + 24 * hourMs).slice(0, 10);
}

/** That many months after a calendar date, on the month's last day where it has no such day. */
export function monthsLater(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** The time of day in South Africa, hh:mm. */
export function timeOfDay(): string {
  return sastIso(Date.now()).slice(11, 16);
}

/** A time to wait in words. */
export function waitText(seconds: number): string {
  if (seconds <= 90) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

/** The rough age of an RFC 3339 time, e.g. "3 min". */
export function ageText(time: string): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time)) / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3_600) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
