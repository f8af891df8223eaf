import { fetchBooking, fetchBookingHistory, type BookingDetail, type BookingHistory } from "../api/booking";
import { useLoaded, type Loaded, type Pace } from "../loaded";

/** A booking, and its history as of the booking's last change. */
export function useBooking(id: string, pace: Pace = "once"): { loaded: Loaded<BookingDetail>; history: Loaded<BookingHistory> } {
  const loaded = useLoaded((signal) => fetchBooking(id, signal), [id], pace);
  // Asked again after a lost connection too, as it may have been lost on the way.
  const history = useLoaded((signal) => fetchBookingHistory(id, signal), [id, loaded.data?.updated_at, loaded.error === null]);
  return { loaded, history };
}
