import { useRef, useState } from "preact/hooks";
import { fetchBooking } from "../api/booking";
import { bookingPath } from "../app/route";
import { Icon } from "../controls/icon";
import { formatDay } from "../lib/time";
import { useQuery } from "../live/query";
import { deviceBookings } from "./device_bookings";
import { StatusChip } from "./status_chip";

/** Lists the bookings made on this device, so that nobody needs to remember a reference. */
export function DeviceBookings() {
  const [ids, setIds] = useState(deviceBookings.list);
  const heading = useRef<HTMLHeadingElement>(null);
  if (ids.length === 0) return null;
  const remove = (id: string) => {
    deviceBookings.remove(id);
    setIds(deviceBookings.list());
    heading.current?.focus();
  };
  return (
    <section class="card" aria-labelledby="device-title">
      <h2 id="device-title" ref={heading} tabIndex={-1}>
        Booked on this device
      </h2>
      <ul class="device-bookings">
        {ids.map((id) => (
          <DeviceBooking key={id} id={id} onRemove={() => remove(id)} />
        ))}
      </ul>
      <p class="hint">Removing one here does not cancel it.</p>
    </section>
  );
}

function DeviceBooking({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { data: booking, error } = useQuery((signal) => fetchBooking(id, signal), [id]);
  return (
    <li>
      <a href={bookingPath(id)}>
        <span class="code">{id}</span>
        {booking && <StatusChip status={booking.status} />}
        <span class="hint">
          {booking
            ? `Pickup ${formatDay(booking.pickup_date)}`
            : error?.code === "not_found"
              ? "Not known to this server"
              : error
                ? "Not loaded"
                : "…"}
        </span>
      </a>
      <button type="button" class="icon-button" aria-label={`Remove ${id} from this list`} onClick={onRemove}>
        <Icon name="cross" />
      </button>
    </li>
  );
}
