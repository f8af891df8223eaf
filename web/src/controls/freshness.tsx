import type { ComponentChildren } from "preact";
import { sentence } from "../lib/error_words";
import { formatClock, formatMoment } from "../lib/time";
import type { Query } from "../live/query";

interface FreshnessLineProps {
  /** The time of the data shown, in ms since 1970; null while nothing is shown. */
  shown_at: number | null;
  isLost: boolean;
  children: ComponentChildren;
}

/** One line on the age of the data shown. It takes its room while it is empty, so that nothing below moves, and prints the time in full. */
export function FreshnessLine({ shown_at, isLost, children }: FreshnessLineProps) {
  if (shown_at === null) return <p class="freshness" aria-hidden="true" />;
  return (
    <p class={`freshness ${isLost ? "freshness-lost" : ""}`} data-printed={`As of ${formatMoment(shown_at)}`}>
      <span class="dot" aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

/** Shows the age of the data, and whether the server can be reached. */
export function Freshness({ query: { loaded_at, error } }: { query: Query<unknown> }) {
  const clock = loaded_at === null ? "" : formatClock(loaded_at);
  return (
    <FreshnessLine shown_at={loaded_at} isLost={error !== null}>
      {error ? `${sentence(error.message)} Shown as of ${clock}.` : `Live, updated ${clock}`}
    </FreshnessLine>
  );
}
