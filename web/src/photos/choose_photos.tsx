import { Icon, type IconName } from "../controls/icon";

const photoTypes = "image/jpeg,image/png,image/webp";

interface ChoosePhotosProps {
  /** What the photos show, e.g. "Box 1". */
  subject: string;
  onChoose: (files: readonly File[]) => void;
}

/** On what has a touch screen, a photo can be taken at once; everywhere one can be chosen. */
export function ChoosePhotos({ subject, onChoose }: ChoosePhotosProps) {
  const hasCamera = matchMedia("(pointer: coarse)").matches;
  return (
    <>
      {hasCamera && <ChooseFiles label="Take a photo" subject={subject} types={photoTypes} isCamera onChoose={onChoose} />}
      <ChooseFiles label={hasCamera ? "Choose photos" : "Add photos"} subject={subject} types={photoTypes} onChoose={onChoose} />
    </>
  );
}

interface ChooseFilesProps extends ChoosePhotosProps {
  label: string;
  types: string;
  icon?: IconName;
  isCamera?: boolean;
}

/** A button that opens the browser's own chooser. */
export function ChooseFiles({ label, subject, types, icon = "camera", isCamera = false, onChoose }: ChooseFilesProps) {
  return (
    <label class="file-button button">
      <input
        class="visually-hidden"
        type="file"
        accept={types}
        multiple={!isCamera}
        {...(isCamera ? { capture: "environment" } : {})}
        aria-label={`${label}: ${subject}`}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file can be chosen again.
          currentTarget.value = "";
          if (files.length > 0) onChoose(files);
        }}
      />
      <Icon name={icon} />
      {label}
    </label>
  );
}
