import { ApiError, asApiError } from "../api/error";
import {
  completeUpload,
  fileAddress,
  presignAgain,
  presignUpload,
  type UploadPromise,
  type UploadPurpose,
  type UploadRequest,
} from "../api/upload";
import { sha256 } from "./sha256";

/** The files of a photo, or of a document, which has no thumbnail. */
export interface Files {
  full: Blob;
  thumb: Blob | null;
}

/** What a photo is for; those of staff belong to a booking from the start. */
export interface Target {
  purpose: UploadPurpose;
  booking_id?: string;
}

export interface Transfer {
  /** Of an earlier try, which this one continues. */
  upload_id: string | null;
  /** Called before any file is sent, so that a later try can continue. */
  onPromise(uploadId: string): void | Promise<void>;
  /** Called with a number from 0 to 1. */
  onProgress(fraction: number): void;
  /** Called after a try that failed, where another one follows. */
  onRetry?(): void;
  signal?: AbortSignal;
}

const maxTries = 5;
const firstWaitMs = 1_000;
const stalledMs = 30_000;

/** The key by which an item names an upload. */
export function uploadKey(uploadId: string): string {
  return `uploads/${uploadId}`;
}

/** Sends a photo and resolves to its upload's id. Tries five times. Throws ApiError, or AbortError where the signal ended it. */
export async function transfer(files: Files, target: Target, options: Transfer): Promise<string> {
  let id = options.upload_id;
  const onPromise = (uploadId: string) => {
    id = uploadId;
    return options.onPromise(uploadId);
  };
  for (let tries = 1; ; tries++) {
    try {
      return await transferOnce(files, target, { ...options, upload_id: id, onPromise });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      const failure = asApiError(error);
      if (failure.code === "not_found" && id) id = null;
      else if (failure.isFinal && failure.code !== "conflict") throw failure;
      if (tries === maxTries) throw failure;
      options.onProgress(0);
      options.onRetry?.();
      await wait(Math.max(firstWaitMs * 2 ** (tries - 1), 1_000 * (failure.retry_after ?? 0)), options.signal);
    }
  }
}

async function transferOnce(files: Files, target: Target, options: Transfer): Promise<string> {
  const promise = await promiseFor(files, target, options.upload_id);
  // Null where everything has arrived.
  if (promise) {
    await options.onPromise(promise.upload_id);
    await putAll(files, promise, options);
  }
  const id = promise?.upload_id ?? options.upload_id ?? "";
  await completeUpload(id);
  return id;
}

async function promiseFor({ full, thumb }: Files, target: Target, earlier: string | null): Promise<UploadPromise | null> {
  if (earlier) {
    try {
      return await presignAgain(earlier);
    } catch (error) {
      if (asApiError(error).code === "conflict") return null;
      throw error;
    }
  }
  const describe = async (variant: "full" | "thumb", file: Blob) => ({
    variant,
    content_type: file.type,
    size: file.size,
    sha256: await sha256(file),
  });
  const described = [await describe("full", full), ...(thumb ? [await describe("thumb", thumb)] : [])];
  return presignUpload({ ...target, files: described } as UploadRequest);
}

async function putAll({ full, thumb }: Files, promise: UploadPromise, { onProgress, signal }: Transfer): Promise<void> {
  const total = full.size + (thumb?.size ?? 0);
  let before = 0;
  for (const { variant, url, headers } of promise.files) {
    const file = variant === "thumb" ? thumb : full;
    if (!file) continue;
    const start = before;
    await put(fileAddress(url), headers, file, (sent) => onProgress((start + sent) / total), signal);
    before += file.size;
  }
  onProgress(1);
}

// fetch() tells nothing of how far it is.
function put(
  url: string,
  headers: Record<string, string>,
  file: Blob,
  onSent: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const abort = () => request.abort();
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => end(new ApiError("timed_out", "The photo did not get through. Please try again.")), stalledMs);
    };
    const end = (failure: Error | null) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      request.onloadend = null;
      if (request.readyState !== XMLHttpRequest.DONE) request.abort();
      if (failure) fail(failure);
      else done();
    };
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => {
      watch();
      onSent(loaded);
    };
    request.onloadend = () => end(signal?.aborted ? abortError() : failureOf(request.status));
    signal?.addEventListener("abort", abort);
    watch();
    request.send(file);
    if (signal?.aborted) abort();
  });
}

/** Null where the file is there, also from an earlier try whose answer was lost. */
function failureOf(status: number): ApiError | null {
  if ((status >= 200 && status < 300) || status === 412) return null;
  if (status === 0) return new ApiError("no_connection", "No connection to the server. Check the network and try again.");
  // The address has expired; the next try asks for another one.
  if (status === 403) return new ApiError("timed_out", "The photo took too long to send. Please try again.");
  const message = status === 503 ? "There is no room for photos at the moment." : "The photo could not be sent.";
  return new ApiError(status >= 500 ? "unavailable" : "upload_refused", message, status);
}

function abortError(): DOMException {
  return new DOMException("The upload was ended", "AbortError");
}

const pauses = new Set<() => void>();

/** Ends the pauses between tries, once the network may be there again. */
export function endPauses(): void {
  for (const end of pauses) end();
}

addEventListener("online", endPauses);

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const end = () => {
      clearTimeout(timer);
      pauses.delete(end);
      signal?.removeEventListener("abort", end);
      if (signal?.aborted) fail(abortError());
      else done();
    };
    const timer = setTimeout(end, ms);
    pauses.add(end);
    signal?.addEventListener("abort", end);
  });
}
