import type { Statistics, StatusCount } from "../../api/overview";
import { statusLabels } from "../../booking/lifecycle";
import { BarList } from "../../controls/charts/bar_list";
import { ChartCard } from "../../controls/charts/chart_card";
import { ColumnChart } from "../../controls/charts/column_chart";
import { formatCompact, formatShare } from "../../controls/charts/figures";
import { counted, formatCount } from "../../lib/count";
import { statuses } from "../../lib/tables";

/** Counts the bookings in each state, in the order of the lifecycle. */
export function StateChart({ counts }: { counts: readonly StatusCount[] }) {
  const bars = statuses.map((status) => {
    const value = counts.find((entry) => entry.status === status)?.count ?? 0;
    return { key: status, label: statusLabels[status], href: `/admin/bookings?status=${status}`, value, words: formatCount(value) };
  });
  return (
    <ChartCard
      title="Bookings by state"
      meaning="Where every booking stands now."
      head={["State", "Bookings"]}
      rows={bars.map(({ label, words }) => [label, words])}
    >
      <BarList label="Bookings by state" bars={bars} />
    </ChartCard>
  );
}

/** Counts the items booked, the most frequent first, also those that are not in storage. */
export function ItemChart({ items }: { items: Statistics["items"] }) {
  const sum = items.reduce((total, { count }) => total + count, 0);
  const sorted = [...items].sort((one, other) => other.count - one.count);
  const rows = sorted.map(({ label, count }) => [label, formatCount(count), formatShare(count, sum)]);
  const bars = sorted.map(({ type, label, count }) => ({
    key: type,
    label,
    value: count,
    words: `${formatCount(count)} · ${formatShare(count, sum)}`,
  }));
  return (
    <ChartCard
      title="Items booked"
      meaning="In every booking ever made, also those declined, cancelled or returned."
      head={["Item", "Count", "Share"]}
      rows={rows}
    >
      <p class="chart-readout">{counted(sum, "item")} in all bookings</p>
      <BarList label="Items by kind" bars={bars} />
    </ChartCard>
  );
}

export function DurationChart({ durations }: { durations: Statistics["durations"] }) {
  const sum = durations.reduce((total, { count }) => total + count, 0);
  const months = durations.reduce((total, { duration_months, count }) => total + duration_months * count, 0);
  const average = formatCompact(months / Math.max(1, sum));
  const columns = durations.map(({ duration_months, count }) => ({
    tick: String(duration_months),
    name: counted(duration_months, "month"),
    value: count,
    words: counted(count, "booking"),
  }));
  return (
    <ChartCard
      title="Months booked"
      meaning="For how long each booking was made, also those declined or cancelled."
      isWide
      head={["Months", "Bookings", "Share"]}
      rows={durations.map(({ duration_months, count }) => [String(duration_months), formatCount(count), formatShare(count, sum)])}
    >
      <ColumnChart label="Bookings by months in storage" columns={columns} summary={`${average} months on average`} />
    </ChartCard>
  );
}
