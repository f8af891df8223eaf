import { fetchBookings, type Booking } from "../api/booking";
import { bookingPath } from "../app/route";
import { Freshness } from "../controls/freshness";
import { Empty } from "../controls/list/empty";
import { Loading } from "../controls/loading";
import { ErrorNotice } from "../controls/notice";
import { Page } from "../controls/page";
import { formatRand } from "../lib/money";
import { formatDay } from "../lib/time";
import { useQuery } from "../live/query";
import { ClaimBooking } from "./claim_booking";
import { dueNote } from "./due_note";
import { StatusChip } from "./status_chip";

const maxShown = 200;

/** Accounts mode: every booking of whoever is signed in, newest first. */
export function OwnBookingsPage() {
  const result = useQuery((signal) => fetchBookings({ limit: maxShown }, signal), [], "living");
  const { data, error } = result;
  return (
    <Page title="My bookings" lead="See how far each is, pay, cancel, or print the receipt.">
      {!data && error && <ErrorNotice title="Your bookings could not be loaded" error={error} onRetry={() => void result.refresh()} />}
      {!data && !error && <Loading label="Loading your bookings" lines={4} />}
      {data?.bookings.length === 0 && (
        <Empty title="You have no bookings yet">
          <a href="/">Book a pickup</a>
        </Empty>
      )}
      {data && data.bookings.length > 0 && (
        <ul class="own-bookings">
          {data.bookings.map((booking) => (
            <OwnBooking key={booking.id} booking={booking} />
          ))}
        </ul>
      )}
      {data && <ClaimBooking />}
      {data?.next_cursor && <p class="hint">These are your newest {maxShown} bookings.</p>}
      <Freshness query={result} />
    </Page>
  );
}

function OwnBooking({ booking }: { booking: Booking }) {
  const note = dueNote(booking);
  return (
    <li>
      <a class="card own-booking" href={bookingPath(booking.id)}>
        <span class="code">{booking.id}</span>
        <StatusChip status={booking.status} />
        <span>
          {booking.pickup_method === "brought" ? "Brought to the store" : "Pickup"} {formatDay(booking.pickup_date)}
          {booking.pickup_method === "collect" && `, ${booking.pickup_window}`}
        </span>
        {note && <strong>{note}</strong>}
        <span class="hint">
          {booking.item_count === 1 ? "1 item" : `${booking.item_count} items`}, {formatRand(booking.total)}
        </span>
      </a>
    </li>
  );
}
