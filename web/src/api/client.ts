import { basePath } from "../lib/base";
import { isRecord } from "../lib/persisted";
import { apiBaseStore, currentBearer, hasAccounts, roleStore, sessionStore, onSignOut, type Bearer, type Role } from "../session/session";
import { ApiError, asApiError, type ErrorCode } from "./error";
import { messageWords } from "./message_words";
import type { components, paths } from "./openapi";

/** The names and shapes of the server's own document (src/api/site/openapi.json), by `npm run types`. */
export type Schema = components["schemas"];

type Method = "get" | "post" | "put" | "patch" | "delete";
type PathWith<M extends Method> = { [P in keyof paths]: paths[P][M] extends object ? P : never }[keyof paths];
type Operation<M extends Method, P extends keyof paths> = NonNullable<paths[P][M]>;
type Member<T, Name extends string> = T extends { [N in Name]?: infer V } ? NonNullable<V> : never;
type Json<T> = Member<Member<T, "content">, "application/json">;
type Responses<O> = O extends { responses: infer R } ? R : never;
type AnswerTo<O> = {
  [S in keyof Responses<O>]: S extends 200 | 201 | 202 ? Json<Responses<O>[S]> : never;
}[keyof Responses<O>];

/** The parts of a request; each is required where the operation has it. */
type Parts<O> = Part<"path", Member<Member<O, "parameters">, "path">> &
  Partial<Part<"query", Loose<Member<Member<O, "parameters">, "query">>>> &
  Part<"body", Json<Member<O, "requestBody">>>;
type Part<Name extends string, T> = [T] extends [never] ? unknown : { [N in Name]: T };
/** Query members may be empty, which sends none. */
type Loose<T> = [T] extends [never] ? never : { [K in keyof T]?: T[K] | string | null | undefined };

interface Options {
  idempotency_key?: string;
  signal?: AbortSignal | undefined;
  /** Overrides the API base address of the settings. */
  base?: string;
  /** The answer will not be asked for again, so it is not remembered. */
  isOnce?: boolean;
  /** Sends no headers, like the browser's own request for a page's `Link: rel=preload`. */
  isPublic?: boolean;
  /** Replaces the token in use; null sends none. */
  token?: string | null | undefined;
  /** Demo mode: replaces the role that is played. */
  role?: Role;
  /** Continues after the page is left. */
  isKeptAlive?: boolean;
  /** The answer that is changed: rejected with 412 where the server has another one by now. */
  seen?: object;
  /** Belongs to the session's own requests, after which a 401 renews no token. */
  isOfSession?: boolean;
}

const timeoutMs = 15_000;

/**
 * Sends one request. Throws ApiError, or the browser's AbortError where the caller's signal ended it.
 * A GET whose answer has not changed since the last time gives the same object again.
 */
export async function send<M extends Method, P extends PathWith<M>>(
  method: M,
  path: P,
  call: Parts<Operation<M, P>> & Options,
): Promise<AnswerTo<Operation<M, P>>> {
  const parts: Untyped & Options = call;
  return (await sendAsBearer(method.toUpperCase(), path, parts)) as AnswerTo<Operation<M, P>>;
}

/** Receives a rejected token. Resolves to true once another one is in use, which may take until somebody signs in. */
export type Renewal = (rejected: string) => Promise<boolean>;

let renew: Renewal = async () => false;

export function onRejectedToken(renewal: Renewal): void {
  renew = renewal;
}

async function sendAsBearer(method: string, path: string, parts: Untyped & Options): Promise<object> {
  const bearer = parts.token === undefined ? currentBearer() : { token: parts.token, account: null };
  const shown = hasAccounts() ? sessionStore.get()?.account : null;
  // Storage changes at once when another tab signs in or out; this page's session follows a moment later.
  if (parts.token === undefined && shown && !isSameAccount(bearer.account, shown)) throw otherAccountError(shown);
  const { token } = bearer;
  const etag = parts.seen && etags.get(parts.seen);
  const request: WireRequest = {
    method,
    url: urlOf(path, parts),
    headers: { ...headersOf(parts, token), ...(etag && { "If-Match": etag }) },
    body: parts.body ? JSON.stringify(parts.body) : null,
    signal: parts.signal,
    // The browser's cache stores no bookings on its disk; staff/board/persisted_board.ts stores those of a kiosk.
    cache: parts.isPublic ? "default" : "no-store",
    isOnce: parts.isOnce ?? false,
    isKeptAlive: parts.isKeptAlive ?? false,
  };
  try {
    return await answerFor(request);
  } catch (error) {
    if (!token || parts.isOfSession || asApiError(error).status !== 401 || !(await renew(token))) throw error;
    if (!isSameAccount(currentBearer().account, bearer.account)) throw otherAccountError(bearer.account);
    return sendAsBearer(method, path, parts);
  }
}

function isSameAccount(one: Bearer["account"], other: Bearer["account"]): boolean {
  return (one?.id ?? null) === (other?.id ?? null);
}

/** The request of one account is never sent as another. */
function otherAccountError(account: Bearer["account"]): ApiError {
  const why = account
    ? `${account.name} asked for it and is signed in no more. Sign in as ${account.name} to do it.`
    : "somebody has signed in meanwhile. Please try again.";
  return new ApiError("unauthorized", `This was not done, because ${why}`, 401);
}

interface Untyped {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | null | undefined>;
  body?: object;
}

interface WireRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
  signal: AbortSignal | undefined;
  cache: RequestCache;
  isOnce: boolean;
  isKeptAlive: boolean;
}

function urlOf(path: string, { path: names, query, base }: Untyped & Options): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names?.[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return ((base ?? apiBaseStore.get()) || basePath) + filled + (text ? `?${text}` : "");
}

function headersOf({ body, idempotency_key, isPublic, base, role }: Untyped & Options, token: string | null): Record<string, string> {
  if (isPublic) return {};
  const headers: Record<string, string> = { Accept: "application/json" };
  if (!hasAccounts()) headers["X-HSS-Role"] = role ?? roleStore.get();
  // A server that is only tested gets no token.
  if (token && base === undefined) headers["Authorization"] = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  if (idempotency_key) headers["Idempotency-Key"] = idempotency_key;
  return headers;
}

/** Opens the stream of events after that one (empty: from now on). Throws ApiError where the server rejects it, else what fetch throws. */
export async function openEvents(lastEventId: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const path: keyof paths = "/api/v1/events";
  const headers = { ...headersOf({}, currentBearer().token), Accept: "text/event-stream" };
  const since = lastEventId && { "Last-Event-ID": lastEventId };
  const response = await fetch(urlOf(path, {}), { headers: { ...headers, ...since }, signal, cache: "no-store" });
  const isStream = response.headers.get("Content-Type")?.startsWith("text/event-stream") ?? false;
  if (response.ok && isStream && response.body) return response.body;
  throw errorOf(response, parseJson(await response.text()));
}

interface CachedAnswer {
  etag: string;
  answer: object;
}

const etags = new WeakMap<object, string>();

// Answers by URL and headers, so that a poll without changes costs a 304.
const answerCache = new Map<string, CachedAnswer>();
const maxCached = 40;
onSignOut(() => answerCache.clear());

function cacheAnswer(key: string, etag: string | null, answer: object): void {
  answerCache.delete(key);
  if (!etag) return;
  answerCache.set(key, { etag, answer });
  const oldest = answerCache.keys().next();
  if (answerCache.size > maxCached && !oldest.done) answerCache.delete(oldest.value);
}

async function answerFor(request: WireRequest): Promise<object> {
  const key = JSON.stringify([request.url, request.headers]);
  const cached = request.method === "GET" ? answerCache.get(key) : undefined;
  if (cached) request.headers["If-None-Match"] = cached.etag;
  const { response, text } = await fetchText(request);
  if (response.status === 304 && cached) return cached.answer;
  const answer = parseJson(text);
  if (!response.ok) throw errorOf(response, answer);
  if (!isRecord(answer) || typeof answer["request_id"] !== "string") {
    throw new ApiError("not_hss", "The address in the settings does not answer like an HSS server.", response.status);
  }
  const etag = response.headers.get("ETag");
  if (etag) etags.set(answer, etag);
  if (request.method === "GET" && !request.isOnce) cacheAnswer(key, etag, answer);
  return answer;
}

async function fetchText(request: WireRequest): Promise<{ response: Response; text: string }> {
  const { method, headers, body, signal, cache, isKeptAlive: keepalive } = request;
  const controller = new AbortController();
  const abort = () => controller.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    abort();
  }, timeoutMs);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  try {
    const response = await fetch(request.url, { method, headers, body, signal: controller.signal, cache, keepalive });
    return { response, text: await response.text() };
  } catch (error) {
    if (signal?.aborted) throw error;
    if (isLate) throw new ApiError("timed_out", "The server took too long to answer. Please try again.");
    throw new ApiError("no_connection", "No connection to the server. Check the network and try again.");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function errorOf({ status, headers }: Response, answer: unknown): ApiError {
  const requestId = headers.get("X-Request-Id");
  const error = isRecord(answer) ? answer["error"] : null;
  if (!isRecord(error) || typeof error["code"] !== "string" || typeof error["message"] !== "string") {
    const message = status >= 500 ? "The server has a problem. Please try again." : "The server refused the request.";
    return new ApiError(status >= 500 ? "internal" : "not_hss", message, status, [], requestId);
  }
  const details = Array.isArray(error["details"]) ? error["details"].filter((detail) => typeof detail === "string") : [];
  const wait = Number(headers.get("Retry-After"));
  return new ApiError(error["code"] as ErrorCode, messageWords(error["message"]), status, details, requestId, wait > 0 ? wait : null);
}
