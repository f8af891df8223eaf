import { randomKey } from "../../api/attempt";
import { type Booking, type PaymentMethod, type Status } from "../../api/booking";
import { asString, isRecord, persistedValue } from "../../lib/persisted";
import { createStore } from "../../lib/store";
import { apiBaseStore, sessionStore } from "../../session/session";
import { markSeen } from "../board/seen";
import { actions, isAction, type Action, type Order } from "./actions";
import { statuses } from "../../lib/tables";

export interface Actor {
  id: string;
  name: string;
}

/** An action for the server, stored in the browser before it is sent and until its outcome is known. */
export interface Entry extends Order {
  /** The Idempotency-Key of every attempt to send it. */
  key: string;
  customer_name: string;
  /** The account that took it and that alone can send it; null where nobody signs in. */
  actor: Actor | null;
  /** In ms since 1970. */
  made_at: number;
  /** In ms since 1970: the end of the delay in which it can be undone. Null where it is not delayed. */
  held_until: number | null;
  /** The time of the first attempt, in ms since 1970: from then on the server may know of it. Null before. */
  tried_at: number | null;
  /** The server's reason for rejecting it; null while it waits. */
  rejection: string | null;
}

const methods: readonly PaymentMethod[] = ["card", "eft", "cash"];

export function parseActor(value: unknown): Actor | null {
  if (!isRecord(value) || typeof value["id"] !== "string" || typeof value["name"] !== "string") return null;
  return { id: value["id"], name: value["name"] };
}

function parseEntry(value: unknown): Entry | null {
  if (!isRecord(value)) return null;
  const { key, deed: action, booking_id, customer_name, made_at, tried_at, refusal: rejection, reason, method, trip } = value;
  if (typeof key !== "string" || !isAction(action) || typeof booking_id !== "string") return null;
  if (typeof customer_name !== "string" || typeof made_at !== "number") return null;
  return {
    key,
    action,
    booking_id,
    customer_name,
    actor: parseActor(value["actor"]),
    made_at,
    from: statuses.find((one) => one === value["from"]) ?? null,
    held_until: typeof value["held_until"] === "number" ? value["held_until"] : null,
    tried_at: typeof tried_at === "number" ? tried_at : null,
    rejection: asString(rejection),
    reason: asString(reason),
    method: methods.find((one) => one === method) ?? null,
    ...(typeof trip === "string" && { trip }),
  };
}

// Stored entries outlive the version of the page that wrote them, so the names of their members stay.
function storedEntry({ action, rejection, ...rest }: Entry) {
  return { ...rest, deed: action, refusal: rejection };
}

function parseEntries(value: unknown): Entry[] | null {
  return Array.isArray(value) ? value.map(parseEntry).filter((entry) => entry !== null) : null;
}

// Each server has an outbox of its own.
const persistedKey = () => `hss-outbox${apiBaseStore.get()}`;
const persisted = () => persistedValue("local", persistedKey(), parseEntries, (entries) => entries.map(storedEntry));

/** Ordered by time. Every tab of this browser has the same. */
export const outboxStore = createStore<readonly Entry[]>(persisted().read() ?? []);

/** False while the browser does not store the outbox, so that a reload would lose it. */
export const outboxPersistedStore = createStore(true);

const reread = () => outboxStore.set(persisted().read() ?? []);
apiBaseStore.subscribe(reread);
window.addEventListener("storage", ({ key }) => {
  if (key === persistedKey()) reread();
});

// Another tab may have written since, so storage is read first, and memory only where the browser stores nothing.
export function changeOutbox(change: (entries: readonly Entry[]) => readonly Entry[]): void {
  const entries = change(persisted().read() ?? outboxStore.get());
  outboxPersistedStore.set(persisted().write([...entries]));
  outboxStore.set(entries);
}

/** The first action that can be sent: neither it nor an earlier one of the same booking is blocked. */
export function nextToSend(entries: readonly Entry[], isBlocked: (entry: Entry) => boolean): Entry | undefined {
  const blocked = new Set<string>();
  for (const entry of entries) {
    if (entry.rejection !== null) continue;
    if (isBlocked(entry)) blocked.add(entry.booking_id);
    else if (!blocked.has(entry.booking_id)) return entry;
  }
  return undefined;
}

/** The delay in which an action can be undone before it is sent. */
const undoDelayMs = 5_000;

/** The rest of an action's delay in ms; 0 where it can be sent. */
export function remainingDelayMs({ held_until, tried_at }: Entry): number {
  const left = (held_until ?? 0) - Date.now();
  // A clock that was set back delays nothing for longer.
  return tried_at === null && left > 0 && left <= undoDelayMs ? left : 0;
}

/** Ends the delay of every action. */
export function endDelays(): void {
  if (!outboxStore.get().some((entry) => remainingDelayMs(entry) > 0)) return;
  changeOutbox((entries) => entries.map((entry) => ({ ...entry, held_until: null })));
}

export function waitingFor(entries: readonly Entry[], bookingId: string): Entry[] {
  return entries.filter((entry) => entry.booking_id === bookingId && entry.rejection === null);
}

export function currentActor(): Actor | null {
  const account = sessionStore.get()?.account;
  return account ? { id: account.id, name: account.name } : null;
}

/** True where the account signed in took it. */
export function isOwn({ actor }: Pick<Entry, "actor">): boolean {
  return (actor?.id ?? null) === (currentActor()?.id ?? null);
}

/** The unsent actions of an account. */
export function waitingOf(entries: readonly Entry[], accountId: string): Entry[] {
  return entries.filter(({ actor, rejection }) => rejection === null && actor?.id === accountId);
}

/** The status of a booking after its unsent actions. */
export function expectedStatus(status: Status, waiting: readonly Entry[]): Status {
  return waiting.reduce((now, { action }) => actions[action].to ?? now, status);
}

interface Particulars {
  reason?: string;
  method?: PaymentMethod;
  trip?: string;
}

export type Actionable = Pick<Booking, "id" | "customer_name" | "status">;

/** Adds an action to the outbox. False where the lifecycle does not allow it now, as for a second tap. */
export function act(booking: Actionable, action: Action, { reason, method, trip }: Particulars = {}): boolean {
  markSeen([booking.id]);
  let isTaken = false;
  changeOutbox((entries) => {
    const status = expectedStatus(booking.status, waitingFor(entries, booking.id));
    if (!actions[action].from.includes(status)) return entries;
    const entry: Entry = {
      key: randomKey(),
      action,
      booking_id: booking.id,
      customer_name: booking.customer_name,
      actor: currentActor(),
      from: status,
      made_at: Date.now(),
      held_until: Date.now() + undoDelayMs,
      tried_at: null,
      rejection: null,
      reason: reason ?? null,
      method: method ?? null,
      ...(trip && { trip }),
    };
    isTaken = true;
    return [...entries, entry];
  });
  return isTaken;
}

/** Removes an action that the server cannot know of yet. */
export function takeBack(key: string): void {
  changeOutbox((entries) => entries.filter((entry) => entry.key !== key || entry.tried_at !== null));
}

export function dismissRejected(key: string): void {
  changeOutbox((entries) => entries.filter((entry) => entry.key !== key || entry.rejection === null));
}

export function markTried(key: string): void {
  const now = Date.now();
  changeOutbox((entries) => entries.map((entry) => (entry.key === key ? { ...entry, tried_at: entry.tried_at ?? now } : entry)));
}

export function removeSent(key: string): void {
  changeOutbox((entries) => entries.filter((entry) => entry.key !== key));
}

/** Rejects an action, and with it the later ones of the same booking, which depend on it. */
export function reject(rejected: Entry, why: string): void {
  changeOutbox((entries) => {
    const place = entries.findIndex(({ key }) => key === rejected.key);
    if (place < 0) return entries;
    const follows = `Not sent, because “${actions[rejected.action].label}” before it was refused.`;
    return entries.map((entry, index) => {
      if (index === place) return { ...entry, rejection: why };
      const isBuiltOn = index > place && entry.booking_id === rejected.booking_id && entry.rejection === null;
      return isBuiltOn ? { ...entry, rejection: follows } : entry;
    });
  });
}
