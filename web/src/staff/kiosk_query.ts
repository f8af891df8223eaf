import { useEffect } from "preact/hooks";
import { useStore } from "../lib/store";
import { useQuery, type Query, type Update } from "../live/query";
import { changesSince, optimisticUpdateCount, optimisticUpdatesStore } from "./outbox/optimistic_updates";
import { outboxStore } from "./outbox/outbox";
import { serverAnswered, serverUnreachable } from "./outbox/sender";

/** An answer, and the number of this page's optimistic updates that it includes. */
export interface AsOf<T> {
  value: T;
  as_of: number;
}

/**
 * The data of a kiosk page: loaded again after each optimistic update or rejection and when the network is back. Reports
 * to the outbox whether the server answers.
 */
export function useKioskQuery<T>(load: (signal: AbortSignal) => Promise<T>, deps: readonly unknown[], update?: Update<T>): Query<AsOf<T>> {
  const updates = useStore(optimisticUpdatesStore);
  const rejected = useStore(outboxStore).filter(({ rejection }) => rejection !== null).length;
  const result = useQuery<AsOf<T>>(
    async (signal) => {
      const as_of = optimisticUpdateCount();
      return { value: await load(signal), as_of };
    },
    deps,
    "living",
    update &&
      (async (last, changes, signal) => {
        const as_of = optimisticUpdateCount();
        // The updates of this page that its answer does not include yet are loaded as well.
        const value = await update(last.value, [...changes, ...changesSince(last.as_of)], signal);
        return value && { value, as_of };
      }),
  );
  const { data, error, refresh, receive } = result;
  useEffect(() => {
    if (data) for (const change of changesSince(data.as_of)) receive(change);
  }, [updates]);
  useEffect(() => {
    // A rejection shows that the booking is not as it is shown.
    if (data && rejected > 0) void refresh();
  }, [rejected]);
  useEffect(() => {
    if (data) serverAnswered();
  }, [data]);
  useEffect(() => {
    if (error?.status === 0) serverUnreachable();
  }, [error]);
  useEffect(() => {
    const reload = () => void refresh();
    window.addEventListener("online", reload);
    return () => window.removeEventListener("online", reload);
  }, []);
  return result;
}
