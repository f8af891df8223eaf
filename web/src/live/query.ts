import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { asApiError, type ApiError } from "../api/error";
import { isLive, subscribeToChanges, type Change } from "./live";

/** The interval at which a visible page polls while changes are not pushed. */
export const pollEveryMs = 3_000;
/** The interval while changes are pushed, as not every one is. */
const slowPollMs = 30_000;
/** The minimum between two requests that changes cause. */
const changeGapMs = 500;
/** Above this number of changes, loading everything is cheaper. */
const maxChanges = 10;

/** The times of loading again while the page is visible: never, at an interval in ms, or at each change. */
export type Pace = "once" | "living" | number;

export interface Query<T> {
  /** The last good answer; it stays while a newer one loads or has failed. */
  data: T | null;
  /** The error of the last attempt, or null where it succeeded. */
  error: ApiError | null;
  loading: boolean;
  /** The time of the last good answer, in ms since 1970. */
  loaded_at: number | null;
  /** Loads now; a slower answer to an earlier request is discarded. */
  refresh(): Promise<void>;
  /** Loads a change soon. */
  receive(change: Change): void;
}

/** Applies changes to `data`; null where everything has to be loaded. */
export type Update<T> = (data: T, changes: readonly Change[], signal: AbortSignal) => Promise<T | null>;

/** Loads on mount and whenever `deps` change, then at that pace. Known changes go through `update` where it is given. */
export function useQuery<T>(
  load: (signal: AbortSignal) => Promise<T>,
  deps: readonly unknown[],
  pace: Pace = "once",
  update?: Update<T>,
): Query<T> {
  const [state, setState] = useState<Omit<Query<T>, "refresh" | "receive">>({ data: null, error: null, loading: true, loaded_at: null });
  const reloader = useRef<() => Promise<void>>(async () => undefined);
  const receiver = useRef<(change: Change) => void>(() => undefined);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let running: AbortController | null = null;
    let isRunning = false;
    let hasChanged = false;
    /** The changes since the last request; null where they are unknown. */
    let changes: readonly Change[] | null = null;
    let latest: T | null = null;
    let hasFailedFinally = false;
    let requestedAt = 0;
    const waitMs = (failed: boolean) => {
      if (hasChanged) return Math.max(0, requestedAt + changeGapMs - Date.now());
      return typeof pace === "number" ? pace : isLive() && !failed ? slowPollMs : pollEveryMs;
    };
    const stop = () => {
      clearTimeout(timer);
      running?.abort();
    };
    const loadOrUpdate = async (recent: readonly Change[] | null, signal: AbortSignal): Promise<T> => {
      const isSmall = recent !== null && recent.length > 0 && recent.length <= maxChanges;
      const updated = update && isSmall && latest !== null ? await update(latest, recent, signal) : null;
      return updated ?? load(signal);
    };
    const reload = async (recent: readonly Change[] | null = null): Promise<void> => {
      stop();
      const controller = new AbortController();
      running = controller;
      isRunning = true;
      hasChanged = false;
      changes = [];
      requestedAt = Date.now();
      setState((now) => ({ ...now, loading: true }));
      let failure: ApiError | null = null;
      let data: T | null = null;
      try {
        data = await loadOrUpdate(recent, controller.signal);
      } catch (error) {
        failure = asApiError(error);
      }
      if (controller.signal.aborted) return;
      isRunning = false;
      hasFailedFinally = failure?.isFinal ?? false;
      latest = data;
      if (failure) setState((now) => ({ ...now, error: failure, loading: false }));
      else setState({ data, error: null, loading: false, loaded_at: Date.now() });
      if (pace !== "once" && !document.hidden && !hasFailedFinally) timer = setTimeout(next, waitMs(failure !== null));
    };
    const next = () => void reload(hasChanged ? changes : null);
    const onChange = (change: Change | null) => {
      if (document.hidden || hasFailedFinally) return;
      hasChanged = true;
      changes = change && changes && [...changes, change];
      if (isRunning) return;
      clearTimeout(timer);
      timer = setTimeout(next, waitMs(false));
    };
    const onVisibility = () => {
      if (document.hidden) clearTimeout(timer);
      else void reload();
    };
    reloader.current = () => reload();
    receiver.current = onChange;
    void reload();
    const unsubscribe = pace === "living" ? subscribeToChanges(onChange) : () => undefined;
    if (pace !== "once") document.addEventListener("visibilitychange", onVisibility);
    return () => {
      stop();
      unsubscribe();
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [...deps, pace]);

  const refresh = useCallback(() => reloader.current(), []);
  const receive = useCallback((change: Change) => receiver.current(change), []);
  return { ...state, refresh, receive };
}
