import { withoutMetadata } from "./plain_jpeg";

const maxSide = 1600;
const maxBytes = 900_000;
const thumbSide = 320;
const maxThumbBytes = 60_000;
const qualities = [0.85, 0.75, 0.65, 0.5, 0.35];

/** Both are JPEGs without metadata. */
export interface ShrunkPhoto {
  full: Blob;
  thumb: Blob;
}

/** A sentence for whoever chose a file. */
export class PhotoError extends Error {}

let last: Promise<unknown> = Promise.resolve();

/** Makes a photo small enough to send, one at a time, as each takes much memory. Throws PhotoError. */
export function shrinkPhoto(file: Blob): Promise<ShrunkPhoto> {
  const shrunk = last.then(() => shrinkOne(file));
  last = shrunk.catch(() => undefined);
  return shrunk;
}

async function shrinkOne(file: Blob): Promise<ShrunkPhoto> {
  const address = URL.createObjectURL(file);
  const picture = new Image();
  try {
    picture.src = address;
    await picture.decode();
    const canvas = draw(picture, picture.naturalWidth, picture.naturalHeight, maxSide);
    const full = await encode(canvas, maxBytes);
    const small = draw(canvas, canvas.width, canvas.height, thumbSide);
    return { full, thumb: await encode(small, maxThumbBytes) };
  } catch (error) {
    if (error instanceof PhotoError) throw error;
    throw new PhotoError("This browser cannot open the file as a photo. Choose a JPEG, PNG or WebP photo.");
  } finally {
    URL.revokeObjectURL(address);
    picture.src = "";
  }
}

function draw(picture: CanvasImageSource, width: number, height: number, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(width, height, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new PhotoError("This browser has no room for the photo. Close other pages and choose it again.");
  // A JPEG has no transparency.
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function encode(canvas: HTMLCanvasElement, max: number): Promise<Blob> {
  for (const quality of qualities) {
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (!blob) break;
    const bytes = withoutMetadata(new Uint8Array(await blob.arrayBuffer()));
    if (bytes.length <= max) return new Blob([bytes], { type: "image/jpeg" });
  }
  throw new PhotoError("The photo could not be made small enough to send. Choose another one.");
}
