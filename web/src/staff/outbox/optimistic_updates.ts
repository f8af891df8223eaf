import type { Booking } from "../../api/booking";
import { createStore } from "../../lib/store";
import type { Change } from "../../live/live";
import { actions } from "./actions";
import type { Entry } from "./outbox";

/** An action that the server has done. Data that was loaded before does not include it. */
export interface OptimisticUpdate {
  count: number;
  entry: Entry;
  /** In ms since 1970. */
  at: number;
}

const maxRemembered = 50;

/** The latest updates of this page, the last one last. */
export const optimisticUpdatesStore = createStore<readonly OptimisticUpdate[]>([]);

/** The number of updates so far; data that is loaded from now on includes them. */
export function optimisticUpdateCount(): number {
  const updates = optimisticUpdatesStore.get();
  return updates[updates.length - 1]?.count ?? 0;
}

/** The number of updates at a time in ms since 1970. */
export function optimisticUpdateCountAt(time: number): number {
  return (
    optimisticUpdatesStore
      .get()
      .filter(({ at }) => at <= time)
      .pop()?.count ?? 0
  );
}

/** The updates after the first `count`, as changes of their bookings. */
export function changesSince(count: number): Change[] {
  return optimisticUpdatesStore
    .get()
    .filter((update) => update.count > count)
    .map(({ entry }) => ({ booking_id: entry.booking_id, from: entry.from ?? actions[entry.action].from[0] ?? null }));
}

export function addOptimisticUpdate(entry: Entry): void {
  const update = { count: optimisticUpdateCount() + 1, entry, at: Date.now() };
  optimisticUpdatesStore.set([...optimisticUpdatesStore.get().slice(1 - maxRemembered), update]);
}

/** A booking loaded when there were `asOf` updates, with the status it has by now. */
export function applyOptimisticUpdates<B extends Booking>(booking: B, asOf: number, updates: readonly OptimisticUpdate[]): B {
  const later = updates.filter(({ count, entry }) => count > asOf && entry.booking_id === booking.id);
  return later.reduce((now, { entry: { action }, at }) => {
    const status = actions[action].to ?? now.status;
    const needs_new_date = action === "fail" || (now.needs_new_date && action !== "unfail" && status === now.status);
    if (status === now.status && needs_new_date === now.needs_new_date) return now;
    return { ...now, status, needs_new_date, updated_at: new Date(at).toISOString() };
  }, booking);
}
