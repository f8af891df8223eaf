import type { BookingHistoryChange, BookingStep } from "../../api/booking";
import { auditPath } from "../../app/route";
import { changeWords } from "../../booking/change_words";
import { statusLabel } from "../../booking/lifecycle";
import { paymentMethodLabel } from "../../booking/payment_method";
import { formatMoment } from "../../lib/time";

const roles: Record<string, string> = { customer: "the customer", staff: "staff", admin: "an admin" };

/** The account that took the step; null where nobody signs in. */
function accountOf({ actor }: Pick<BookingStep, "actor">): string | null {
  return actor === undefined || actor === "demo" ? null : actor;
}

function stepLabel({ status, payment_method: method, correction }: BookingStep, index: number): string {
  if (correction) return `Corrected to ${statusLabel(status).toLowerCase()}`;
  if (status === "submitted" && index > 0) return "Approval undone";
  if (status === "paid" && method) return `Paid by ${paymentMethodLabel(method)}`;
  return statusLabel(status);
}

const changeLabels: Record<BookingHistoryChange["type"], string> = {
  booking_changed: "Changed",
  failed_trip: "Failed trip",
  failed_trip_undone: "No failed trip after all",
  booking_claimed: "Claimed into an account",
};

interface Line {
  label: string;
  at: string;
  actor?: string;
  actor_role: string;
  reason?: string | null;
}

/** Steps and changes in the order in which they happened. */
function linesOf(steps: readonly BookingStep[], changes: readonly BookingHistoryChange[]): Line[] {
  const lines: Line[] = [
    ...changes.map(({ type, fields = [], ...rest }) => ({
      ...rest,
      label: [changeLabels[type], changeWords(fields)].filter(Boolean).join(": "),
    })),
    ...steps.map((step, index) => ({ ...step, label: stepLabel(step, index) })),
  ];
  return lines.sort((one, other) => one.at.localeCompare(other.at));
}

interface BookingHistoryCardProps {
  id: string;
  steps: readonly BookingStep[] | null;
  changes: readonly BookingHistoryChange[];
}

export function BookingHistoryCard({ id, steps, changes }: BookingHistoryCardProps) {
  return (
    <section class="card" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      {steps ? (
        <ol class="history">
          {linesOf(steps, changes).map((step, index) => (
            <li key={index}>
              <strong>{step.label}</strong>
              {accountOf(step) && <span class="hint">{accountOf(step)}</span>}
              <span class="hint">
                {formatMoment(step.at)}, by {roles[step.actor_role] ?? step.actor_role}
              </span>
              {step.reason && <span class="history-reason">“{step.reason}”</span>}
            </li>
          ))}
        </ol>
      ) : (
        <p class="hint">Not at hand without a connection.</p>
      )}
      <p class="screen-only">
        <a class="touch-link" href={auditPath(id)}>
          Open the audit trail
        </a>
      </p>
    </section>
  );
}
