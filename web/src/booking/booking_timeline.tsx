import type { Booking, BookingHistory, BookingHistoryChange, BookingStep, Status } from "../api/booking";
import { Icon } from "../controls/icon";
import { formatMoment } from "../lib/time";
import { changeWords } from "./change_words";
import { lifecycle, statusLabels } from "./lifecycle";
import { paymentMethodLabel } from "./payment_method";

interface TimelineRow {
  label: string;
  state: "done" | "current" | "ahead" | "ended";
  time: string | null;
  note: string | null;
}

type TakenStep = Pick<BookingStep, "status" | "at" | "reason" | "payment_method" | "correction"> & { actor_role: string | null };

// Customers take these steps themselves; a note says where staff took one for them.
const ownSteps: readonly Status[] = ["submitted", "paid", "cancelled"];

function noteOf({ status, reason, payment_method, correction, actor_role }: TakenStep, isFirst: boolean): string | null {
  const isByStaff =
    actor_role !== null && actor_role !== "customer" && ownSteps.includes(status) && !correction && (isFirst || status !== "submitted");
  const method = status === "paid" && payment_method ? `By ${paymentMethodLabel(payment_method)}` : "";
  const notes = [method, isByStaff ? (method ? "recorded by our staff" : "By our staff") : "", reason ? `Reason: ${reason}` : ""];
  return notes.filter(Boolean).join(", ") || null;
}

function labelOf({ status, correction }: TakenStep, isFirst: boolean): string {
  if (correction) return `Corrected: ${statusLabels[status].toLowerCase()}`;
  return status === "submitted" && !isFirst ? "Approval withdrawn" : statusLabels[status];
}

/** The steps that follow from a booking's status alone, while its history is missing; those in between have no times. */
function knownSteps({ status, created_at, updated_at }: Booking): TakenStep[] {
  const step = (taken: Status, at: string): TakenStep => ({ status: taken, at, reason: null, payment_method: null, actor_role: null });
  const reached = lifecycle.indexOf(status);
  const between = lifecycle.slice(1, Math.max(reached, 1)).map((name) => step(name, ""));
  return [step("submitted", created_at), ...between, ...(status === "submitted" ? [] : [step(status, updated_at)])];
}

const changeLabels: Record<BookingHistoryChange["type"], string> = {
  booking_changed: "Changed",
  failed_trip: "We came, but it did not work out",
  failed_trip_undone: "It did work out",
  booking_claimed: "In your account",
};

function changeRow({ type, at, actor_role, reason, fields = [] }: BookingHistoryChange): TimelineRow {
  const words = changeWords(fields);
  const notes = [words && sentenceCase(words), actor_role !== "customer" && "by our staff", reason && `Reason: ${reason}`];
  return { label: changeLabels[type], state: "done", time: at, note: notes.filter(Boolean).join(", ") || null };
}

const sentenceCase = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** The changes among the steps, each where it happened. */
function withChanges(steps: readonly TimelineRow[], changes: readonly BookingHistoryChange[]): TimelineRow[] {
  const rows = [...changes.map(changeRow), ...steps];
  const last = steps[steps.length - 1];
  // The last step stays the last one, as it says where the booking stands.
  return rows.sort((one, other) => (one === last ? 1 : other === last ? -1 : (one.time ?? "").localeCompare(other.time ?? "")));
}

function timelineRows(booking: Booking, history: BookingHistory | null): TimelineRow[] {
  const steps: readonly TakenStep[] = history?.history ?? knownSteps(booking);
  const last = steps[steps.length - 1];
  const reached = last ? lifecycle.indexOf(last.status) : -1;
  const taken = steps.map((step, index): TimelineRow => ({
    label: labelOf(step, index === 0),
    state: step !== last || step.status === "returned" ? "done" : reached < 0 ? "ended" : "current",
    time: step.at || null,
    note: noteOf(step, index === 0),
  }));
  const ahead = reached < 0 ? [] : lifecycle.slice(reached + 1);
  const all = history ? withChanges(taken, history.changes) : taken;
  return [...all, ...ahead.map((status): TimelineRow => ({ label: statusLabels[status], state: "ahead", time: null, note: null }))];
}

const spokenState: Record<TimelineRow["state"], string> = { done: "done", current: "now", ahead: "still to come", ended: "ended" };

interface BookingTimelineProps {
  booking: Booking;
  /** Null while it loads. */
  history: BookingHistory | null;
}

export function BookingTimeline({ booking, history }: BookingTimelineProps) {
  return (
    <section class="card" aria-labelledby="timeline-title">
      <h2 id="timeline-title">Progress</h2>
      <ol class="timeline">
        {timelineRows(booking, history).map(({ label, state, time, note }, index) => (
          <li key={index} class={`timeline-${state}`} aria-current={state === "current" ? "step" : undefined}>
            <span class="timeline-mark">
              {state === "done" && <Icon name="check" />}
              {state === "ended" && <Icon name="cross" />}
            </span>
            <span class="timeline-words">
              <strong>{label}</strong>
              <span class="visually-hidden">, {spokenState[state]}</span>
              {time && <span class="hint">{formatMoment(time)}</span>}
              {note && <span class="hint">{note}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
