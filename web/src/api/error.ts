import type { components } from "./openapi";

export type ErrorCode = components["schemas"]["ErrorCode"] | "no_connection" | "timed_out" | "not_hss";

/** The failure of a request. `status` is 0 where no HTTP response came. */
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

  /** The same with other details. */
  withDetails(details: readonly string[]): ApiError {
    return new ApiError(this.code, this.message, this.status, details, this.request_id, this.retry_after);
  }

  /** True where the request may have taken effect. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /**
   * True for a permanent failure: sending the same again will not help. A proxy may answer anything (`not_hss`), and 408
   * and 429 ask for another try.
   */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && this.code !== "not_hss" && this.status !== 408 && this.status !== 429;
  }
}

/** Turns anything that was thrown into an error that can be shown. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("internal", "Something went wrong in this page. Please load it again.");
}
