import type { Booking } from "../../api/booking";
import { Empty } from "../../controls/list/empty";
import { Loading } from "../../controls/loading";
import { BookingCard } from "../board/booking_card";
import { useFocusRestoration } from "../focus_restoration";
import { useSearch } from "./search";

interface FoundBookingsProps {
  q: string;
  /** The bookings that are searched while the server is unreachable. */
  localBookings: readonly Booking[];
}

function countLine(count: number, hasMore: boolean): string {
  if (count === 0) return "No booking matches";
  return count === 1 ? "1 booking matches" : `${count}${hasMore ? " or more" : ""} bookings match`;
}

export function FoundBookings({ q, localBookings }: FoundBookingsProps) {
  const { bookings, has_more, error, is_local } = useSearch(q, localBookings);
  if (!bookings) return <Loading label="Searching" lines={4} />;
  return (
    <section class="found" aria-labelledby="found-title">
      <h2 id="found-title" class="visually-hidden">
        Bookings found
      </h2>
      <p class="found-count" role="status">
        {countLine(bookings.length, has_more)}
      </p>
      {is_local && <p class="hint">{error?.message} Only what this kiosk saw last was searched.</p>}
      {bookings.length === 0 ? (
        <Empty title={`Nothing found for “${q}”`}>
          <p class="hint">
            Try the reference, the name, the e-mail address, the street, the pickup date or an item. Finished bookings are searched too.
          </p>
        </Empty>
      ) : (
        <FoundList bookings={bookings} />
      )}
      {has_more && <p class="hint">More bookings match. Type more letters to narrow them down.</p>}
    </section>
  );
}

function FoundList({ bookings }: { bookings: readonly Booking[] }) {
  const focus = useFocusRestoration();
  return (
    <div {...focus}>
      <ul class="found-list" aria-label="Bookings found">
        {bookings.map((booking) => (
          <BookingCard key={booking.id} booking={booking} showStatus />
        ))}
      </ul>
    </div>
  );
}
