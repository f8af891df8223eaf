import { isRecord, keptIn } from "./kept";

/** An Idempotency-Key kept with what it was sent for, so that a lost answer can be asked for again, also after a reload. */
interface Attempt {
  key: string;
  request: string;
}

function parseAttempt(value: unknown): Attempt | null {
  if (!isRecord(value)) return null;
  const { key, request } = value;
  return typeof key === "string" && typeof request === "string" ? { key, request } : null;
}

const kept = (scope: string) => keptIn("session", `hss-attempt-${scope}`, parseAttempt);

// crypto.randomUUID exists on secure origins only; a kiosk may open this page over plain http.
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The key for this request: the one of the attempt before where nothing changed since, else a new one. */
export function attemptKey(scope: string, request: object): string {
  const text = JSON.stringify(request);
  const earlier = kept(scope).read();
  if (earlier?.request === text) return earlier.key;
  const key = randomKey();
  kept(scope).write({ key, request: text });
  return key;
}

/** Ends the attempt once its outcome is known, so that the same request sent later is a new one. */
export function endAttempt(scope: string): void {
  kept(scope).write(null);
}
