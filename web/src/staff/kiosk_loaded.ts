import { useEffect } from "preact/hooks";
import { useLoaded, type Loaded } from "../loaded";
import { useStore } from "../store";
import { movesSoFar, movesStore } from "./moves";
import { outboxStore } from "./outbox";
import { serverHeard, serverLost } from "./outbox_sender";

/** An answer, and how many moves of this page it knows of. */
export interface AsOf<T> {
  value: T;
  as_of: number;
}

/**
 * Living data of a kiosk page: asked for again after each move or refusal and when the network is back. Tells the outbox
 * whether the server is there.
 */
export function useKioskLoaded<T>(load: (signal: AbortSignal) => Promise<T>, deps: readonly unknown[]): Loaded<AsOf<T>> {
  const moves = useStore(movesStore);
  const refused = useStore(outboxStore).filter(({ refusal }) => refusal !== null).length;
  const loaded = useLoaded<AsOf<T>>(
    async (signal) => {
      const as_of = movesSoFar();
      return { value: await load(signal), as_of };
    },
    deps,
    "living",
  );
  const { data, error, refresh } = loaded;
  useEffect(() => {
    if (data && data.as_of < movesSoFar()) void refresh();
  }, [moves]);
  useEffect(() => {
    // What was refused shows that the booking is not as it is shown.
    if (data && refused > 0) void refresh();
  }, [refused]);
  useEffect(() => {
    if (data) serverHeard();
  }, [data]);
  useEffect(() => {
    if (error?.status === 0) serverLost();
  }, [error]);
  useEffect(() => {
    const ask = () => void refresh();
    window.addEventListener("online", ask);
    return () => window.removeEventListener("online", ask);
  }, []);
  return loaded;
}
