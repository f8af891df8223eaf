import { asApiError } from "../api/error";
import { apiBaseStore, currentToken, roleStore, sessionStore } from "../session/session";
import { receiveEvents, type Change } from "./event_stream";

export type { Change };

const firstPauseMs = 1_000;
const maxPauseMs = 30_000;
/** The connection outlives a change from page to page. */
const closeDelayMs = 1_000;

/** Receives null where any booking may have changed. */
type Listener = (change: Change | null) => void;

const listeners = new Set<Listener>();
let isConnected = false;
let lastEventId = "";
/** Identifies the server, token and role of the connection; another one starts without an event id. */
let subscriber = "";
let connection: AbortController | null = null;
let skipPause: () => void = () => undefined;
let closing: ReturnType<typeof setTimeout> | undefined;

function subscriberKey(): string {
  return JSON.stringify([apiBaseStore.get(), currentToken(), roleStore.get()]);
}

/** True while changes are pushed. Otherwise callers have to poll. */
export function isLive(): boolean {
  return isConnected;
}

/**
 * Calls `listener` at each change, and when the connection opens or closes: what happened in between has to be loaded.
 * All of a page's listeners share one connection, which is open while the page is visible.
 */
export function subscribeToChanges(listener: Listener): () => void {
  listeners.add(listener);
  clearTimeout(closing);
  update();
  return () => {
    listeners.delete(listener);
    clearTimeout(closing);
    closing = setTimeout(update, closeDelayMs);
  };
}

function publish(change: Change | null): void {
  for (const listener of [...listeners]) listener(change);
}

function setConnected(connected: boolean): void {
  if (connected === isConnected) return;
  isConnected = connected;
  publish(null);
}

function update(): void {
  if (listeners.size > 0 && !document.hidden) open();
  else close();
}

function open(): void {
  if (connection) return;
  if (subscriberKey() !== subscriber) lastEventId = "";
  subscriber = subscriberKey();
  connection = new AbortController();
  void receiveUntilAborted(connection.signal);
}

function close(): void {
  connection?.abort();
  connection = null;
  setConnected(false);
}

function reopen(): void {
  close();
  update();
}

async function receiveUntilAborted(signal: AbortSignal): Promise<void> {
  let pauseMs = firstPauseMs;
  for (;;) {
    try {
      await receiveEvents(lastEventId, signal, ({ id, type, change }) => {
        if (signal.aborted) return;
        if (id !== null) lastEventId = id;
        // A proxy may pass on the first message alone.
        if (isConnected) pauseMs = firstPauseMs;
        setConnected(true);
        if (type !== null) publish(change);
      });
    } catch (error) {
      // After a permanent failure, another server, token or role opens the stream again.
      if (asApiError(error).isFinal) return signal.aborted ? undefined : setConnected(false);
    }
    if (signal.aborted) return;
    setConnected(false);
    // Clients spread their reconnects over time.
    await pause(pauseMs * (0.5 + Math.random() / 2));
    if (signal.aborted) return;
    pauseMs = Math.min(2 * pauseMs, maxPauseMs);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    skipPause = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

function reopenForSubscriber(): void {
  if (connection && subscriberKey() !== subscriber) reopen();
}

/** Called once. */
export function startLive(): void {
  for (const store of [apiBaseStore, roleStore, sessionStore]) store.subscribe(reopenForSubscriber);
  document.addEventListener("visibilitychange", update);
  window.addEventListener("offline", reopen);
  window.addEventListener("online", () => skipPause());
}
