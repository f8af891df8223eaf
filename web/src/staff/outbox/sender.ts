import { fetchBoard } from "../../api/booking";
import { ApiError, asApiError } from "../../api/error";
import { validationErrorWords } from "../../lib/error_words";
import { createStore } from "../../lib/store";
import { apiBaseStore, sessionStore } from "../../session/session";
import { sendOrder } from "./actions";
import { addOptimisticUpdate } from "./optimistic_updates";
import { remainingDelayMs, isOwn, markTried, nextToSend, outboxStore, reject, endDelays, removeSent, type Entry } from "./outbox";

interface Sending {
  /** The key of the action that is being sent. */
  key: string | null;
  /** True from a failed attempt until the outbox is empty. */
  is_backlog: boolean;
}

export const sendingStore = createStore<Sending>({ key: null, is_backlog: false });

const firstRetryMs = 1_000;
const lastRetryMs = 15_000;

// An action is only sent after the server has answered another request, so that one taken without a connection has
// certainly not been sent, and can be taken back.
let hasAnswered = false;
/** True where the last request could not reach the server. */
let isUnreachable = false;
let retryMs = firstRetryMs;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let delayTimer: ReturnType<typeof setTimeout> | undefined;
let isRunning = false;

interface ServerFailure {
  times: number;
  /** The server's last message. */
  words: string;
}

/** The actions that the server failed at, by their keys. */
export const failuresStore = createStore<ReadonlyMap<string, ServerFailure>>(new Map());

// An action that the server fails at again and again must not block those of other bookings.
const maxFailures = 3;

/** True where the server has failed at it so often that the others go first. */
export function isStuck({ key }: Entry): boolean {
  return (failuresStore.get().get(key)?.times ?? 0) >= maxFailures;
}

function recordFailure({ key }: Entry, words: string): void {
  const times = (failuresStore.get().get(key)?.times ?? 0) + 1;
  failuresStore.set(new Map(failuresStore.get()).set(key, { times, words }));
}

function nextEntry(isBlocked: (entry: Entry) => boolean = () => false): Entry | undefined {
  return nextToSend(outboxStore.get(), (entry) => !isOwn(entry) || remainingDelayMs(entry) > 0 || isBlocked(entry));
}

// The server stores a key for 24 hours; afterwards the same action would be done twice.
const keyLifetimeMs = 23 * 3_600_000;

const unknownOutcome = "It was sent long ago and no answer came, so nobody here knows whether it happened.";

/** False while the screen is locked. */
export function maySend(): boolean {
  const session = sessionStore.get();
  return session !== null && (session.mode === "demo" || session.account !== null);
}

async function sendOne(entry: Entry): Promise<void> {
  const server = apiBaseStore.get();
  if (entry.tried_at !== null && Date.now() - entry.tried_at > keyLifetimeMs) return reject(entry, unknownOutcome);
  markTried(entry.key);
  sendingStore.set({ ...sendingStore.get(), key: entry.key });
  try {
    await sendOrder(entry, entry.key);
    if (apiBaseStore.get() !== server) return;
    addOptimisticUpdate(entry);
    removeSent(entry.key);
    retryMs = firstRetryMs;
  } catch (error) {
    const failure = asApiError(error);
    // After a 401 somebody can sign in again.
    if (!failure.isFinal || failure.status === 401) {
      if (failure.status > 0 && failure.status !== 401) recordFailure(entry, failure.message);
      throw failure;
    }
    if (apiBaseStore.get() === server) reject(entry, reasonOf(failure));
  } finally {
    sendingStore.set({ ...sendingStore.get(), key: null });
  }
}

function reasonOf({ code, message, details }: ApiError): string {
  const given = [message, ...details.map(validationErrorWords)].filter(Boolean).join(" ");
  return code === "conflict" ? `The booking has moved on meanwhile. ${given}` : given;
}

async function drain(): Promise<void> {
  while (maySend() && nextEntry()) {
    if (!hasAnswered) {
      await fetchBoard(1);
      hasAnswered = true;
      isUnreachable = false;
    }
    // The outbox is read again, as the action may have been taken back meanwhile.
    const entry = nextEntry(isStuck) ?? nextEntry();
    if (entry) await sendOne(entry);
  }
}

/** Rejects an action that the server fails at. */
export function giveUp(entry: Entry): void {
  reject(entry, `It was given up here. The server said: ${failuresStore.get().get(entry.key)?.words ?? "nothing"}`);
}

// A lock makes the tabs of one browser send one at a time. Without locks, the key makes each action happen once.
async function withOutboxLock(work: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request("hss-outbox", work);
  else await work();
}

// Delayed actions are sent once their delay is over.
function scheduleDelayed(): void {
  clearTimeout(delayTimer);
  const left = outboxStore
    .get()
    .map(remainingDelayMs)
    .filter((ms) => ms > 0);
  if (left.length > 0) delayTimer = setTimeout(() => void run(), Math.min(...left) + 1);
}

// An action that is taken without a network is a backlog from the beginning.
function markBacklog(): void {
  if (isUnreachable && isAnySendable() && !sendingStore.get().is_backlog) sendingStore.set({ ...sendingStore.get(), is_backlog: true });
}

const isAnySendable = () => outboxStore.get().some((entry) => entry.rejection === null && isOwn(entry));

async function run(): Promise<void> {
  scheduleDelayed();
  markBacklog();
  if (isRunning || !nextEntry()) return;
  isRunning = true;
  clearTimeout(retryTimer);
  try {
    await withOutboxLock(drain);
    sendingStore.set({ key: null, is_backlog: false });
  } catch (error) {
    if (asApiError(error).status === 0) {
      hasAnswered = false;
      isUnreachable = true;
    }
    sendingStore.set({ key: null, is_backlog: true });
    retryTimer = setTimeout(() => void run(), retryMs);
    retryMs = Math.min(2 * retryMs, lastRetryMs);
    isRunning = false;
    return;
  }
  isRunning = false;
  // An action may have been added while the lock was released.
  if (maySend()) void run();
}

const maxFlushMs = 1_500;

/** Sends the delayed actions of the account before it leaves. Resolves once they are sent, or after `maxFlushMs`. */
export async function flushOutbox(): Promise<void> {
  if (!outboxStore.get().some((entry) => remainingDelayMs(entry) > 0 && isOwn(entry))) return;
  endDelays();
  if (isUnreachable) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(end, maxFlushMs);
    const stop = outboxStore.subscribe(() => isAnySendable() || end());
    void run();
  });
}

function retryNow(): void {
  retryMs = firstRetryMs;
  void run();
}

const backListeners = new Set<() => void>();

/** Calls the listener once the server answers again. */
export function onServerBack(listener: () => void): void {
  backListeners.add(listener);
}

/** Called after each answer of the server. */
export function serverAnswered(): void {
  isUnreachable = false;
  if (hasAnswered) return;
  hasAnswered = true;
  retryNow();
  for (const listener of backListeners) listener();
}

/** Called after each request that could not reach the server. */
export function serverUnreachable(): void {
  hasAnswered = false;
  isUnreachable = true;
  markBacklog();
}

/** Sends the outbox from now on, whenever it has something. Called once. */
export function startOutbox(): void {
  sendingStore.set({ key: null, is_backlog: nextEntry() !== undefined });
  outboxStore.subscribe(() => void run());
  sessionStore.subscribe(() => void run());
  window.addEventListener("online", retryNow);
  window.addEventListener("offline", serverUnreachable);
  document.addEventListener("visibilitychange", () => {
    // Nobody can undo an action on a hidden page, which may never come back.
    if (document.hidden) endDelays();
    retryNow();
  });
  window.addEventListener("pagehide", endDelays);
  void run();
}
