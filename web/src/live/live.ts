import { asApiError } from "../api/client";
import { apiBaseStore, currentToken, roleStore, sessionStore } from "../session";
import { hearEvents, type Change } from "./event_stream";

export type { Change };

const firstPauseMs = 1_000;
const maxPauseMs = 30_000;
/** A page that goes over to another closes and opens nothing. */
const lingerMs = 1_000;

/** Null where it is not known what has changed. */
type Hear = (change: Change | null) => void;

const listeners = new Set<Hear>();
let isWell = false;
let lastEventId = "";
/** Who listens, and where; another one begins anew. */
let listener = "";
let connection: AbortController | null = null;
let endPause: () => void = () => undefined;
let closing: ReturnType<typeof setTimeout> | undefined;

function whoListens(): string {
  return JSON.stringify([apiBaseStore.get(), currentToken(), roleStore.get()]);
}

/** Whether whatever changes is told at once. While it is not, asking again and again is all there is. */
export function isLive(): boolean {
  return isWell;
}

/**
 * Calls `hear` when something has changed, and when being told begins or ends: what happened in between is only known
 * by asking. All of a page's listeners share one connection, which is there while the page is seen.
 */
export function onNews(hear: Hear): () => void {
  listeners.add(hear);
  clearTimeout(closing);
  update();
  return () => {
    listeners.delete(hear);
    clearTimeout(closing);
    closing = setTimeout(update, lingerMs);
  };
}

function tell(change: Change | null): void {
  for (const hear of [...listeners]) hear(change);
}

function setWell(well: boolean): void {
  if (well === isWell) return;
  isWell = well;
  tell(null);
}

function update(): void {
  if (listeners.size > 0 && !document.hidden) open();
  else close();
}

function open(): void {
  if (connection) return;
  if (whoListens() !== listener) lastEventId = "";
  listener = whoListens();
  connection = new AbortController();
  void keepListening(connection.signal);
}

function close(): void {
  connection?.abort();
  connection = null;
  setWell(false);
}

function reopen(): void {
  close();
  update();
}

async function keepListening(signal: AbortSignal): Promise<void> {
  let pauseMs = firstPauseMs;
  for (;;) {
    try {
      await hearEvents(lastEventId, signal, ({ id, type, change }) => {
        if (signal.aborted) return;
        if (id !== null) lastEventId = id;
        // A greeting alone may be all that a proxy lets through.
        if (isWell) pauseMs = firstPauseMs;
        setWell(true);
        if (type !== null) tell(change);
      });
    } catch (error) {
      // Who may not listen, or where nobody speaks, hears nothing until somebody else asks, or elsewhere.
      if (asApiError(error).isFinal) return signal.aborted ? undefined : setWell(false);
    }
    if (signal.aborted) return;
    setWell(false);
    // Not all at once when a server comes back.
    await pause(pauseMs * (0.5 + Math.random() / 2));
    if (signal.aborted) return;
    pauseMs = Math.min(2 * pauseMs, maxPauseMs);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((go) => {
    const timer = setTimeout(go, ms);
    endPause = () => {
      clearTimeout(timer);
      go();
    };
  });
}

function follow(): void {
  if (connection && whoListens() !== listener) reopen();
}

/** Called once. */
export function startLive(): void {
  for (const store of [apiBaseStore, roleStore, sessionStore]) store.subscribe(follow);
  document.addEventListener("visibilitychange", update);
  window.addEventListener("offline", reopen);
  window.addEventListener("online", () => endPause());
}
