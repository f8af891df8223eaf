import { useEffect, useRef, useState } from "preact/hooks";
import { asApiError } from "../api/error";
import { fileAddress, type BookingPhoto } from "../api/upload";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { Icon } from "../controls/icon";
import type { ShownPhoto } from "./booking_photos";

interface LargePhotoProps {
  photos: readonly ShownPhoto[];
  /** The id of the upload that is shown. */
  opened: string;
  onOpen: (id: string) => void;
  onClose: () => void;
  onRemove?: (photo: BookingPhoto) => Promise<unknown>;
}

const swipePixels = 40;

/** A photo as large as the window allows. The arrow keys, a swipe and two buttons lead to its neighbours. */
export function LargePhoto({ photos, opened, onOpen, onClose, onRemove }: LargePhotoProps) {
  const place = photos.findIndex(({ photo }) => photo.upload_id === opened);
  const shown = photos[place];
  const touched = useRef<number | null>(null);
  const go = (by: number) => {
    const next = photos[place + by];
    if (next) onOpen(next.photo.upload_id);
  };
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === "ArrowLeft") go(-1);
      if (key === "ArrowRight") go(1);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [place, photos.length]);
  useEffect(() => {
    if (!shown) onClose();
  }, [shown === undefined]);
  if (!shown) return null;
  return (
    <Dialog title={shown.name} onClose={onClose} isWide>
      <div
        class="large-photo"
        onTouchStart={({ touches }) => (touched.current = touches[0]?.clientX ?? null)}
        onTouchEnd={({ changedTouches }) => {
          const moved = (changedTouches[0]?.clientX ?? 0) - (touched.current ?? 0);
          if (touched.current !== null && Math.abs(moved) > swipePixels) go(moved < 0 ? 1 : -1);
          touched.current = null;
        }}
      >
        <Picture key={opened} shown={shown} />
      </div>
      <div class="large-photo-bar">
        {photos.length > 1 && (
          <>
            <button type="button" class="icon-button" aria-label="Previous photo" aria-disabled={place === 0} onClick={() => go(-1)}>
              <Icon name="previous" />
            </button>
            <span role="status">
              {place + 1} of {photos.length}
            </span>
            <button
              type="button"
              class="icon-button"
              aria-label="Next photo"
              aria-disabled={place === photos.length - 1}
              onClick={() => go(1)}
            >
              <Icon name="next" />
            </button>
          </>
        )}
        {onRemove && <Remove key={opened} name={shown.name} onRemove={() => onRemove(shown.photo)} />}
      </div>
    </Dialog>
  );
}

function Picture({ shown: { photo, name } }: { shown: ShownPhoto }) {
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return <p class="photo-blank">Photo not available</p>;
  // Its room is kept before it is there, so that the buttons below it stay where they are.
  const room = { "--photo-width": photo.width, "--photo-height": photo.height };
  return <img src={fileAddress(photo.url)} alt={name} style={room} onError={() => setMissing(true)} />;
}

/** Asks once more, as the photo is gone then. */
function Remove({ name, onRemove }: { name: string; onRemove: () => Promise<unknown> }) {
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState("");
  const [isBusy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await onRemove();
    } catch (error) {
      setFailure(asApiError(error).message);
      setBusy(false);
    }
  };
  return (
    <>
      {isAsking ? (
        <Button kind="danger" busy={isBusy} label={`Yes, remove: ${name}`} onPress={() => void remove()}>
          Yes, remove it
        </Button>
      ) : (
        <Button kind="quiet" label={`Remove: ${name}`} onPress={() => setAsking(true)}>
          Remove
        </Button>
      )}
      {failure && (
        <span class="faults" role="alert">
          {failure}
        </span>
      )}
    </>
  );
}
