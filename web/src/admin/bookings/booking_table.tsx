import type { Booking, BookingSort } from "../../api/booking";
import { navigate, staffBookingPath } from "../../app/route";
import { dueNote } from "../../booking/due_note";
import { StatusChip } from "../../booking/status_chip";
import { Breakable } from "../../controls/breakable";
import { formatRand } from "../../lib/money";
import { formatDay, formatMoment } from "../../lib/time";

interface BookingTableProps {
  bookings: readonly Booking[];
  sort: BookingSort;
  isStale: boolean;
  onSort: (sort: BookingSort) => void;
}

export function BookingTable({ bookings, sort, isStale, onSort }: BookingTableProps) {
  return (
    <table class="table" aria-busy={isStale}>
      <caption class="visually-hidden">Bookings</caption>
      <thead>
        <tr>
          <th scope="col">Reference</th>
          <th scope="col">Customer</th>
          <th scope="col">State</th>
          <SortableHead label="Pickup" ascending="pickup_date" descending="-pickup_date" first="ascending" sort={sort} onSort={onSort} />
          <th scope="col" class="number">
            Items
          </th>
          <th scope="col" class="number">
            Total
          </th>
          <SortableHead label="Booked" ascending="created_at" descending="-created_at" first="descending" sort={sort} onSort={onSort} />
        </tr>
      </thead>
      <tbody>
        {bookings.map((booking) => (
          <BookingRow key={booking.id} booking={booking} />
        ))}
      </tbody>
    </table>
  );
}

interface SortableHeadProps {
  label: string;
  ascending: BookingSort;
  descending: BookingSort;
  /** The direction of the first press. */
  first: "ascending" | "descending";
  sort: BookingSort;
  onSort: (sort: BookingSort) => void;
}

function SortableHead({ label, ascending, descending, first, sort, onSort }: SortableHeadProps) {
  const direction = sort === ascending ? "ascending" : sort === descending ? "descending" : "none";
  const turned = direction === "none" ? first : direction === "ascending" ? "descending" : "ascending";
  return (
    <th scope="col" aria-sort={direction}>
      <button type="button" class="sort" onClick={() => onSort(turned === "ascending" ? ascending : descending)}>
        {label}
        <svg class="sort-mark" viewBox="0 0 10 16" aria-hidden="true" focusable="false">
          {direction !== "descending" && <path d="M1 6.5 5 2l4 4.5z" />}
          {direction !== "ascending" && <path d="M1 9.5 5 14l4-4.5z" />}
        </svg>
      </button>
    </th>
  );
}

function BookingRow({ booking }: { booking: Booking }) {
  // The reference is a link, and a click anywhere in the row follows it, unless it selects text.
  const open = (event: MouseEvent) => {
    const isLink = event.target instanceof Element && event.target.closest("a");
    if (!isLink && !window.getSelection()?.toString()) navigate(staffBookingPath(booking.id));
  };
  const note = dueNote(booking);
  return (
    <tr onClick={open}>
      <th scope="row">
        <a class="code" href={staffBookingPath(booking.id)}>
          {booking.id}
        </a>
      </th>
      <td class="cell-customer">
        <span class="two-lines">
          <span>{booking.customer_name}</span>
          <span class="hint">
            <Breakable text={booking.email || booking.phone} />
          </span>
        </span>
      </td>
      <td class="cell-state">
        <StatusChip status={booking.status} />
      </td>
      <td data-label="Pickup">
        <span class="two-lines">
          <span>{formatDay(booking.pickup_date)}</span>
          <span class="hint">{booking.pickup_window}</span>
          {note && <strong>{note}</strong>}
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
  );
}
