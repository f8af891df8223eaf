import { apiBaseStore } from "../session/session";
import { send, type Schema } from "./client";

/** What a photo or document is for: an item that is booked, what staff take over or hand back, or a paper of a booking. */
export type UploadPurpose = Schema["UploadRequest"]["purpose"];
export type UploadRequest = Schema["UploadRequest"];
/** Where the files of an upload go, and until when. */
export type UploadPromise = Schema["UploadPromise"];
/** A photo or document of a booking. `item` is the id of the item that it shows; null where it shows none alone. */
export type BookingPhoto = Schema["Photos"]["photos"][number];

export function presignUpload(body: UploadRequest): Promise<UploadPromise> {
  return send("post", "/api/v1/uploads/presign", { body });
}

/** New addresses for the same upload. */
export function presignAgain(id: string): Promise<UploadPromise> {
  return send("post", "/api/v1/uploads/{id}/presign", { path: { id } });
}

export function completeUpload(id: string): Promise<Schema["UploadReady"]> {
  return send("post", "/api/v1/uploads/{id}/complete", { path: { id } });
}

export function deleteUpload(id: string): Promise<Schema["UploadDeleted"]> {
  return send("delete", "/api/v1/uploads/{id}", { path: { id } });
}

export function fetchPhotos(bookingId: string, signal?: AbortSignal): Promise<Schema["Photos"]> {
  return send("get", "/api/v1/bookings/{id}/photos", { path: { id: bookingId }, signal });
}

/** The whole address of a file, which the server names by its path, or by an address elsewhere. */
export function fileAddress(url: string): string {
  return new URL(url, apiBaseStore.get() || window.location.href).href;
}
