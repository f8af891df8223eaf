import { useRef, useState } from "preact/hooks";
import { asApiError, type ApiError } from "../api/client";

export interface Sending {
  isBusy: boolean;
  /** The last refusal or failure; null while there is none. */
  error: ApiError | null;
  /** What is said of a field, by its name in the API. */
  faultsOf(field: string): readonly string[];
  /** Whether anything is said that stands beside no field of `fields`. */
  hasRest(fields: readonly string[]): boolean;
  /** Takes away what was said, as something was changed. */
  forget(): void;
  /** Runs `work` unless it runs already. */
  run(work: () => Promise<unknown>): Promise<void>;
}

const isOf = (field: string) => (detail: string) => detail.startsWith(`${field} `);

/** What one form of an account sends. */
export function useSending(): Sending {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isRunning = useRef(false);
  return {
    isBusy,
    error,
    faultsOf: (field) => (error?.details ?? []).filter(isOf(field)),
    hasRest: (fields) => error !== null && (error.details.length === 0 || error.details.some((detail) => !fields.some((field) => isOf(field)(detail)))),
    forget: () => setError(null),
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
