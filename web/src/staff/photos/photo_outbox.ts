import { randomKey } from "../../api/attempt";
import type { Booking } from "../../api/booking";
import { asString, isRecord } from "../../lib/persisted";
import { createStore } from "../../lib/store";
import { deleteRow, readRows, writeRow } from "../../photos/photo_database";
import type { Files } from "../../photos/transfer";
import { apiBaseStore } from "../../session/session";
import { currentActor, parseActor, type Actor } from "../outbox/outbox";

/** A photo or document that staff have added, kept in the browser until the server has it. */
export interface WaitingPhoto {
  id: string;
  purpose: "handover" | "document";
  booking_id: string;
  customer_name: string;
  files: Files;
  /** The account that added it and that alone can send it; null where nobody signs in. */
  actor: Actor | null;
  /** The address of the server that it is for. */
  server: string;
  /** In ms since 1970. */
  made_at: number;
  /** Its upload on the server, from the first try to send it. */
  upload_id: string | null;
  /** The server's reason for rejecting it; null while it waits. */
  rejection: string | null;
}

/** Those of this server, the oldest first. Every tab of this browser has the same. */
export const photoOutboxStore = createStore<readonly WaitingPhoto[]>([]);

/** False while the browser does not store them, so that a reload would lose them. */
export const photosPersistedStore = createStore(true);

// Those that the browser did not store.
const unpersisted = new Map<string, WaitingPhoto>();

function parseRow(row: unknown): WaitingPhoto | null {
  if (!isRecord(row) || typeof row["id"] !== "string" || typeof row["made_at"] !== "number") return null;
  const { id, made_at, purpose, files } = row;
  if ((purpose !== "handover" && purpose !== "document") || !isRecord(files)) return null;
  const { full, thumb } = files;
  if (!(full instanceof Blob) || !(thumb === null || thumb instanceof Blob)) return null;
  return {
    id,
    purpose,
    booking_id: asString(row["booking_id"]) ?? "",
    customer_name: asString(row["customer_name"]) ?? "",
    files: { full, thumb },
    actor: parseActor(row["actor"]),
    server: asString(row["server"]) ?? "",
    made_at,
    upload_id: asString(row["upload_id"]),
    rejection: asString(row["rejection"]),
  };
}

// Browsers without it read again once a photo is added or sent.
const channel = "BroadcastChannel" in window ? new BroadcastChannel("hss-photos") : null;

export async function rereadPhotos(): Promise<void> {
  const rows = (await readRows("outbox")).map(parseRow).filter((row) => row !== null);
  const all = [...rows, ...unpersisted.values()].filter(({ server }) => server === apiBaseStore.get());
  photoOutboxStore.set(all.sort((one, other) => one.made_at - other.made_at));
}

async function changed(): Promise<void> {
  channel?.postMessage(null);
  await rereadPhotos();
}

async function write(photo: WaitingPhoto): Promise<void> {
  unpersisted.delete(photo.id);
  if (!(await writeRow("outbox", photo))) unpersisted.set(photo.id, photo);
  photosPersistedStore.set(unpersisted.size === 0);
  await changed();
}

/** Adds a photo or document to the outbox. */
export function keepPhoto(booking: Pick<Booking, "id" | "customer_name">, purpose: WaitingPhoto["purpose"], files: Files): Promise<void> {
  return write({
    id: randomKey(),
    purpose,
    booking_id: booking.id,
    customer_name: booking.customer_name,
    files,
    actor: currentActor(),
    server: apiBaseStore.get(),
    made_at: Date.now(),
    upload_id: null,
    rejection: null,
  });
}

/** Changes a photo that is still there. */
export async function changePhoto(id: string, changes: Partial<Pick<WaitingPhoto, "upload_id" | "rejection">>): Promise<void> {
  const photo = photoOutboxStore.get().find((one) => one.id === id);
  if (photo) await write({ ...photo, ...changes });
}

/** Forgets a photo: it is sent, or nobody wants it any more. */
export async function dropPhoto(id: string): Promise<void> {
  unpersisted.delete(id);
  photosPersistedStore.set(unpersisted.size === 0);
  await deleteRow("outbox", id);
  await changed();
}

/** Keeps the store up to date with the other tabs. Called once. */
export function startPhotoOutbox(): void {
  if (channel) channel.onmessage = () => void rereadPhotos();
  apiBaseStore.subscribe(() => void rereadPhotos());
  void rereadPhotos();
}
