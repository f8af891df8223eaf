import type { Booking, Status } from "../api/booking";
import { lifecycle, statusLabels } from "../booking/lifecycle";

interface QueueFilterProps {
  bookings: readonly Booking[];
  shown: Status | null;
  onChange: (shown: Status | null) => void;
}

/** Narrows what is loaded to one state; the numbers count what is loaded. */
export function QueueFilter({ bookings, shown, onChange }: QueueFilterProps) {
  const states = lifecycle.filter((status) => status !== "returned");
  const count = (status: Status) => bookings.filter((booking) => booking.status === status).length;
  return (
    <div class="filter" role="group" aria-label="Show">
      <button type="button" aria-pressed={shown === null} onClick={() => onChange(null)}>
        All <span class="count">{bookings.length}</span>
      </button>
      {states.map((status) => (
        <button key={status} type="button" aria-pressed={shown === status} onClick={() => onChange(status)}>
          {statusLabels[status]} <span class="count">{count(status)}</span>
        </button>
      ))}
    </div>
  );
}
