import type { Booking } from "../api/booking";
import { StatusChip } from "../booking/status_chip";
import { formatRand } from "../money";
import { bookingPath } from "../route";
import { formatDay, formatMoment } from "../time";

export function BookingTable({ bookings }: { bookings: readonly Booking[] }) {
  return (
    <table class="table">
      <caption class="visually-hidden">Bookings, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Reference</th>
          <th scope="col">Customer</th>
          <th scope="col">State</th>
          <th scope="col">Pickup</th>
          <th scope="col" class="number">
            Items
          </th>
          <th scope="col" class="number">
            Total
          </th>
          <th scope="col">Booked</th>
        </tr>
      </thead>
      <tbody>
        {bookings.map((booking) => (
          <tr key={booking.id}>
            <th scope="row" data-label="Reference">
              <a class="code" href={bookingPath(booking.id)}>
                {booking.id}
              </a>
            </th>
            <td data-label="Customer">
              <span class="two-lines">
                <span>{booking.customer_name}</span>
                <span class="hint">{booking.email}</span>
              </span>
            </td>
            <td data-label="State">
              <StatusChip status={booking.status} />
            </td>
            <td data-label="Pickup">
              <span class="two-lines">
                <span>{formatDay(booking.pickup_date)}</span>
                <span class="hint">{booking.pickup_window}</span>
              </span>
            </td>
            <td data-label="Items" class="number">
              {booking.item_count}
            </td>
            <td data-label="Total" class="number">
              {formatRand(booking.total)}
            </td>
            <td data-label="Booked">{formatMoment(booking.created_at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
