import { staffBookingPath } from "../../app/route";
import { Notice } from "../../controls/notice";
import { counted } from "../../lib/count";
import { useStore } from "../../lib/store";
import { isOwn } from "../outbox/outbox";
import { photoOutboxStore } from "./photo_outbox";
import { photoBacklogStore } from "./photo_sender";

/** Names the bookings with photos that are not sent; nothing while each is sent at once. */
export function PhotoStrip() {
  const isBacklog = useStore(photoBacklogStore);
  const unsent = useStore(photoOutboxStore).filter((photo) => isBacklog || photo.rejection !== null || !isOwn(photo));
  const bookings = [...new Map(unsent.map((photo) => [photo.booking_id, photo.customer_name]))];
  if (bookings.length === 0) return null;
  return (
    <Notice kind="info" title={`${counted(unsent.length, "photo")} or document${unsent.length === 1 ? "" : "s"} not sent yet`}>
      <p>
        {bookings.map(([id, name], place) => (
          <span key={id}>
            {place > 0 && ", "}
            <a class="touch-link" href={staffBookingPath(id)}>
              {name}
            </a>
          </span>
        ))}
      </p>
    </Notice>
  );
}
