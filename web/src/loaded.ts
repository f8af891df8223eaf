import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { asApiError, type ApiError } from "./api/client";
import { isLive, onNews } from "./live/live";

/** How often a page that shows living data asks again while it is visible and nobody tells it of changes. */
export const pollEveryMs = 3_000;
/** How often it asks although changes are told, as not every one is. */
const slowPollMs = 30_000;
/** At least between two times of asking because of a change. */
const newsGapMs = 500;

/** When to ask again while the page is visible: never, after so many ms, or whenever something has changed. */
export type Pace = "once" | "living" | number;

export interface Loaded<T> {
  /** The last good answer; it stays while a newer one is on its way or has failed. */
  data: T | null;
  /** Why the last attempt failed, or null where it did not. */
  error: ApiError | null;
  loading: boolean;
  /** When the last good answer came, in ms since 1970. */
  loaded_at: number | null;
  /** Asks now; a slower answer to an earlier question is thrown away. */
  refresh(): Promise<void>;
}

/** Loads on mount and whenever `deps` change, then at that pace. */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  deps: readonly unknown[],
  pace: Pace = "once",
): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, "refresh">>({ data: null, error: null, loading: true, loaded_at: null });
  const round = useRef<() => Promise<void>>(async () => undefined);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let running: AbortController | null = null;
    let isRunning = false;
    let hasNews = false;
    let isOver = false;
    let askedAt = 0;
    const waitMs = (failed: boolean) => {
      if (hasNews) return Math.max(0, askedAt + newsGapMs - Date.now());
      return typeof pace === "number" ? pace : isLive() && !failed ? slowPollMs : pollEveryMs;
    };
    const stop = () => {
      clearTimeout(timer);
      running?.abort();
    };
    const ask = async (): Promise<void> => {
      stop();
      const ending = new AbortController();
      running = ending;
      isRunning = true;
      hasNews = false;
      askedAt = Date.now();
      setState((now) => ({ ...now, loading: true }));
      let failure: ApiError | null = null;
      let data: T | null = null;
      try {
        data = await load(ending.signal);
      } catch (error) {
        failure = asApiError(error);
      }
      if (ending.signal.aborted) return;
      isRunning = false;
      isOver = failure?.isFinal ?? false;
      if (failure) setState((now) => ({ ...now, error: failure, loading: false }));
      else setState({ data, error: null, loading: false, loaded_at: Date.now() });
      if (pace !== "once" && !document.hidden && !isOver) timer = setTimeout(() => void ask(), waitMs(failure !== null));
    };
    const onChange = () => {
      if (document.hidden || isOver) return;
      hasNews = true;
      if (isRunning) return;
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), waitMs(false));
    };
    const onVisibility = () => {
      if (document.hidden) clearTimeout(timer);
      else void ask();
    };
    round.current = ask;
    void ask();
    const stopHearing = pace === "living" ? onNews(onChange) : () => undefined;
    if (pace !== "once") document.addEventListener("visibilitychange", onVisibility);
    return () => {
      stop();
      stopHearing();
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [...deps, pace]);

  const refresh = useCallback(() => round.current(), []);
  return { ...state, refresh };
}
