import { useState } from "preact/hooks";
import { fetchBoard, fetchBooking, fetchQueue, type BoardColumn, type Booking, type QueueStatus } from "../../api/booking";
import type { ApiError } from "../../api/error";
import { useStore } from "../../lib/store";
import type { Change } from "../../live/live";
import { useKioskQuery } from "../kiosk_query";
import {
  optimisticUpdatesStore,
  optimisticUpdateCountAt,
  applyOptimisticUpdates,
  type OptimisticUpdate,
} from "../outbox/optimistic_updates";
import { persistBoard, readBoard } from "./persisted_board";
import { initialiseSeen } from "./seen";

export interface Column {
  status: QueueStatus;
  /** Bookings in this status, shown or not. */
  count: number;
  /** Oldest first. */
  bookings: readonly Booking[];
  has_more: boolean;
}

export interface LiveBoard {
  /** Null until there is something to show. */
  columns: readonly Column[] | null;
  /** The time of the data shown, in ms since 1970. */
  shown_at: number | null;
  /** True once the server has answered since this page was opened. */
  is_answered: boolean;
  error: ApiError | null;
  showMore(status: QueueStatus): void;
  refresh(): void;
}

const pageSize = 50;

/** The number of pages that a column shows beyond the first. */
type Pages = Partial<Record<QueueStatus, number>>;

// Each poll loads every page again, so that bookings that left a column leave the screen as well.
async function longerColumn(column: BoardColumn, pages: number, signal: AbortSignal): Promise<BoardColumn> {
  const bookings = [...column.bookings];
  let cursor = column.next_cursor;
  for (let page = 0; page < pages && cursor; page++) {
    const answer = await fetchQueue(column.status, cursor, pageSize, signal);
    bookings.push(...answer.queue);
    cursor = answer.next_cursor;
  }
  return { ...column, bookings, next_cursor: cursor };
}

async function loadBoard(pages: Pages, signal: AbortSignal): Promise<readonly BoardColumn[]> {
  const board = await fetchBoard(pageSize, signal);
  const submitted = board.columns.find(({ status }) => status === "submitted");
  persistBoard(board);
  if (submitted) initialiseSeen(submitted.bookings, submitted.next_cursor === null);
  return Promise.all(board.columns.map((column) => longerColumn(column, pages[column.status] ?? 0, signal)));
}

/** The column after `booking` has moved to its status. */
function withBooking(column: BoardColumn, booking: Booking, from: string | null): BoardColumn {
  const { status, next_cursor } = column;
  const others = column.bookings.filter(({ id }) => id !== booking.id);
  const wasListed = others.length < column.bookings.length;
  const wasHere = wasListed || from === status;
  const isHere = booking.status === status;
  const count = column.count + Number(isHere) - Number(wasHere);
  if (!isHere) return { ...column, count, bookings: others };
  const place = others.findIndex(({ created_at }) => booking.created_at < created_at);
  const at = place < 0 ? others.length : place;
  // A booking after the part that is shown is only counted.
  if (at === others.length && next_cursor !== null && !wasListed) return { ...column, count };
  return { ...column, count, bookings: [...others.slice(0, at), booking, ...others.slice(at)] };
}

/** Loads only the bookings that have changed. Null where a column has become too short. */
async function updateBoard(
  columns: readonly BoardColumn[],
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<readonly BoardColumn[] | null> {
  const firsts = new Map<string, Change>();
  for (const change of changes) {
    if (change.from !== "same" && !firsts.has(change.booking_id)) firsts.set(change.booking_id, change);
  }
  if (firsts.size === 0) return columns;
  let updated = columns;
  const bookings = await Promise.all([...firsts.keys()].map((id) => fetchBooking(id, signal)));
  for (const { items: _, request_id: __, ...booking } of bookings) {
    const listed = updated.find((column) => column.bookings.some(({ id }) => id === booking.id));
    const from = listed?.status ?? firsts.get(booking.id)?.from ?? null;
    updated = updated.map((column) => withBooking(column, booking, from));
  }
  if (updated.some(({ bookings: shown, next_cursor }) => next_cursor !== null && shown.length < pageSize / 2)) return null;
  persistBoard({ columns: [...updated], request_id: "" });
  return updated;
}

/** The columns after the optimistic updates. */
function arrange(columns: readonly BoardColumn[], asOf: number, updates: readonly OptimisticUpdate[]): Column[] {
  const updated = columns.flatMap(({ bookings }) => bookings.map((booking) => applyOptimisticUpdates(booking, asOf, updates)));
  return columns.map(({ status, count, bookings, next_cursor }) => {
    const now = updated.filter((booking) => booking.status === status);
    now.sort((one, other) => (one.created_at < other.created_at ? -1 : one.created_at > other.created_at ? 1 : 0));
    return { status, count: count + now.length - bookings.length, bookings: now, has_more: next_cursor !== null };
  });
}

/** Keeps the board up to date. Until the server answers, it is the one that this kiosk loaded last. */
export function useBoard(): LiveBoard {
  const [persisted] = useState(readBoard);
  const [pages, setPages] = useState<Pages>({});
  const updates = useStore(optimisticUpdatesStore);
  const { data, error, loaded_at, refresh } = useKioskQuery((signal) => loadBoard(pages, signal), [pages], updateBoard);
  const as_of = data?.as_of ?? optimisticUpdateCountAt(persisted?.at ?? 0);
  const columns = data?.value ?? persisted?.board.columns;
  return {
    columns: columns ? arrange(columns, as_of, updates) : null,
    shown_at: loaded_at ?? persisted?.at ?? null,
    is_answered: data !== null,
    error,
    showMore: (status) => setPages({ ...pages, [status]: (pages[status] ?? 0) + 1 }),
    refresh: () => void refresh(),
  };
}
