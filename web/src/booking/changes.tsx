import type { BookingDetail } from "../api/booking";
import { useModule } from "../lib/module";

/** What the customer can change, once that part of the script is there. */
export function CustomerChanges({ booking, onChanged }: { booking: BookingDetail; onChanged: () => void }) {
  const part = useModule(() => import("../changing/part"));
  return part && <part.ChangeBooking booking={booking} items={booking.items} isStaff={false} onChanged={onChanged} />;
}
