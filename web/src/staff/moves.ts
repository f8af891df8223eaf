import type { Booking, Status } from "../api/booking";
import type { Change } from "../live/live";
import { createStore } from "../store";
import { actions } from "./actions";
import type { Entry } from "./outbox";

/** An action that the server has done. What was loaded before it is older than it. */
export interface Move {
  count: number;
  entry: Entry;
  /** In ms since 1970. */
  at: number;
}

const mostRemembered = 50;

/** The latest moves of this page, the last one last. */
export const movesStore = createStore<readonly Move[]>([]);

/** How many moves there were; what is asked for from now on knows of them. */
export function movesSoFar(): number {
  const moves = movesStore.get();
  return moves[moves.length - 1]?.count ?? 0;
}

/** How many of them there had been at a time in ms since 1970. */
export function movesUntil(time: number): number {
  return (
    movesStore
      .get()
      .filter(({ at }) => at <= time)
      .pop()?.count ?? 0
  );
}

/** What came after so many of them, as changes of their bookings. */
export function movedSince(count: number): Change[] {
  return movesStore
    .get()
    .filter((move) => move.count > count)
    .map(({ entry }) => ({ booking_id: entry.booking_id, from: entry.from ?? actions[entry.action].from[0] ?? null }));
}

export function noteDone(entry: Entry): void {
  const move = { count: movesSoFar() + 1, entry, at: Date.now() };
  movesStore.set([...movesStore.get().slice(1 - mostRemembered), move]);
}

/** A booking loaded when there were `asOf` moves, with the status it has by now. */
export function withMoves<B extends Booking>(booking: B, asOf: number, moves: readonly Move[]): B {
  const later = moves.filter(({ count, entry }) => count > asOf && entry.booking_id === booking.id);
  const last = later[later.length - 1];
  const status: Status = last ? actions[last.entry.action].to : booking.status;
  return status === booking.status || !last ? booking : { ...booking, status, updated_at: new Date(last.at).toISOString() };
}
