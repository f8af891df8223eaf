import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { BookingItem } from "../api/booking";
import { fetchPhotos, fileAddress, type BookingPhoto } from "../api/upload";
import { useQuery } from "../live/query";
import { LargePhoto } from "./large_photo";

/** A photo or document with its words. */
export interface ShownPhoto {
  photo: BookingPhoto;
  /** Read out in place of it, e.g. "Photo 2 of Fridge: white". */
  name: string;
  /** Stands below it, e.g. "Fridge: white". */
  caption: string;
}

interface BookingPhotosProps {
  booking: { id: string; status: string };
  items: readonly BookingItem[];
  /** Changes whenever this browser has sent a photo. */
  sent?: number;
  /** What can be added; the card shows without a photo then. */
  children?: ComponentChildren;
  onRemove?: (photo: BookingPhoto) => Promise<unknown>;
}

// The addresses of the files last 10 minutes at least.
const renewEveryMs = 8 * 60_000;

/** The photos and documents of a booking, with a large view. */
export function BookingPhotos({ booking, items, sent = 0, children, onRemove }: BookingPhotosProps) {
  const query = useQuery((signal) => fetchPhotos(booking.id, signal), [booking.id, booking.status, sent], renewEveryMs);
  const [opened, setOpened] = useState<string | null>(null);
  // The photos of an item that was removed go with it, before the next answer says so.
  const isThere = ({ purpose, item }: BookingPhoto) => purpose !== "item" || items.length === 0 || items.some(({ id }) => id === item);
  const all = (query.data?.photos ?? []).filter(isThere);
  const shown = nameAll(all, items);
  const pictures = shown.filter(({ photo }) => photo.purpose !== "document");
  const documents = shown.filter(({ photo }) => photo.purpose === "document");
  if (all.length === 0 && !children) return null;
  const remove =
    onRemove &&
    (async (photo: BookingPhoto) => {
      await onRemove(photo);
      setOpened(null);
      await query.refresh();
    });
  return (
    <section class="card booking-photos screen-only" aria-labelledby="photos-title">
      <h2 id="photos-title">Photos</h2>
      {query.error && !query.data && <p class="hint">The photos are not at hand without a connection.</p>}
      {pictures.length > 0 && (
        <ul class="photo-grid">
          {pictures.map((one) => (
            <li key={one.photo.upload_id}>
              <Thumbnail shown={one} onOpen={() => setOpened(one.photo.upload_id)} />
            </li>
          ))}
        </ul>
      )}
      {documents.length > 0 && (
        <ul class="document-list">
          {documents.map(({ photo, name }) => (
            <li key={photo.upload_id}>
              <a class="touch-link" href={fileAddress(photo.url)} download>
                {name}
              </a>{" "}
              <span class="hint">{Math.max(1, Math.round(photo.bytes / 1000))} KB</span>
            </li>
          ))}
        </ul>
      )}
      {children}
      {opened && (
        <LargePhoto
          photos={pictures}
          opened={opened}
          onOpen={setOpened}
          onClose={() => setOpened(null)}
          {...(remove ? { onRemove: remove } : {})}
        />
      )}
    </section>
  );
}

function Thumbnail({ shown: { photo, name, caption }, onOpen }: { shown: ShownPhoto; onOpen: () => void }) {
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return <span class="photo-blank">Photo not available</span>;
  return (
    <button type="button" class="photo-button" onClick={onOpen}>
      <img src={fileAddress(photo.thumbnail_url ?? photo.url)} alt={name} loading="lazy" onError={() => setMissing(true)} />
      <span class="photo-words" aria-hidden="true">
        {caption}
      </span>
    </button>
  );
}

function nameAll(photos: readonly BookingPhoto[], items: readonly BookingItem[]): ShownPhoto[] {
  const captionOf = (photo: BookingPhoto) => {
    const item = items.find(({ id }) => id === photo.item);
    if (item) return item.item_name ? `${item.item_label}: ${item.item_name}` : item.item_label;
    return photo.purpose === "handover" ? "Hand-over" : "Item";
  };
  const keyOf = (photo: BookingPhoto) => `${photo.purpose} ${photo.item ?? ""}`;
  return photos.map((photo, place) => {
    const alike = photos.filter((other) => keyOf(other) === keyOf(photo)).length;
    const number = photos.slice(0, place).filter((other) => keyOf(other) === keyOf(photo)).length + 1;
    if (photo.purpose === "document") return { photo, name: `Document ${number}`, caption: "" };
    const caption = captionOf(photo);
    return { photo, name: `${alike > 1 ? `Photo ${number}` : "Photo"} of ${caption}`, caption };
  });
}
