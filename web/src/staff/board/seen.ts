import type { Booking } from "../../api/booking";
import { isRecord, persistedValue } from "../../lib/persisted";
import { createStore } from "../../lib/store";
import { roleStore, onSignOut } from "../../session/session";

/** The submitted bookings that somebody at this kiosk has seen. */
interface Seen {
  /** Bookings made before this kiosk was first used count as seen. RFC 3339. */
  since: string;
  ids: readonly string[];
}

const maxIds = 1_000;

function parseSeen(value: unknown): Seen | null {
  if (!isRecord(value) || typeof value["since"] !== "string" || !Array.isArray(value["ids"])) return null;
  return { since: value["since"], ids: value["ids"].filter((id) => typeof id === "string") };
}

const persisted = persistedValue("local", "hss-seen", parseSeen);

/** Null until this kiosk has shown its first board. */
export const seenStore = createStore<Seen | null>(persisted.read());

onSignOut(() => {
  persisted.write(null);
  seenStore.set(null);
});

function write(seen: Seen): void {
  // An answer can arrive after its account has signed out.
  if (roleStore.get() === "customer") return;
  persisted.write(seen);
  seenStore.set(seen);
}

/** Makes every booking count as seen on a first visit. `isWhole` says that `submitted` has all of them. */
export function initialiseSeen(submitted: readonly Booking[], isWhole: boolean): void {
  if (seenStore.get()) return;
  const newest = submitted[submitted.length - 1]?.created_at ?? "";
  // Bookings after the part that is shown are taken to be as old as this visit.
  const since = isWhole ? newest : new Date().toISOString();
  write({ since, ids: submitted.map(({ id }) => id) });
}

export function markSeen(ids: readonly string[]): void {
  // Another tab may have marked some meanwhile.
  const seen = persisted.read() ?? seenStore.get();
  const added = ids.filter((id) => !seen?.ids.includes(id));
  if (seen && added.length > 0) write({ since: seen.since, ids: [...seen.ids, ...added].slice(-maxIds) });
}

export function isNew({ id, status, created_at }: Booking, seen: Seen | null): boolean {
  return seen !== null && status === "submitted" && created_at >= seen.since && !seen.ids.includes(id);
}
