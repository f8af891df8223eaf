import { asApiError } from "../../api/error";
import { createStore } from "../../lib/store";
import { failureWords } from "../../photos/failure_words";
import { endPauses, transfer } from "../../photos/transfer";
import { sessionStore } from "../../session/session";
import { isOwn } from "../outbox/outbox";
import { maySend, onServerBack } from "../outbox/sender";
import { changePhoto, dropPhoto, photoOutboxStore, rereadPhotos, startPhotoOutbox, type WaitingPhoto } from "./photo_outbox";

interface SendingPhoto {
  id: string;
  /** How much of it is sent, from 0 to 1. */
  progress: number;
}

/** The photo that is being sent. */
export const sendingPhotoStore = createStore<SendingPhoto | null>(null);
/** True from a failed try until everything is sent. */
export const photoBacklogStore = createStore(false);
/** The number of photos that this page has sent. */
export const sentPhotosStore = createStore(0);

const retryMs = 15_000;

let isRunning = false;
/** True where the network may be back since the last try. */
let isBack = false;
let current: { photo: WaitingPhoto; controller: AbortController } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function next(): WaitingPhoto | undefined {
  return photoOutboxStore.get().find((photo) => photo.rejection === null && isOwn(photo));
}

async function sendOne(photo: WaitingPhoto): Promise<void> {
  const { id, files, purpose, booking_id, upload_id } = photo;
  const controller = new AbortController();
  current = { photo, controller };
  sendingPhotoStore.set({ id, progress: 0 });
  try {
    // It is stored before a file is sent: after a reload the same upload goes on, and the booking has the photo once.
    await transfer(
      files,
      { purpose, booking_id },
      {
        upload_id,
        onPromise: (promised) => changePhoto(id, { upload_id: promised }),
        onProgress: (progress) => sendingPhotoStore.set({ id, progress }),
        onRetry: () => photoBacklogStore.set(true),
        signal: controller.signal,
      },
    );
    await dropPhoto(id);
    sentPhotosStore.set(sentPhotosStore.get() + 1);
  } catch (error) {
    const failure = asApiError(error);
    if (controller.signal.aborted || !failure.isFinal || failure.status === 401) throw error;
    await changePhoto(id, { rejection: failureWords(failure) });
  } finally {
    current = null;
    sendingPhotoStore.set(null);
  }
}

async function drain(): Promise<void> {
  for (await rereadPhotos(); maySend(); await rereadPhotos()) {
    const photo = next();
    if (!photo) return;
    await sendOne(photo);
  }
}

// One tab of a browser sends at a time.
async function withLock(work: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request("hss-photo-outbox", work);
  else await work();
}

async function run(): Promise<void> {
  if (isRunning || !next() || !maySend()) return;
  isRunning = true;
  isBack = false;
  clearTimeout(timer);
  let hasFailed = false;
  try {
    await withLock(drain);
    photoBacklogStore.set(false);
  } catch {
    hasFailed = true;
    photoBacklogStore.set(true);
  } finally {
    isRunning = false;
  }
  if (next()) timer = setTimeout(() => void run(), hasFailed && !isBack ? retryMs : 0);
}

/** Tries at once, also where a transfer pauses after a failure. */
function retryNow(): void {
  isBack = true;
  endPauses();
  void run();
}

/** Forgets a photo, also while it is on its way. */
export function discardPhoto(id: string): Promise<void> {
  if (current?.photo.id === id) current.controller.abort();
  return dropPhoto(id);
}

// The photos of one account are never sent as another.
function onSession(): void {
  if (current && !(maySend() && isOwn(current.photo))) current.controller.abort();
  void run();
}

/** Sends photos from now on, whenever there are some. Called once. */
export function startPhotoSender(): void {
  startPhotoOutbox();
  photoOutboxStore.subscribe(() => void run());
  sessionStore.subscribe(onSession);
  addEventListener("online", retryNow);
  onServerBack(retryNow);
}
