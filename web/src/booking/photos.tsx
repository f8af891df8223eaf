import type { BookingDetail } from "../api/booking";
import { fetchCatalog } from "../api/catalog";
import { useModule } from "../lib/module";
import { useQuery } from "../live/query";

/** The photos on the customer's page of a booking, once their part of the script is there. */
export function CustomerPhotos({ booking }: { booking: BookingDetail }) {
  const catalog = useQuery(fetchCatalog, []);
  const part = useModule(() => import("../photos/part"), catalog.data?.photo_uploads ?? false);
  return part && <part.BookingPhotos booking={booking} items={booking.items} />;
}
