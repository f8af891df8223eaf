import { fetchBoard } from "../../api/booking";
import { ApiError, asApiError } from "../../api/error";
import { validationErrorWords } from "../../lib/error_words";
import { apiBaseStore, sessionStore } from "../../session/session";
import { signal } from "@preact/signals";
import { sendOrder } from "./actions";
import { addOptimisticUpdate } from "./optimistic_updates";
import { heldMs, isOwn, markTried, nextToSend, outboxStore, reject, releaseHeld, removeSent, type Entry } from "./outbox";
import { onChange } from "../../lib/on_change";

interface Sending {
  /** The key of the action on the wire. */
  key: string | null;
  /** Since an attempt failed and until nothing waits any more. */
  is_backlog: boolean;
}

export const sendingStore = signal<Sending>({ key: null, is_backlog: false });

const firstRetryMs = 1_000;
const lastRetryMs = 15_000;

// An action is only put on the wire when the server was heard just before, so that one taken without a
// connection is known never to have been sent, and can be taken back.
let hasAnswered = false;
/** Whether the last word of the server is that it cannot be reached. */
let isUnreachable = false;
let retryMs = firstRetryMs;
let retry: ReturnType<typeof setTimeout> | undefined;
let wake: ReturnType<typeof setTimeout> | undefined;
let isRunning = false;

interface Trouble {
  times: number;
  /** What the server said last. */
  words: string;
}

/** Actions that the server was asked for and could not do for now, by their keys. */
export const troubleStore = signal<ReadonlyMap<string, Trouble>>(new Map());

// An action that the server fails at again and again must not hold up those of other bookings.
const patience = 3;

/** Whether the server has failed at it so often that the others go first. */
export function isStuck({ key }: Entry): boolean {
  return (troubleStore.value.get(key)?.times ?? 0) >= patience;
}

function noteTrouble({ key }: Entry, words: string): void {
  const times = (troubleStore.value.get(key)?.times ?? 0) + 1;
  troubleStore.value = new Map(troubleStore.value).set(key, { times, words });
}

function nextEntry(isHeldUp: (entry: Entry) => boolean = () => false): Entry | undefined {
  return nextToSend(outboxStore.value, (entry) => !isOwn(entry) || heldMs(entry) > 0 || isHeldUp(entry));
}

// The server knows a key for 24 hours; afterwards the same action would be another one.
const keyLastsMs = 23 * 3_600_000;

const nobodyKnows = "It was sent long ago and no answer came, so nobody here knows whether it happened.";

// While the screen is locked they wait.
function maySend(): boolean {
  const session = sessionStore.value;
  return session !== null && (session.mode === "demo" || session.account !== null);
}

async function sendOne(entry: Entry): Promise<void> {
  const server = apiBaseStore.value;
  if (entry.tried_at !== null && Date.now() - entry.tried_at > keyLastsMs) return reject(entry, nobodyKnows);
  markTried(entry.key);
  sendingStore.value = { ...sendingStore.value, key: entry.key };
  try {
    await sendOrder(entry, entry.key);
    if (apiBaseStore.value !== server) return;
    addOptimisticUpdate(entry);
    removeSent(entry.key);
    retryMs = firstRetryMs;
  } catch (error) {
    const failure = asApiError(error);
    // After a 401 somebody signs in again.
    if (!failure.isFinal || failure.status === 401) {
      if (failure.status > 0 && failure.status !== 401) noteTrouble(entry, failure.message);
      throw failure;
    }
    if (apiBaseStore.value === server) reject(entry, reasonOf(failure));
  } finally {
    sendingStore.value = { ...sendingStore.value, key: null };
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
    // Asked again, as it may have been taken back meanwhile.
    const entry = nextEntry(isStuck) ?? nextEntry();
    if (entry) await sendOne(entry);
  }
}

/** Stops trying an action that the server fails at. */
export function giveUp(entry: Entry): void {
  reject(entry, `It was given up here. The server said: ${troubleStore.value.get(entry.key)?.words ?? "nothing"}`);
}

// Tabs of one browser take turns where the browser lets them; elsewhere the key keeps every action single.
async function inTurn(work: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request("hss-outbox", work);
  else await work();
}

// What is held back goes out when its time has come.
function wakeForHeld(): void {
  clearTimeout(wake);
  const left = outboxStore.value.map(heldMs).filter((ms) => ms > 0);
  if (left.length > 0) wake = setTimeout(() => void run(), Math.min(...left) + 1);
}

// What is taken without a network waits for it from the beginning, and says so.
function noteLoss(): void {
  if (isUnreachable && isAnySendable() && !sendingStore.value.is_backlog) sendingStore.value = { ...sendingStore.value, is_backlog: true };
}

const isAnySendable = () => outboxStore.value.some((entry) => entry.rejection === null && isOwn(entry));

async function run(): Promise<void> {
  wakeForHeld();
  noteLoss();
  if (isRunning || !nextEntry()) return;
  isRunning = true;
  clearTimeout(retry);
  try {
    await inTurn(drain);
    sendingStore.value = { key: null, is_backlog: false };
  } catch (error) {
    if (asApiError(error).status === 0) {
      hasAnswered = false;
      isUnreachable = true;
    }
    sendingStore.value = { key: null, is_backlog: true };
    retry = setTimeout(() => void run(), retryMs);
    retryMs = Math.min(2 * retryMs, lastRetryMs);
    isRunning = false;
    return;
  }
  isRunning = false;
  // One may have been added while the turn was given back.
  if (maySend()) void run();
}

const maxFlushMs = 1_500;

/** Sends what is held back now, before whoever took it goes. Ends when it is sent, or soon all the same. */
export async function sendHeld(): Promise<void> {
  if (!outboxStore.value.some((entry) => heldMs(entry) > 0 && isOwn(entry))) return;
  releaseHeld();
  if (isUnreachable) return;
  await new Promise<void>((go) => {
    const end = () => {
      clearTimeout(timer);
      stop();
      go();
    };
    const timer = setTimeout(end, maxFlushMs);
    const stop = onChange(outboxStore, () => isAnySendable() || end());
    void run();
  });
}

function hurry(): void {
  retryMs = firstRetryMs;
  void run();
}

/** To be told by whoever asks the server: it answered. */
export function serverAnswered(): void {
  isUnreachable = false;
  if (hasAnswered) return;
  hasAnswered = true;
  hurry();
}

/** To be told by whoever asks the server: it cannot be reached. */
export function serverUnreachable(): void {
  hasAnswered = false;
  isUnreachable = true;
  noteLoss();
}

/** Sends what waits, from now on and whenever there is something, until the page is left. Called once. */
export function startOutbox(): void {
  sendingStore.value = { key: null, is_backlog: nextEntry() !== undefined };
  onChange(outboxStore, () => void run());
  onChange(sessionStore, () => void run());
  window.addEventListener("online", hurry);
  window.addEventListener("offline", serverUnreachable);
  document.addEventListener("visibilitychange", () => {
    // Nobody is there to undo it, and the page may never come back.
    if (document.hidden) releaseHeld();
    hurry();
  });
  window.addEventListener("pagehide", releaseHeld);
  void run();
}
