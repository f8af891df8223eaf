import type { Booking, Status } from "../api/booking";
import { Icon } from "../controls/icon";
import { formatMoment } from "../time";
import { lifecycle, statusLabels } from "./lifecycle";

interface Step {
  status: Status;
  state: "done" | "current" | "ahead" | "ended";
  time: string | null;
}

// A booking carries the time it was made and the time it last changed; nothing is claimed of those between.
function timelineSteps({ status, created_at, updated_at }: Booking): Step[] {
  const reached = lifecycle.indexOf(status);
  if (reached < 0) {
    return [
      { status: "submitted", state: "done", time: created_at },
      { status, state: "ended", time: updated_at },
    ];
  }
  return lifecycle.map((step, index) => ({
    status: step,
    state: index < reached || step === "returned" && index === reached ? "done" : index === reached ? "current" : "ahead",
    time: index === 0 ? created_at : index === reached ? updated_at : null,
  }));
}

const spokenState: Record<Step["state"], string> = { done: "done", current: "now", ahead: "still to come", ended: "ended" };

export function BookingTimeline({ booking }: { booking: Booking }) {
  return (
    <section class="card" aria-labelledby="timeline-title">
      <h2 id="timeline-title">Progress</h2>
      <ol class="timeline">
        {timelineSteps(booking).map(({ status, state, time }) => (
          <li key={status} class={`timeline-${state}`} aria-current={state === "current" ? "step" : undefined}>
            <span class="timeline-mark">
              {state === "done" && <Icon name="check" />}
              {state === "ended" && <Icon name="cross" />}
            </span>
            <span class="timeline-words">
              <strong>{statusLabels[status]}</strong>
              <span class="visually-hidden">, {spokenState[state]}</span>
              {time && <span class="hint">{formatMoment(time)}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
