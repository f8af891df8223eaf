import { fetchBooking, fetchBookingHistory, type BookingDetail, type BookingHistory } from "../api/booking";
import { useQuery, type Query, type Pace } from "../live/query";

/** A booking, and its history as of the booking's last change. */
export function useBooking(id: string, pace: Pace = "once"): { result: Query<BookingDetail>; history: Query<BookingHistory> } {
  const result = useQuery((signal) => fetchBooking(id, signal), [id], pace);
  // The history loads again after a lost connection, too, in which it may have been lost.
  const history = useQuery((signal) => fetchBookingHistory(id, signal), [id, result.data?.updated_at, result.error === null]);
  return { result, history };
}
