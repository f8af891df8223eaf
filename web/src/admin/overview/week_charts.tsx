import type { Statistics } from "../../api/overview";
import { ChartCard } from "../../controls/charts/chart_card";
import { ColumnChart } from "../../controls/charts/column_chart";
import type { Column } from "../../controls/charts/column_layout";
import { weekName, weekTick } from "../../controls/charts/figures";
import { counted, formatCount } from "../../lib/count";
import { formatRand, toCents } from "../../lib/money";

type Week = Statistics["weeks"][number];

interface WeekChartProps {
  title: string;
  meaning: string;
  weeks: readonly Week[];
  summary: string;
  /** The name of the figure, at the head of the table. */
  figure: string;
  value: (week: Week) => number;
  /** The value in a sentence, and in a table. */
  words: (value: number) => string;
  cell: (value: number) => string;
}

function WeekChart({ title, meaning, weeks, summary, figure, value, words, cell }: WeekChartProps) {
  const columns = weeks.map((week, index): Column => ({
    tick: weekTick(week.week),
    name: weekName(week.week),
    value: value(week),
    words: words(value(week)),
    isRunning: index === weeks.length - 1,
  }));
  // The newest first, so that a year's table begins with what matters.
  const rows = [...columns]
    .reverse()
    .map(({ name, isRunning, ...column }) => [name.replace("Week of ", "") + (isRunning ? " (still running)" : ""), cell(column.value)]);
  return (
    <ChartCard title={title} meaning={meaning} head={["Week of", figure]} rows={rows} isWide>
      <ColumnChart label={title} columns={columns} summary={summary} />
      <p class="hint chart-key">
        <svg width="16" height="16" aria-hidden="true" focusable="false">
          <rect class="key-frame" x="1" y="1" width="14" height="14" rx="3" />
          <path class="hatch-line" d="M3 13L13 3M2 8L8 2M8 14L14 8" />
        </svg>
        This week is still running
      </p>
    </ChartCard>
  );
}

export function WeekCharts({ weeks }: { weeks: readonly Week[] }) {
  const bookings = weeks.reduce((sum, week) => sum + week.bookings, 0);
  const cents = weeks.reduce((sum, week) => sum + toCents(week.revenue), 0);
  const period = weeks.length === 1 ? "this week" : `in ${weeks.length} weeks`;
  return (
    <>
      <WeekChart
        title="Bookings by week"
        meaning="By the week in which they were made, whatever became of them."
        weeks={weeks}
        summary={`${counted(bookings, "booking")} ${period}`}
        figure="Bookings"
        value={(week) => week.bookings}
        words={(value) => counted(value, "booking")}
        cell={formatCount}
      />
      <WeekChart
        title="Revenue by week"
        meaning="Payments, by the week in which they were captured."
        weeks={weeks}
        summary={`${formatRand(cents / 100)} paid ${period}`}
        figure="Paid"
        value={(week) => week.revenue}
        words={(value) => `${formatRand(value)} paid`}
        cell={formatRand}
      />
    </>
  );
}
