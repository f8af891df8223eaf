import type { ApiError } from "../api/error";
import { FreshnessLine } from "../controls/freshness";
import { formatClock, formatMoment } from "../lib/time";

interface StaffFreshnessProps {
  /** The time of the data shown, in ms since 1970. */
  shown_at: number | null;
  is_answered: boolean;
  error: ApiError | null;
}

const halfDayMs = 43_200_000;

function formatShown(at: number): string {
  return Date.now() - at < halfDayMs ? formatClock(at) : formatMoment(at);
}

/** Shows the age of the data; a lost connection is also read out. */
export function StaffFreshness({ shown_at, is_answered, error }: StaffFreshnessProps) {
  const lost = error && (error.status === 0 ? "No connection." : error.message);
  const asOf = shown_at === null ? "" : `Shown as of ${formatShown(shown_at)}`;
  return (
    <>
      <p class="visually-hidden" role="status">
        {lost}
      </p>
      <FreshnessLine shown_at={shown_at} isLost={Boolean(lost)}>
        {lost ? `${lost} ${asOf}` : is_answered && shown_at !== null ? `Live, updated ${formatShown(shown_at)}` : `Connecting… ${asOf}`}
      </FreshnessLine>
    </>
  );
}
