import { asApiError } from "./api/client";
import { isRecord, keptIn } from "./kept";

/**
 * What was sent under one Idempotency-Key and has no sure outcome yet, kept so that it can be asked about again, also
 * after a reload.
 */
interface Attempt {
  key: string;
  /** The bodies that were sent, the latest last. One of them at most has taken effect. */
  requests: string[];
}

const mostRequests = 5;

function parseAttempt(value: unknown): Attempt | null {
  if (!isRecord(value)) return null;
  const { key, requests } = value;
  if (typeof key !== "string" || !Array.isArray(requests)) return null;
  return { key, requests: requests.filter((request) => typeof request === "string") };
}

// crypto.randomUUID exists on secure origins only; a kiosk may open this page over plain http.
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export interface Outcome<Answer> {
  answer: Answer;
  /** True where an earlier request, with another body, had arrived after all, and is what was done. */
  isOfEarlier: boolean;
}

/**
 * Sends a request that takes effect once, whatever is lost on the way. While nobody knows whether it arrived, the next
 * request of the same scope goes under the same key, even with another body: the server refuses a second body under one
 * key, and then the first one's answer is fetched. Throws what `send` throws.
 */
export async function sendOnce<Body extends object, Answer>(
  scope: string,
  body: Body,
  send: (body: Body, key: string) => Promise<Answer>,
): Promise<Outcome<Answer>> {
  const kept = keptIn("session", `hss-attempt-${scope}`, parseAttempt);
  const earlier = kept.read();
  const key = earlier?.key ?? randomKey();
  const request = JSON.stringify(body);
  const others = (earlier?.requests ?? []).filter((other) => other !== request);
  kept.write({ key, requests: [...others, request].slice(-mostRequests) });
  try {
    const outcome = await answerOf(body, others, (asked: Body) => send(asked, key));
    kept.write(null);
    return outcome;
  } catch (error) {
    if (asApiError(error).isFinal) kept.write(null);
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
  } catch (refusal) {
    if (asApiError(refusal).code !== "conflict") throw refusal;
    for (const other of others) {
      try {
        return { answer: await send(JSON.parse(other) as Body), isOfEarlier: true };
      } catch (error) {
        if (asApiError(error).code !== "conflict") throw error;
      }
    }
    throw refusal;
  }
}
