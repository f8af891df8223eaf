import type { EventTarget } from "../../api/webhook";
import { counted, formatCount } from "../../lib/count";
import { ageText, formatMoment } from "../../lib/time";

/** Shows a target's backlog and its last deliveries. */
export function TargetFacts({ target }: { target: EventTarget }) {
  const { backlog, oldest, dead, last_error, last_error_at, last_success_at } = target;
  return (
    <dl class="facts">
      <dt>Waiting</dt>
      <dd>{backlog === 0 ? "Nothing" : `${counted(backlog, "event")}${oldest ? `, the oldest for ${ageText(oldest)}` : ""}`}</dd>
      {dead > 0 && (
        <>
          <dt>Set aside</dt>
          <dd>{formatCount(dead)}</dd>
        </>
      )}
      <dt>Last success</dt>
      <dd>{last_success_at ? formatMoment(last_success_at) : "None yet"}</dd>
      {last_error && (
        <>
          <dt>Last error</dt>
          <dd>
            {last_error}
            {last_error_at && <span class="hint"> {formatMoment(last_error_at)}</span>}
          </dd>
        </>
      )}
    </dl>
  );
}
