import { fetchBoard } from "../api/booking";
import { ApiError, asApiError } from "../api/client";
import { apiBaseStore, roleStore, sessionStore } from "../session";
import { createStore } from "../store";
import { sendOrder } from "./deeds";
import { noteDone } from "./moves";
import { markTried, nextToSend, outboxStore, refuse, removeSent, type Entry } from "./outbox";

interface Sending {
  /** The key of the action on the wire. */
  key: string | null;
  /** Since an attempt failed and until nothing waits any more. */
  is_backlog: boolean;
}

export const sendingStore = createStore<Sending>({ key: null, is_backlog: false });

const firstRetryMs = 1_000;
const lastRetryMs = 15_000;

// An action is only put on the wire when the server was heard just before, so that one taken without a
// connection is known never to have been sent, and can be taken back.
let isHeard = false;
let retryMs = firstRetryMs;
let retry: ReturnType<typeof setTimeout> | undefined;
let isRunning = false;

function nextEntry(): Entry | undefined {
  return nextToSend(outboxStore.get());
}

// Staff actions need a staff role; while the visitor plays a customer, or the screen is locked, they wait.
function maySend(): boolean {
  const session = sessionStore.get();
  return roleStore.get() !== "customer" && (session?.mode !== "accounts" || session.account !== null);
}

async function sendOne(entry: Entry): Promise<void> {
  const server = apiBaseStore.get();
  markTried(entry.key);
  sendingStore.set({ ...sendingStore.get(), key: entry.key });
  try {
    await sendOrder(entry, entry.key);
    if (apiBaseStore.get() !== server) return;
    noteDone(entry);
    removeSent(entry.key);
    retryMs = firstRetryMs;
  } catch (error) {
    const failure = asApiError(error);
    if (!isLastWord(failure)) throw failure;
    if (apiBaseStore.get() === server) refuse(entry, reasonOf(failure));
  } finally {
    sendingStore.set({ ...sendingStore.get(), key: null });
  }
}

// A proxy in between can answer anything, 408 only says that the request came too slowly, and after a 401 somebody
// signs in again.
function isLastWord({ isFinal, code, status }: ApiError): boolean {
  return isFinal && code !== "not_hss" && status !== 408 && status !== 401;
}

function reasonOf({ code, message, details }: ApiError): string {
  const given = [message, ...details].join(" ");
  return code === "conflict" ? `The booking has moved on meanwhile. The server says: ${given}` : given;
}

async function drain(): Promise<void> {
  while (maySend() && nextEntry()) {
    if (!isHeard) {
      await fetchBoard(1);
      isHeard = true;
    }
    // Asked again, as it may have been taken back meanwhile.
    const entry = nextEntry();
    if (entry) await sendOne(entry);
  }
}

// Tabs of one browser take turns where the browser lets them; elsewhere the key keeps every action single.
async function inTurn(work: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request("hss-outbox", work);
  else await work();
}

async function run(): Promise<void> {
  if (isRunning || !nextEntry()) return;
  isRunning = true;
  clearTimeout(retry);
  try {
    await inTurn(drain);
    sendingStore.set({ key: null, is_backlog: false });
  } catch (error) {
    if (asApiError(error).status === 0) isHeard = false;
    sendingStore.set({ key: null, is_backlog: true });
    retry = setTimeout(() => void run(), retryMs);
    retryMs = Math.min(2 * retryMs, lastRetryMs);
    isRunning = false;
    return;
  }
  isRunning = false;
  // One may have been added while the turn was given back.
  if (maySend()) void run();
}

function hurry(): void {
  retryMs = firstRetryMs;
  void run();
}

/** To be told by whoever asks the server: it answered. */
export function serverHeard(): void {
  if (isHeard) return;
  isHeard = true;
  hurry();
}

/** To be told by whoever asks the server: it cannot be reached. */
export function serverLost(): void {
  isHeard = false;
}

/** Sends what waits, from now on and whenever there is something, until the page is left. Called once. */
export function startOutbox(): void {
  sendingStore.set({ key: null, is_backlog: nextEntry() !== undefined });
  outboxStore.subscribe(() => void run());
  roleStore.subscribe(() => void run());
  sessionStore.subscribe(() => void run());
  window.addEventListener("online", hurry);
  window.addEventListener("offline", serverLost);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) hurry();
  });
  void run();
}
