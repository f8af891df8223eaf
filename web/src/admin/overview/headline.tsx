import type { Status } from "../../api/booking";
import type { Overview } from "../../api/overview";
import { formatCount } from "../../lib/count";
import { formatRand } from "../../lib/money";

const actionable: { status: Status; label: string }[] = [
  { status: "submitted", label: "Waiting for approval" },
  { status: "approved", label: "Waiting for payment" },
  { status: "paid", label: "To collect" },
  { status: "in_storage", label: "In storage" },
];

/** Shows the totals of the business, and the bookings that wait for a step. */
export function Headline({ overview }: { overview: Overview }) {
  const totals = [
    { label: "Bookings", value: formatCount(overview.total_bookings), note: "made since the start, whatever became of them" },
    { label: "Booked value", value: formatRand(overview.booked_value), note: "paid or not, without declined and cancelled" },
    { label: "Paid revenue", value: formatRand(overview.paid_revenue), note: "payments captured since the start" },
  ];
  return (
    <>
      <dl class="totals">
        {totals.map(({ label, value, note }) => (
          <div key={label} class="card">
            <dt>{label}</dt>
            <dd>
              <strong>{value}</strong>
              <span class="hint">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
      <ul class="todo" aria-label="Where bookings stand">
        {actionable.map(({ status, label }) => (
          <li key={status}>
            <a class="card" href={`/admin/bookings?status=${status}`}>
              <span>{label}</span>
              <strong>{formatCount(overview.status_breakdown.find((entry) => entry.status === status)?.count ?? 0)}</strong>
            </a>
          </li>
        ))}
        {overview.overdue > 0 && (
          <li>
            <a class="card" href="/staff/day">
              <span>Overdue for their return</span>
              <strong>{formatCount(overview.overdue)}</strong>
            </a>
          </li>
        )}
      </ul>
    </>
  );
}
