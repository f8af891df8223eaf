import type { components } from "./openapi";

export type ErrorCode = components["schemas"]["ErrorCode"] | "no_connection" | "timed_out" | "not_hss";

/** Why a request had no good answer. `status` is 0 where no HTTP answer came. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly status: number = 0,
    readonly details: readonly string[] = [],
    readonly request_id: string | null = null,
    /** Seconds to wait before the next try, where the server names them. */
    readonly retry_after: number | null = null,
  ) {
    super(message);
  }

  /** True where nobody knows whether the request took effect. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /**
   * True where the server gave its last word: sending the same again will not help. What stands in between may answer
   * anything (`not_hss`), and 408 and 429 only ask for patience.
   */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && this.code !== "not_hss" && this.status !== 408 && this.status !== 429;
  }
}

/** What to tell a person about anything that was thrown. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("internal", "Something went wrong in this page. Please load it again.");
}
