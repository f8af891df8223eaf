import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { asApiError, type ApiError } from "./api/client";

/** How often a page that shows living data asks again while it is visible. */
export const pollEveryMs = 3_000;

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

/** Loads on mount and whenever `deps` change, then every `everyMs` while the page is visible (0: never again). */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  deps: readonly unknown[],
  everyMs = 0,
): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, "refresh">>({ data: null, error: null, loading: true, loaded_at: null });
  const round = useRef<() => Promise<void>>(async () => undefined);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let running: AbortController | null = null;
    const stop = () => {
      clearTimeout(timer);
      running?.abort();
    };
    const ask = async (): Promise<void> => {
      stop();
      const ending = new AbortController();
      running = ending;
      setState((now) => ({ ...now, loading: true }));
      let failure: ApiError | null = null;
      let data: T | null = null;
      try {
        data = await load(ending.signal);
      } catch (error) {
        failure = asApiError(error);
      }
      if (ending.signal.aborted) return;
      if (failure) setState((now) => ({ ...now, error: failure, loading: false }));
      else setState({ data, error: null, loading: false, loaded_at: Date.now() });
      if (everyMs > 0 && !document.hidden && !failure?.isFinal) timer = setTimeout(() => void ask(), everyMs);
    };
    const onVisibility = () => {
      if (document.hidden) clearTimeout(timer);
      else void ask();
    };
    round.current = ask;
    void ask();
    if (everyMs > 0) document.addEventListener("visibilitychange", onVisibility);
    return () => {
      stop();
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [...deps, everyMs]);

  const refresh = useCallback(() => round.current(), []);
  return { ...state, refresh };
}
