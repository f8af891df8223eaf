import { apiBaseStore, roleStore } from "../session";

export type ErrorCode =
  | "validation_error"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "price_changed"
  | "payload_too_large"
  | "unsupported_media_type"
  | "rate_limited"
  | "internal"
  | "unavailable"
  | "no_connection"
  | "timed_out"
  | "not_hss";

/** Why a request had no good answer. `status` is 0 where no HTTP answer came. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly status: number = 0,
    readonly details: readonly string[] = [],
    readonly request_id: string | null = null,
  ) {
    super(message);
  }

  /** True where nobody knows whether the request took effect. */
  get leavesDoubt(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /** True where the server gave its last word: sending the same again will not help. */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 429;
  }
}

export interface Call<T> {
  method?: "GET" | "POST" | "PATCH";
  path: string;
  query?: Record<string, string | number | null | undefined>;
  body?: object;
  idempotency_key?: string;
  signal?: AbortSignal | undefined;
  /** Overrides the API base address of the settings. */
  base?: string;
  /** A member that every good answer has; an answer without it is not from an HSS server. */
  expects: keyof T & string;
}

const timeoutMs = 15_000;

/** Sends one request. Throws ApiError, or the browser's AbortError where the caller's signal ended it. */
export async function send<T extends object>(call: Call<T>): Promise<T> {
  const { response, text } = await exchange(address(call), call);
  const answer = parsed(text);
  const requestId = response.headers.get("X-Request-Id");
  if (!response.ok) throw refusal(response.status, answer, requestId);
  if (!isRecord(answer) || !(call.expects in answer)) {
    throw new ApiError("not_hss", "The address in the settings does not answer like an HSS server.", response.status);
  }
  return answer as T;
}

function address<T>(call: Call<T>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const search = query.toString();
  return (call.base ?? apiBaseStore.get()) + call.path + (search ? `?${search}` : "");
}

async function exchange<T>(url: string, call: Call<T>): Promise<{ response: Response; text: string }> {
  const ending = new AbortController();
  const end = () => ending.abort();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end();
  }, timeoutMs);
  call.signal?.addEventListener("abort", end);
  if (call.signal?.aborted) end();
  const headers: Record<string, string> = { Accept: "application/json", "X-HSS-Role": roleStore.get() };
  if (call.body) headers["Content-Type"] = "application/json";
  if (call.idempotency_key) headers["Idempotency-Key"] = call.idempotency_key;
  try {
    const response = await fetch(url, {
      method: call.method ?? "GET",
      headers,
      body: call.body ? JSON.stringify(call.body) : null,
      signal: ending.signal,
      credentials: "omit",
      cache: "no-cache",
    });
    return { response, text: await response.text() };
  } catch (error) {
    if (call.signal?.aborted) throw error;
    if (late) throw new ApiError("timed_out", "The server took too long to answer. Please try again.");
    throw new ApiError("no_connection", "No connection to the server. Check the network and try again.");
  } finally {
    clearTimeout(timer);
    call.signal?.removeEventListener("abort", end);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refusal(status: number, answer: unknown, requestId: string | null): ApiError {
  const error = isRecord(answer) ? answer["error"] : null;
  if (!isRecord(error) || typeof error["code"] !== "string" || typeof error["message"] !== "string") {
    const message = status >= 500 ? "The server has a problem. Please try again." : "The server refused the request.";
    return new ApiError(status >= 500 ? "internal" : "not_hss", message, status, [], requestId);
  }
  const details = Array.isArray(error["details"]) ? error["details"].filter((detail) => typeof detail === "string") : [];
  return new ApiError(error["code"] as ErrorCode, error["message"], status, details, requestId);
}

/** What to tell a person about anything that was thrown. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("internal", "Something went wrong in this page. Please load it again.");
}
