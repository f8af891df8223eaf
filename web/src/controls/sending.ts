import { useRef, useState } from "preact/hooks";
import { ApiError, asApiError } from "../api/error";

export interface Sending {
  isBusy: boolean;
  /** The last error; null while there is none. */
  error: ApiError | null;
  /** The errors of a field, by its name in the API. */
  errorsOf(field: string): readonly string[];
  /** The error without the details of `fields`; null where that leaves none. */
  restOf(fields: readonly string[]): ApiError | null;
  /** Runs `work` unless it runs already. */
  run(work: () => Promise<unknown>): Promise<void>;
}

const isOf = (field: string) => (detail: string) => detail.startsWith(`${field} `);

function withoutFields(error: ApiError, fields: readonly string[]): ApiError | null {
  const { code, message, status, details, request_id, retry_after } = error;
  const rest = details.filter((detail) => !fields.some((field) => isOf(field)(detail)));
  // The message explains a one-time link better than its detail does.
  const shown = rest.filter((detail) => !isOf("link_token")(detail));
  return details.length > 0 && rest.length === 0 ? null : new ApiError(code, message, status, shown, request_id, retry_after);
}

/** The state of one request at a time, such as that of a form. */
export function useSending(): Sending {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isRunning = useRef(false);
  return {
    isBusy,
    error,
    errorsOf: (field) => (error?.details ?? []).filter(isOf(field)),
    restOf: (fields) => error && withoutFields(error, fields),
    async run(work) {
      if (isRunning.current) return;
      isRunning.current = true;
      setBusy(true);
      setError(null);
      try {
        await work();
      } catch (reason) {
        setError(asApiError(reason));
      } finally {
        isRunning.current = false;
        setBusy(false);
      }
    },
  };
}
