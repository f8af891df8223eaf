import { asString, forgetPersisted, isRecord, persistedValue } from "../lib/persisted";
import { isShared, sessionStore, onSignOut } from "../session/session";
import { asApiError } from "./error";

/** The requests under one Idempotency-Key whose outcome is unknown. It is persisted, so that a reload can send them again. */
interface Attempt {
  key: string;
  /** The owner; null where nobody signs in. */
  account_id: string | null;
  /** The bodies that were sent, the latest last. One of them at most has taken effect. */
  requests: string[];
}

const maxRequests = 20;

function parseAttempt(value: unknown): Attempt | null {
  if (!isRecord(value)) return null;
  const { key, requests } = value;
  if (typeof key !== "string" || !Array.isArray(requests)) return null;
  return { key, account_id: asString(value["account_id"]), requests: requests.filter((request) => typeof request === "string") };
}

const persistedKey = "hss-attempt-";

onSignOut(() => {
  forgetPersisted("session", persistedKey);
  forgetPersisted("local", persistedKey);
});

const ofTab = (scope: string) => persistedValue("session", persistedKey + scope, parseAttempt);
const ofBrowser = (scope: string) => persistedValue("local", persistedKey + scope, parseAttempt);

/** Adopts the attempt of a closed tab, together with its draft. */
export function adoptAttempt(scope: string): void {
  const left = ofBrowser(scope).read();
  if (left && !ofTab(scope).read()) ofTab(scope).write(left);
}

// crypto.randomUUID exists on secure origins only; a kiosk may open this page over plain http.
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export interface Outcome<Answer> {
  answer: Answer;
  /** True where an earlier request, with another body, took effect in place of this one. */
  isOfEarlier: boolean;
}

/**
 * Sends a request that takes effect once, whatever the network loses. While its outcome is unknown, the next request of
 * the same scope uses the same key, even with another body: the server rejects a second body under one key, and then the
 * first one is sent again for its answer. An attempt that outlives its tab can be adopted by another one. Throws what
 * `send` throws.
 */
export async function sendOnce<Body extends object, Answer>(
  scope: string,
  body: Body,
  send: (body: Body, key: string) => Promise<Answer>,
  { outlivesTab = false } = {},
): Promise<Outcome<Answer>> {
  const persisted = ofTab(scope);
  const persist = (attempt: Attempt | null) => {
    const isLast = persisted.read()?.key === ofBrowser(scope).read()?.key;
    persisted.write(attempt);
    if (outlivesTab && (attempt || isLast)) ofBrowser(scope).write(isShared() ? null : attempt);
  };
  const account_id = sessionStore.get()?.account?.id ?? null;
  const last = persisted.read();
  const earlier = last?.account_id === account_id ? last : null;
  const key = earlier?.key ?? randomKey();
  const request = JSON.stringify(body);
  const others = (earlier?.requests ?? []).filter((other) => other !== request);
  persist({ key, account_id, requests: [...others, request].slice(-maxRequests) });
  try {
    const outcome = await answerOf(body, others, (asked: Body) => send(asked, key));
    persist(null);
    return outcome;
  } catch (error) {
    const rejection = asApiError(error);
    // The server stores a 404 or 409 under the key, so no earlier body can take effect any more. Other rejections leave
    // the outcome of the earlier ones unknown.
    if (rejection.isFinal)
      persist(rejection.status === 404 || rejection.status === 409 || !others.length ? null : { key, account_id, requests: others });
    throw error;
  }
}

async function answerOf<Body, Answer>(
  body: Body,
  others: readonly string[],
  send: (body: Body) => Promise<Answer>,
): Promise<Outcome<Answer>> {
  try {
    return { answer: await send(body), isOfEarlier: false };
  } catch (rejection) {
    if (asApiError(rejection).code !== "conflict") throw rejection;
    for (const other of others) {
      try {
        return { answer: await send(JSON.parse(other) as Body), isOfEarlier: true };
      } catch (error) {
        if (asApiError(error).code !== "conflict") throw error;
      }
    }
    throw rejection;
  }
}
