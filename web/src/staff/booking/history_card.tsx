import type { BookingStep } from "../../api/booking";
import { auditPath } from "../../app/route";
import { statusLabel } from "../../booking/lifecycle";
import { paymentMethodLabel } from "../../booking/payment_method";
import { formatMoment } from "../../lib/time";

const roles: Record<string, string> = { customer: "the customer", staff: "staff", admin: "an admin" };

/** The account that took the step; null where nobody signs in. */
function accountOf({ actor }: BookingStep): string | null {
  return actor === undefined || actor === "demo" ? null : actor;
}

function stepLabel({ status, payment_method: method, correction }: BookingStep, index: number): string {
  if (correction) return `Corrected to ${statusLabel(status).toLowerCase()}`;
  if (status === "submitted" && index > 0) return "Approval undone";
  if (status === "paid" && method) return `Paid by ${paymentMethodLabel(method)}`;
  return statusLabel(status);
}

export function BookingHistoryCard({ id, steps }: { id: string; steps: readonly BookingStep[] | null }) {
  return (
    <section class="card" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      {steps ? (
        <ol class="history">
          {steps.map((step, index) => (
            <li key={index}>
              <strong>{stepLabel(step, index)}</strong>
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
