import { useState } from "preact/hooks";
import type { Booking, BookingItem } from "../../api/booking";
import { fetchCatalog } from "../../api/catalog";
import { deleteUpload } from "../../api/upload";
import { persistedValue } from "../../lib/persisted";
import { useStore } from "../../lib/store";
import { useQuery } from "../../live/query";
import { BookingPhotos } from "../../photos/part";
import { ChooseFiles, ChoosePhotos } from "../../photos/choose_photos";
import { PhotoError, shrinkPhoto } from "../../photos/shrink";
import { apiBaseStore } from "../../session/session";
import { keepPhoto, type WaitingPhoto } from "./photo_outbox";
import { sentPhotosStore } from "./photo_sender";
import { WaitingPhotos } from "./waiting_photos";

// A kiosk that is loaded without a network takes photos all the same.
const persisted = () => persistedValue("local", `hss-photo-uploads${apiBaseStore.get()}`, (value) => value === true);

async function hasUploads(signal: AbortSignal): Promise<boolean> {
  const { photo_uploads } = await fetchCatalog(signal);
  persisted().write(photo_uploads);
  return photo_uploads;
}

interface StaffPhotosProps {
  booking: Booking;
  items: readonly BookingItem[];
}

/** A booking's photos and documents, to which staff add what they see at the hand-over. */
export function StaffPhotos({ booking, items }: StaffPhotosProps) {
  const { data } = useQuery(hasUploads, []);
  const sent = useStore(sentPhotosStore);
  if (!(data ?? persisted().read())) return null;
  return (
    <BookingPhotos booking={booking} items={items} sent={sent} onRemove={({ upload_id }) => deleteUpload(upload_id)}>
      <WaitingPhotos bookingId={booking.id} />
      <AddPhotos booking={booking} />
    </BookingPhotos>
  );
}

const pdfType = "application/pdf";
const maxPdfBytes = 5 * 1024 * 1024;

async function keepDocument(booking: Booking, file: File): Promise<void> {
  const isPdf = (await file.slice(0, 5).text()) === "%PDF-";
  if (!isPdf) throw new PhotoError("This is no PDF document.");
  if (file.size > maxPdfBytes) throw new PhotoError("A document can have at most 5 MB.");
  await keepPhoto(booking, "document", { full: new Blob([file], { type: pdfType }), thumb: null });
}

async function keepShrunk(booking: Booking, file: File): Promise<void> {
  await keepPhoto(booking, "handover", await shrinkPhoto(file));
}

const adders: Record<WaitingPhoto["purpose"], (booking: Booking, file: File) => Promise<void>> = {
  handover: keepShrunk,
  document: keepDocument,
};

function AddPhotos({ booking }: { booking: Booking }) {
  const [failure, setFailure] = useState("");
  const add = async (files: readonly File[], purpose: WaitingPhoto["purpose"]) => {
    setFailure("");
    for (const file of files) {
      try {
        await adders[purpose](booking, file);
      } catch (error) {
        setFailure(`${file.name}: ${error instanceof PhotoError ? error.message : "It could not be read. Choose it again."}`);
      }
    }
  };
  return (
    <>
      <div class="actions photo-actions" role="group" aria-label="Add to this booking">
        <ChoosePhotos subject="the hand-over" onChoose={(files) => void add(files, "handover")} />
        <ChooseFiles
          label="Add a document"
          icon="document"
          subject="a PDF of this booking"
          types={pdfType}
          onChoose={(files) => void add(files, "document")}
        />
      </div>
      <p class="faults" role="alert">
        {failure}
      </p>
    </>
  );
}
