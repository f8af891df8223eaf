import { statuses } from "../api/booking";
import type { StatusCount } from "../api/overview";
import { statusLabels } from "../booking/lifecycle";
import { Empty } from "../controls/empty";

/** How many bookings stand in each state, in the order of the lifecycle. Each bar says its number in words too. */
export function StatusBreakdown({ counts }: { counts: readonly StatusCount[] }) {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const sum = counts.reduce((total, { count }) => total + count, 0);
  if (sum === 0) return <Empty title="No bookings yet" />;
  return (
    <section class="card" aria-labelledby="breakdown-title">
      <h2 id="breakdown-title">Bookings by state</h2>
      <ul class="bars">
        {statuses.map((status) => {
          const count = counts.find((entry) => entry.status === status)?.count ?? 0;
          return (
            <li key={status}>
              <a href={`/admin/bookings?status=${status}`}>{statusLabels[status]}</a>
              <svg class={`bar bar-${status}`} width="100%" height="12" aria-hidden="true" focusable="false">
                <rect class="bar-track" width="100%" height="12" rx="6" />
                {count > 0 && <rect class="bar-fill" width={`${(count / most) * 100}%`} height="12" rx="6" />}
              </svg>
              <span class="bar-count">{count}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
