import type { Loaded } from "../loaded";
import { formatClock } from "../time";

/** Says how old what is shown is, and whether the server can be reached. */
export function Freshness({ loaded }: { loaded: Loaded<unknown> }) {
  if (loaded.loaded_at === null) return null;
  return (
    <p class={`freshness ${loaded.error ? "freshness-lost" : ""}`}>
      <span class="dot" aria-hidden="true" />
      {loaded.error ? `${loaded.error.message} Shown as of ${formatClock(loaded.loaded_at)}.` : `Live, updated ${formatClock(loaded.loaded_at)}`}
    </p>
  );
}
