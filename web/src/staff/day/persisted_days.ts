import type { StaffDay } from "../../api/day";
import { isRecord, persistedValue } from "../../lib/persisted";
import { apiBaseStore, onSignOut, roleStore } from "../../session/session";

/**
 * A day that this kiosk loaded, to be read while the server is unreachable. It contains names and addresses, so it is removed
 * after a day and where somebody signs out.
 */
export interface PersistedDay {
  day: StaffDay;
  /** In ms since 1970. */
  at: number;
}

/** Today, tomorrow, and another date. */
const maxDays = 3;
const hourMs = 3_600_000;
const maxAgeMs = 24 * hourMs;

/** An earlier version's days had no residences, and its items no label. */
const hasLabel = (item: unknown) => isRecord(item) && typeof item["item_label"] === "string";

function isStop(value: unknown): boolean {
  if (!isRecord(value) || !Array.isArray(value["photos"]) || !isRecord(value["booking"])) return false;
  const { id, status, items } = value["booking"];
  return typeof id === "string" && typeof status === "string" && Array.isArray(items) && items.every(hasLabel);
}

function isWindow(value: unknown): boolean {
  return isRecord(value) && typeof value["window"] === "string" && Array.isArray(value["stops"]) && value["stops"].every(isStop);
}

function isDay(value: unknown): value is StaffDay {
  if (!isRecord(value) || typeof value["date"] !== "string" || !isRecord(value["totals"])) return false;
  // An earlier version's days had none.
  if (!Array.isArray(value["residences"])) return false;
  if (!Array.isArray(value["overdue"]) || typeof value["overdue_count"] !== "number") return false;
  return Array.isArray(value["windows"]) && value["windows"].every(isWindow);
}

function isPersistedDay(value: unknown): value is PersistedDay {
  return isRecord(value) && typeof value["at"] === "number" && isDay(value["day"]);
}

const days = () =>
  persistedValue("local", `hss-days${apiBaseStore.get()}`, (value) => (Array.isArray(value) ? value.filter(isPersistedDay) : null));

function readUsable(): PersistedDay[] {
  const all = days().read() ?? [];
  const usable = all.filter(({ at }) => Date.now() - at < maxAgeMs);
  if (usable.length < all.length) days().write(usable.length > 0 ? usable : null);
  return usable;
}

onSignOut(() => days().write(null));

// A page that stays open for days without a connection must not keep them either.
setInterval(readUsable, hourMs / 4);
readUsable();

export function readDay(date: string): PersistedDay | null {
  return readUsable().find(({ day }) => day.date === date) ?? null;
}

export function persistDay(day: StaffDay): void {
  // An answer can arrive after its account has signed out.
  if (roleStore.get() === "customer") return;
  const others = readUsable().filter((one) => one.day.date !== day.date);
  days().write([...others, { day, at: Date.now() }].slice(-maxDays));
}
