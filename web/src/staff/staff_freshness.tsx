import type { ApiError } from "../api/client";
import { formatClock, formatMoment } from "../time";

interface StaffFreshnessProps {
  /** When what is shown was true, in ms since 1970. */
  shown_at: number | null;
  is_answered: boolean;
  error: ApiError | null;
}

const halfDayMs = 43_200_000;

function formatShown(at: number): string {
  return Date.now() - at < halfDayMs ? formatClock(at) : formatMoment(new Date(at).toISOString());
}

/** Says how old what is shown is; a lost connection is also read out. */
export function StaffFreshness({ shown_at, is_answered, error }: StaffFreshnessProps) {
  const lost = error && (error.status === 0 ? "No connection." : error.message);
  const asOf = shown_at === null ? "" : `Shown as of ${formatShown(shown_at)}`;
  return (
    <>
      <p class="visually-hidden" role="status">
        {lost}
      </p>
      {shown_at !== null && (
        <p class={`freshness ${lost ? "freshness-lost" : ""}`}>
          <span class="dot" aria-hidden="true" />
          {lost ? `${lost} ${asOf}` : is_answered ? `Live, updated ${formatShown(shown_at)}` : `Connecting… ${asOf}`}
        </p>
      )}
    </>
  );
}
