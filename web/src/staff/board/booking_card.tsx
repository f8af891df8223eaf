import type { Booking } from "../../api/booking";
import { staffBookingPath } from "../../app/route";
import { StatusChip } from "../../booking/status_chip";
import { counted } from "../../lib/count";
import { BookingSteps } from "../booking/booking_steps";
import { CallLinks } from "../booking/call_links";
import { bookingDue } from "../booking/pickup_due";

interface BookingCardProps {
  booking: Booking;
  isNew?: boolean;
  /** Set where the bookings are not in columns. */
  showStatus?: boolean;
}

export function BookingCard({ booking, isNew = false, showStatus = false }: BookingCardProps) {
  const due = bookingDue(booking);
  return (
    <li class={`board-card ${isNew ? "board-card-new" : ""}`} data-booking={booking.id}>
      <a class="board-card-open" href={staffBookingPath(booking.id)} data-focus-home>
        <span class="board-card-name">
          <strong>{booking.customer_name}</strong>
          {isNew && <span class="new-mark">New</span>}
          {showStatus && <StatusChip status={booking.status} />}
        </span>
        <span class="code">{booking.id}</span>
        <span class={`due-${due.kind}`}>{due.day}</span>
        <span>{booking.address || "Brought to the store"}</span>
        <span class="board-card-load">
          <span>{due.span}</span> <span>{counted(booking.item_count, "item")}</span>
        </span>
      </a>
      <CallLinks booking={booking} />
      <BookingSteps booking={booking} />
    </li>
  );
}
