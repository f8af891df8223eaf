import { useState } from "preact/hooks";
import {
  fetchBooking,
  fetchBookingHistory,
  type Booking,
  type BookingHistoryChange,
  type BookingItem,
  type BookingStep,
} from "../../api/booking";
import type { ApiError } from "../../api/error";
import { useStore } from "../../lib/store";
import { persistOpened, readBoard, readOpened, type PersistedBooking } from "../board/persisted_board";
import { useKioskQuery } from "../kiosk_query";
import { optimisticUpdatesStore, optimisticUpdateCountAt, applyOptimisticUpdates } from "../outbox/optimistic_updates";

/** A booking on its own page. Items and history are null where this kiosk has loaded it on the board alone. */
export interface OpenedBooking {
  booking: Booking;
  items: readonly BookingItem[] | null;
  history: readonly BookingStep[] | null;
  changes: readonly BookingHistoryChange[];
}

interface LiveBooking {
  opened: OpenedBooking | null;
  shown_at: number | null;
  is_answered: boolean;
  error: ApiError | null;
  refresh(): void;
}

async function load(id: string, signal: AbortSignal): Promise<PersistedBooking> {
  const [booking, { history, changes }] = await Promise.all([fetchBooking(id, signal), fetchBookingHistory(id, signal)]);
  const persisted = { booking, history, changes, at: Date.now() };
  persistOpened(persisted);
  return persisted;
}

function asOpened({ booking, history, changes = [] }: PersistedBooking): OpenedBooking {
  return { booking, items: booking.items, history, changes };
}

function seenBefore(id: string): { opened: OpenedBooking; at: number } | null {
  const persisted = readOpened(id);
  const board = readBoard();
  if (persisted && persisted.at >= (board?.at ?? 0)) return { opened: asOpened(persisted), at: persisted.at };
  const booking = board?.board.columns.flatMap(({ bookings }) => bookings).find((one) => one.id === id);
  if (board && booking) {
    const { history = null, changes = [] } = persisted ?? {};
    return { opened: { booking, items: persisted?.booking.items ?? null, history, changes }, at: board.at };
  }
  return persisted && { opened: asOpened(persisted), at: persisted.at };
}

/** Keeps a booking up to date. Until the server answers, it is as this kiosk loaded it last. */
export function useOpenedBooking(id: string): LiveBooking {
  const [before] = useState(() => seenBefore(id));
  const updates = useStore(optimisticUpdatesStore);
  const { data, error, loaded_at, refresh } = useKioskQuery((signal) => load(id, signal), [id]);
  const opened = data ? asOpened(data.value) : before?.opened;
  const as_of = data?.as_of ?? optimisticUpdateCountAt(before?.at ?? 0);
  return {
    opened: opened ? { ...opened, booking: applyOptimisticUpdates(opened.booking, as_of, updates) } : null,
    shown_at: loaded_at ?? before?.at ?? null,
    is_answered: data !== null,
    error,
    refresh: () => void refresh(),
  };
}
