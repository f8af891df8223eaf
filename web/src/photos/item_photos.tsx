import { useEffect, useState } from "preact/hooks";
import { Icon } from "../controls/icon";
import { useStore } from "../lib/store";
import { ChoosePhotos } from "./choose_photos";
import { addPhoto, draftPhotosStore, removePhoto, restorePhotos, type DraftPhoto } from "./draft_photos";
import { useObjectUrl } from "./object_url";

export const maxPhotos = 5;

interface ItemPhotosProps {
  /** The item, e.g. "Box 1". */
  subject: string;
  ids: readonly string[];
  /** True where the photos outlive the page, with the draft. */
  isStored: boolean;
  onChange: (change: (ids: readonly string[]) => string[]) => void;
}

/** The photos of an item that is being booked. */
export function ItemPhotos({ subject, ids, isStored, onChange }: ItemPhotosProps) {
  const photos = useStore(draftPhotosStore);
  const [failure, setFailure] = useState("");
  useEffect(() => void restorePhotos(ids), []);
  const shown = ids.map((id) => photos.get(id)).filter((photo) => photo !== undefined);

  const add = (files: readonly File[]) => {
    const room = maxPhotos - shown.length;
    setFailure(files.length > room ? `An item can have ${maxPhotos} photos; the others were left out.` : "");
    for (const file of files.slice(0, room)) {
      const { id, added } = addPhoto(file, isStored);
      onChange((now) => [...now, id]);
      added.catch((error: Error) => {
        setFailure(`${file.name}: ${error.message}`);
        onChange((now) => now.filter((other) => other !== id));
      });
    }
  };
  const remove = (id: string) => {
    removePhoto(id);
    setFailure("");
    onChange((now) => now.filter((other) => other !== id));
  };

  return (
    <div class="item-photos screen-only" role="group" aria-label={`Photos of ${subject}`}>
      {shown.map((photo, index) => (
        <Tile key={photo.id} photo={photo} name={`Photo ${index + 1} of ${subject}`} onRemove={() => remove(photo.id)} />
      ))}
      {shown.length < maxPhotos && <ChoosePhotos subject={subject} onChoose={add} />}
      <p class="faults" role="alert">
        {failure}
      </p>
    </div>
  );
}

function Tile({ photo, name, onRemove }: { photo: DraftPhoto; name: string; onRemove: () => void }) {
  const url = useObjectUrl(photo.files?.thumb);
  return (
    <span class="photo-tile">
      {url ? (
        <img src={url} alt={name} />
      ) : (
        <span class="photo-blank" role="status">
          <span class="spinner" aria-hidden="true" />
          <span class="visually-hidden">{name} is made smaller</span>
        </span>
      )}
      <button type="button" class="photo-remove" aria-label={`Remove: ${name}`} onClick={onRemove}>
        <Icon name="cross" />
      </button>
    </span>
  );
}
