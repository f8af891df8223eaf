/** The SHA-256 in base64. */
export async function sha256(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // Browsers have their own on https and localhost only, and a kiosk may open this page over plain http.
  const hash =
    "subtle" in crypto
      ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
      : (await import("@noble/hashes/sha2.js")).sha256(bytes);
  return btoa(String.fromCharCode(...hash));
}
