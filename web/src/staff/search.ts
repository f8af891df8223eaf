import { fetchBookings, type Booking } from "../api/booking";
import type { ApiError } from "../api/client";
import { useStore } from "../store";
import { useKioskLoaded } from "./kiosk_loaded";
import { movesStore, withMoves } from "./moves";

const mostFound = 50;

export interface Found {
  /** Newest first; null until there is an answer. */
  bookings: readonly Booking[] | null;
  has_more: boolean;
  error: ApiError | null;
  /** Whether only the bookings that this kiosk has at hand were searched. */
  is_local: boolean;
}

function matches({ id, customer_name, email }: Booking, q: string): boolean {
  return [id, customer_name, email].some((text) => text.toLowerCase().includes(q.toLowerCase()));
}

/** Every booking that `q` matches; without a connection, those of them that are at hand. */
export function useSearch(q: string, atHand: readonly Booking[]): Found {
  const moves = useStore(movesStore);
  const { data, error } = useKioskLoaded((signal) => fetchBookings({ q, limit: mostFound }, signal), [q]);
  if (error) return { bookings: atHand.filter((booking) => matches(booking, q)), has_more: false, error, is_local: true };
  if (!data) return { bookings: null, has_more: false, error, is_local: false };
  const { bookings, next_cursor } = data.value;
  return {
    bookings: bookings.map((booking) => withMoves(booking, data.as_of, moves)),
    has_more: next_cursor !== null,
    error: null,
    is_local: false,
  };
}
