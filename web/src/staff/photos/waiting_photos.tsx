import { Button } from "../../controls/button";
import { Icon } from "../../controls/icon";
import { useStore } from "../../lib/store";
import { formatClock } from "../../lib/time";
import { useObjectUrl } from "../../photos/object_url";
import { isOwn } from "../outbox/outbox";
import { changePhoto, photoOutboxStore, photosPersistedStore, type WaitingPhoto } from "./photo_outbox";
import { discardPhoto, photoBacklogStore, sendingPhotoStore } from "./photo_sender";

/** What was added to a booking here and is not on the server yet. */
export function WaitingPhotos({ bookingId }: { bookingId: string }) {
  const waiting = useStore(photoOutboxStore).filter(({ booking_id }) => booking_id === bookingId);
  const isPersisted = useStore(photosPersistedStore);
  if (waiting.length === 0) return null;
  return (
    <>
      <ul class="waiting-photos" aria-label="Not sent yet">
        {waiting.map((photo) => (
          <Waiting key={photo.id} photo={photo} />
        ))}
      </ul>
      {!isPersisted && (
        <p class="faults" role="alert">
          This browser has no room to keep them. Do not close or reload this page before everything is sent.
        </p>
      )}
    </>
  );
}

function Waiting({ photo }: { photo: WaitingPhoto }) {
  const { id, purpose, files, rejection, made_at } = photo;
  const url = useObjectUrl(files.thumb);
  const isBacklog = useStore(photoBacklogStore);
  const name = `${purpose === "document" ? "Document" : "Photo"} of ${formatClock(made_at)}`;
  return (
    <li>
      {url ? <img src={url} alt={name} /> : <Icon name="document" />}
      <span class="sending-words">
        <Progress photo={photo} name={name} />
        <span class="actions">
          {rejection !== null && (
            <Button label={`Try again: ${name}`} onPress={() => void changePhoto(id, { rejection: null, upload_id: null })}>
              Try again
            </Button>
          )}
          {isOwn(photo) && (isBacklog || rejection !== null) && (
            <Button kind="quiet" label={`Discard: ${name}`} onPress={() => void discardPhoto(id)}>
              Discard
            </Button>
          )}
        </span>
      </span>
    </li>
  );
}

function Progress({ photo, name }: { photo: WaitingPhoto; name: string }) {
  const sending = useStore(sendingPhotoStore);
  const isBacklog = useStore(photoBacklogStore);
  if (photo.rejection !== null) {
    return (
      <span class="faults" role="alert">
        Not accepted: {photo.rejection}
      </span>
    );
  }
  if (sending?.id === photo.id && sending.progress > 0)
    return <progress value={sending.progress} aria-label={`${name}: how much is sent`} />;
  const owner = isOwn(photo) ? null : (photo.actor?.name ?? "nobody in particular");
  return <span role="status">{owner ? `Waits for ${owner} to sign in` : isBacklog ? "Waits for the network" : "Sending…"}</span>;
}
