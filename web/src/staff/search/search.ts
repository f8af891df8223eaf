import { fetchBookings, type Booking } from "../../api/booking";
import type { ApiError } from "../../api/error";
import { findReference } from "../../booking/reference";
import { useStore } from "../../lib/store";
import { useKioskQuery } from "../kiosk_query";
import { optimisticUpdatesStore, applyOptimisticUpdates } from "../outbox/optimistic_updates";

const maxFound = 50;

export interface Found {
  /** Newest first; null until there is an answer. */
  bookings: readonly Booking[] | null;
  has_more: boolean;
  error: ApiError | null;
  /** True where only the bookings that this kiosk has stored were searched. */
  is_local: boolean;
}

/** Folds a text as the server's search does: without case, accents and apostrophes. */
function folded(text: string): string {
  const letters: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
  return text
    .replace(/´/g, "'")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}'’‘ʼ`]/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter] ?? letter);
}

function matches({ id, customer_name, email, address, pickup_date }: Booking, q: string): boolean {
  const reference = findReference(q);
  if (reference === id) return true;
  const text = folded([id, customer_name, email, address, pickup_date].join(" "));
  return folded(q)
    .split(/[\s,]+/)
    .every((word) => text.includes(word));
}

/** Finds the bookings that `q` matches; without a connection, among those that are stored here. */
export function useSearch(q: string, localBookings: readonly Booking[]): Found {
  const updates = useStore(optimisticUpdatesStore);
  const { data, error } = useKioskQuery(async (signal) => ({ q, page: await fetchBookings({ q, limit: maxFound }, signal) }), [q]);
  if (error) return { bookings: localBookings.filter((booking) => matches(booking, q)), has_more: false, error, is_local: true };
  // The answer to an earlier search stays until the next one comes.
  if (data?.value.q !== q) return { bookings: null, has_more: false, error, is_local: false };
  const { bookings, next_cursor } = data.value.page;
  return {
    bookings: bookings.map((booking) => applyOptimisticUpdates(booking, data.as_of, updates)),
    has_more: next_cursor !== null,
    error: null,
    is_local: false,
  };
}
