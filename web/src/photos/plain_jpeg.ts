const startOfScan = 0xda;
const app0 = 0xe0;
const app15 = 0xef;
const comment = 0xfe;

/** Segments that say how the colours are meant (JFIF, ICC, Adobe). */
const kept: readonly [number, string][] = [
  [0xe0, "JFIF\0"],
  [0xe2, "ICC_PROFILE\0"],
  [0xee, "Adobe"],
];

/**
 * Removes what a browser notes in the JPEG that it makes, such as Safari's Exif, as the server accepts no metadata. What
 * is no JPEG stays as it is.
 */
export function withoutMetadata(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let at = 2;
  while (bytes[at] === 0xff && at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === startOfScan) return joined([...parts, bytes.subarray(at)]);
    const end = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
    if (!isMetadata(marker, bytes.subarray(at + 4, end))) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return bytes;
}

function isMetadata(marker: number, body: Uint8Array): boolean {
  if (marker === comment) return true;
  if (marker < app0 || marker > app15) return false;
  return !kept.some(([known, name]) => marker === known && String.fromCharCode(...body.subarray(0, name.length)) === name);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
