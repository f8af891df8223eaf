import { randomKey } from "../api/attempt";
import { asApiError } from "../api/error";
import { asString, isRecord } from "../lib/persisted";
import { createStore } from "../lib/store";
import { onSignOut } from "../session/session";
import { failureWords } from "./failure_words";
import { deleteRow, deleteRows, readRows, writeRow } from "./photo_database";
import { PhotoError, shrinkPhoto } from "./shrink";
import { transfer, uploadKey, type Files } from "./transfer";

export type PhotoState = "shrinking" | "waiting" | "sending" | "sent" | "failed" | "left_out";

/** A photo of a draft's item. */
export interface DraftPhoto {
  id: string;
  state: PhotoState;
  /** Null while it is made smaller. */
  files: Files | null;
  /** How much of it is sent, from 0 to 1. */
  progress: number;
  /** A sentence; null where nothing has failed. */
  failure: string | null;
  /** Its upload on the server, from the first try to send it. */
  upload_id: string | null;
}

/** The photos of this page's draft, by their ids. */
export const draftPhotosStore = createStore<ReadonlyMap<string, DraftPhoto>>(new Map());

const maxAgeMs = 7 * 24 * 3_600_000;
const shrinkings = new Map<string, Promise<void>>();
const sendings = new Map<string, AbortController>();

onSignOut(() => {
  for (const sending of sendings.values()) sending.abort();
  draftPhotosStore.set(new Map());
  void deleteRows("drafts");
});

function change(id: string, changes: Partial<DraftPhoto>): void {
  const photo = draftPhotosStore.get().get(id);
  if (photo) draftPhotosStore.set(new Map(draftPhotosStore.get()).set(id, { ...photo, ...changes }));
}

function drop(id: string): void {
  const photos = new Map(draftPhotosStore.get());
  photos.delete(id);
  draftPhotosStore.set(photos);
  void deleteRow("drafts", id);
}

async function store({ id, files, upload_id }: DraftPhoto): Promise<void> {
  const row = { id, ...files, upload_id, at: Date.now() };
  if (files) await writeRow("drafts", row);
}

function parseRow(row: unknown): (DraftPhoto & { at: number }) | null {
  if (!isRecord(row) || typeof row["id"] !== "string" || typeof row["at"] !== "number") return null;
  const { full, thumb } = row;
  if (!(full instanceof Blob) || !(thumb instanceof Blob)) return null;
  const upload_id = asString(row["upload_id"]);
  return { id: row["id"], state: "waiting", files: { full, thumb }, progress: 0, failure: null, upload_id, at: row["at"] };
}

/** Loads the photos that were stored with a draft, and forgets those of drafts that are long gone. */
export async function restorePhotos(ids: readonly string[]): Promise<void> {
  if (ids.every((id) => draftPhotosStore.get().has(id))) return;
  const rows = (await readRows("drafts")).map(parseRow).filter((row) => row !== null);
  for (const { id, at } of rows) if (Date.now() - at > maxAgeMs) await deleteRow("drafts", id);
  const missing = rows.filter(({ id }) => ids.includes(id) && !draftPhotosStore.get().has(id));
  draftPhotosStore.set(new Map([...draftPhotosStore.get(), ...missing.map(({ at: _, ...photo }) => [photo.id, photo] as const)]));
}

/** Adds a photo and returns its id; resolves once it is small. `isStored`: it outlives the page. Throws PhotoError. */
export function addPhoto(file: File, isStored: boolean): { id: string; added: Promise<void> } {
  const id = randomKey();
  const photo: DraftPhoto = { id, state: "shrinking", files: null, progress: 0, failure: null, upload_id: null };
  draftPhotosStore.set(new Map(draftPhotosStore.get()).set(id, photo));
  const add = async () => {
    try {
      const files = await shrinkPhoto(file);
      // What can be seen is stored already.
      if (isStored) await store({ ...photo, files });
      change(id, { files, state: "waiting" });
    } catch (error) {
      drop(id);
      throw error instanceof PhotoError ? error : new PhotoError("The photo could not be read. Choose it again.");
    }
    if (!draftPhotosStore.get().has(id)) drop(id);
  };
  const added = add().finally(() => shrinkings.delete(id));
  shrinkings.set(id, added);
  return { id, added };
}

/** Has the photos outlive the page from now on, or not any more. */
export function persistPhotos(ids: readonly string[], isStored: boolean): void {
  for (const photo of ids.map((id) => draftPhotosStore.get().get(id))) {
    if (photo) void (isStored ? store(photo) : deleteRow("drafts", photo.id));
  }
}

export function removePhoto(id: string): void {
  sendings.get(id)?.abort();
  drop(id);
}

/** Forgets the photos of a draft that is booked or given up. */
export function forgetPhotos(ids: readonly string[]): void {
  for (const id of ids) drop(id);
}

/** The booking goes on without this photo. */
export function leaveOut(id: string): void {
  change(id, { state: "left_out", failure: null });
  sendings.get(id)?.abort();
}

/** Has the photos sent again, as the server no longer has them. */
export function forgetUploads(ids: readonly string[]): void {
  for (const id of ids) {
    if (draftPhotosStore.get().get(id)?.state === "sent") change(id, { state: "waiting", upload_id: null, progress: 0 });
  }
}

async function sendOne(id: string): Promise<void> {
  const { files, upload_id } = draftPhotosStore.get().get(id) ?? {};
  if (!files) return;
  const controller = new AbortController();
  sendings.set(id, controller);
  change(id, { state: "sending", failure: null, progress: 0 });
  try {
    const sent = await transfer(
      files,
      { purpose: "item" },
      {
        upload_id: upload_id ?? null,
        onPromise: (promised) => change(id, { upload_id: promised }),
        onProgress: (progress) => change(id, { progress }),
        signal: controller.signal,
      },
    );
    change(id, { state: "sent", upload_id: sent, progress: 1 });
  } catch (error) {
    if (controller.signal.aborted) return;
    change(id, { state: "failed", failure: failureWords(asApiError(error)) });
  } finally {
    sendings.delete(id);
  }
}

/**
 * Sends the photos one after the other. Resolves to the keys of those that arrived, by their ids; to null where some
 * have failed, of which the customer decides.
 */
export async function sendPhotos(ids: readonly string[]): Promise<ReadonlyMap<string, string> | null> {
  await restorePhotos(ids);
  for (const id of ids) await shrinkings.get(id)?.catch(() => undefined);
  const photos = () => ids.map((id) => draftPhotosStore.get().get(id)).filter((photo) => photo !== undefined);
  for (const { id } of photos()) {
    const state = draftPhotosStore.get().get(id)?.state;
    if (state === "waiting" || state === "failed") await sendOne(id);
  }
  if (photos().some(({ state }) => state === "failed")) return null;
  return new Map(photos().flatMap(({ id, state, upload_id }) => (state === "sent" && upload_id ? [[id, uploadKey(upload_id)]] : [])));
}
