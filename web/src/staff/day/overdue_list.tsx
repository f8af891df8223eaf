import type { StaffDay } from "../../api/day";
import { staffBookingPath } from "../../app/route";
import { returnWords } from "../../booking/return_words";
import { counted, formatCount } from "../../lib/count";
import { formatDay } from "../../lib/time";
import { CallLinks } from "../booking/call_links";

/** Bookings whose things are with us for longer than was agreed; nothing where there are none. */
export function OverdueList({ day: { overdue, overdue_count } }: { day: StaffDay }) {
  if (overdue.length === 0) return null;
  const isAll = overdue.length >= overdue_count;
  return (
    <section class="day-window" aria-labelledby="overdue-title">
      <div class="day-window-head">
        <h2 id="overdue-title">Overdue</h2>
        <p class="hint">
          {counted(overdue_count, "booking")}
          {!isAll && `; the first ${formatCount(overdue.length)} are here`}
        </p>
      </div>
      <ul class="stops" aria-labelledby="overdue-title">
        {overdue.map((booking) => (
          <li key={booking.id} class="stop stop-unready" data-overdue={booking.id}>
            <div class="stop-words">
              <a class="stop-name" href={staffBookingPath(booking.id)}>
                {booking.customer_name}
              </a>
              <p class="code">{booking.id}</p>
              <p class="stop-owed">Stored until {formatDay(booking.due_on)}</p>
              <p>{booking.return_date ? `Return ${returnWords(booking)}` : "No return is planned"}</p>
              <CallLinks booking={booking} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
