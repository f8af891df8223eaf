import { useEffect, useRef } from "preact/hooks";
import { Button } from "../controls/button";
import { counted } from "../lib/count";
import { useStore } from "../lib/store";
import { draftPhotosStore, leaveOut, restorePhotos, type DraftPhoto } from "./draft_photos";
import { useObjectUrl } from "./object_url";

interface SendingPhotosProps {
  ids: readonly string[];
  isSending: boolean;
  /** Called once the customer has decided about every photo that failed. */
  onGoOn: () => void;
}

/** The photos that go with a request: how far each is, and what the customer can do about one that does not get through. */
export function SendingPhotos({ ids, isSending, onGoOn }: SendingPhotosProps) {
  const all = useStore(draftPhotosStore);
  useEffect(() => void restorePhotos(ids), []);
  const photos = ids.map((id) => all.get(id)).filter((photo) => photo !== undefined);
  const hasFailed = photos.some(({ state }) => state === "failed");
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone it may be far away from the button.
    if (isSending || hasFailed) card.current?.scrollIntoView({ block: "center" });
  }, [isSending, hasFailed]);
  if (photos.length === 0) return null;
  const giveUp = (id: string) => {
    leaveOut(id);
    const isLast = ids.every((other) => other === id || all.get(other)?.state !== "failed");
    if (!isSending && hasFailed && isLast) onGoOn();
  };
  return (
    <section ref={card} class="card sending-photos screen-only" aria-labelledby="sending-photos-title">
      <h2 id="sending-photos-title">{counted(photos.length, "photo")}</h2>
      <p class="hint" role="status">
        {summary(photos, isSending)}
      </p>
      <ul>
        {photos.map((photo, index) => (
          <Row key={photo.id} photo={photo} name={`Photo ${index + 1}`} isSending={isSending} onGiveUp={() => giveUp(photo.id)} />
        ))}
      </ul>
      {hasFailed && !isSending && (
        <p class="faults" role="alert">
          Nothing is booked yet. Request again to try once more, or book without what does not get through.
        </p>
      )}
    </section>
  );
}

function summary(photos: readonly DraftPhoto[], isSending: boolean): string {
  const sent = photos.filter(({ state }) => state === "sent").length;
  if (isSending && sent < photos.length) return `Sending photo ${Math.min(sent + 1, photos.length)} of ${photos.length}.`;
  return sent === photos.length ? "All are sent." : "They are sent with your request.";
}

interface RowProps {
  photo: DraftPhoto;
  name: string;
  isSending: boolean;
  onGiveUp: () => void;
}

function Row({ photo, name, isSending, onGiveUp }: RowProps) {
  const url = useObjectUrl(photo.files?.thumb);
  const { state } = photo;
  return (
    <li>
      {url && <img src={url} alt={name} />}
      <span class="sending-words">
        <Progress photo={photo} name={name} isSending={isSending} />
        {(state === "failed" || state === "sending") && (
          <Button label={`Book without ${name.toLowerCase()}`} onPress={onGiveUp}>
            Book without this photo
          </Button>
        )}
      </span>
    </li>
  );
}

function Progress({ photo: { state, progress, failure }, name, isSending }: Omit<RowProps, "onGiveUp">) {
  switch (state) {
    case "sending":
      return <progress value={progress} aria-label={`${name}: how much is sent`} />;
    case "sent":
      return <span>Sent</span>;
    case "failed":
      return <span class="faults">{failure}</span>;
    case "left_out":
      return <span>Left out</span>;
    case "shrinking":
      return <span>Being made smaller…</span>;
    case "waiting":
      return <span>{isSending ? "Waits" : "Ready"}</span>;
  }
}
