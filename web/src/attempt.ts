/** An Idempotency-Key kept with what it was sent for, so that a lost answer can be asked for again, also after a reload. */
interface Attempt {
  key: string;
  request: string;
}

const storageKey = (scope: string) => `hss-attempt-${scope}`;

// crypto.randomUUID exists on secure origins only; a kiosk may open this page over plain http.
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function kept(scope: string): Attempt | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(storageKey(scope)) ?? "null");
    if (typeof value !== "object" || value === null) return null;
    const { key, request } = value as Partial<Attempt>;
    return typeof key === "string" && typeof request === "string" ? { key, request } : null;
  } catch {
    return null;
  }
}

/** The key for this request: the one of the attempt before where nothing changed since, else a new one. */
export function attemptKey(scope: string, request: object): string {
  const text = JSON.stringify(request);
  const earlier = kept(scope);
  if (earlier?.request === text) return earlier.key;
  const key = randomKey();
  try {
    sessionStorage.setItem(storageKey(scope), JSON.stringify({ key, request: text } satisfies Attempt));
  } catch {
    return key;
  }
  return key;
}

/** Ends the attempt once its outcome is known, so that the same request sent later is a new one. */
export function endAttempt(scope: string): void {
  try {
    sessionStorage.removeItem(storageKey(scope));
  } catch {
    return;
  }
}
