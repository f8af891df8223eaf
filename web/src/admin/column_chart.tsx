import { useId, useRef, useState } from "preact/hooks";
import { useElementWidth } from "./element_width";
import { formatCompact } from "./figures";
import { niceScale, scaleTicks } from "./scale";

export interface Column {
  /** Below the column, e.g. "16 Nov". */
  tick: string;
  /** What the column stands for, e.g. "Week of 16 Nov 2026". */
  name: string;
  value: number;
  /** The value in words, e.g. "3 bookings". */
  words: string;
  /** True where its time is not over, so that it will still grow. */
  isRunning?: boolean;
}

interface ColumnChartProps {
  label: string;
  columns: readonly Column[];
  /** Shown while no column is pointed at. */
  summary: string;
}

const letter = 7;
const top = 22;
const plotHeight = 168;
const base = top + plotHeight;

/**
 * Columns side by side. Each tells its value when pointed at, tapped or reached by the arrow keys, and
 * to screen readers always; where there is room the value stands above it.
 */
export function ColumnChart({ label, columns, summary }: ColumnChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useElementWidth(frame);
  const [pointed, setPointed] = useState<number | null>(null);
  const [reached, setReached] = useState(columns.length - 1);
  const hatch = useId();
  const shown = pointed === null ? undefined : columns[pointed];

  const scale = niceScale(Math.max(...columns.map(({ value }) => value)));
  const ticks = scaleTicks(scale);
  const left = Math.max(...ticks.map((tick) => formatCompact(tick).length)) * letter + 8;
  const slot = Math.max(0, width - left) / columns.length;
  const bar = Math.min(slot * 0.72, 44);
  const tickWidth = Math.max(...columns.map(({ tick }) => tick.length)) * letter;
  // The last one is drawn where it does not run over the edge, so the one before it keeps half a width more.
  const tickEvery = slot >= tickWidth + 8 ? 1 : Math.ceil((tickWidth * 1.5) / Math.max(slot, 1));
  const hasValues = columns.every(({ value }) => formatCompact(value).length * letter <= slot);
  const y = (value: number) => base - (value / scale.top) * plotHeight;
  const last = columns.length - 1;
  const tabStop = Math.min(reached, last);

  const reach = (event: KeyboardEvent, svg: SVGSVGElement) => {
    const steps: Record<string, number> = { ArrowLeft: tabStop - 1, ArrowRight: tabStop + 1, Home: 0, End: last };
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    svg.querySelectorAll<SVGGElement>(".column")[Math.min(last, Math.max(0, wanted))]?.focus();
  };

  return (
    <div class="chart">
      <p class="chart-readout">
        {shown ? (
          <>
            <strong>{shown.words}</strong>
            {shown.isRunning && " so far"} · {shown.name}
          </>
        ) : (
          summary
        )}
      </p>
      <div ref={frame} class="chart-frame">
        {width > 0 && (
          <svg
            width={width}
            height={base + 24}
            role="group"
            aria-label={label}
            onKeyDown={(event) => reach(event, event.currentTarget)}
            onPointerLeave={() => setPointed(null)}
          >
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="hatch-ground" width="6" height="6" />
              <path class="hatch-line" d="M1.5 0V6" />
            </pattern>
            <g aria-hidden="true">
              {ticks.map((tick) => (
                <g key={tick}>
                  <line class="gridline" x1={left} x2={width} y1={y(tick)} y2={y(tick)} />
                  <text class="chart-text" x={left - 6} y={y(tick) + 4} text-anchor="end">
                    {formatCompact(tick)}
                  </text>
                </g>
              ))}
            </g>
            {columns.map((column, index) => {
              const middle = left + (index + 0.5) * slot;
              const height = column.value > 0 ? Math.max(2, base - y(column.value)) : 0;
              return (
                <g
                  key={column.name}
                  class={`column ${column.isRunning ? "column-running" : ""} ${index === pointed ? "column-pointed" : ""}`}
                  role="img"
                  aria-label={`${column.name}${column.isRunning ? ", still running" : ""}: ${column.words}`}
                  tabindex={index === tabStop ? 0 : -1}
                  onPointerEnter={() => setPointed(index)}
                  onFocus={() => {
                    setPointed(index);
                    setReached(index);
                  }}
                  onBlur={() => setPointed(null)}
                >
                  <rect class="column-slot" x={middle - slot / 2} y={top} width={slot} height={plotHeight} />
                  <rect
                    class="column-bar"
                    x={middle - bar / 2}
                    y={base - height}
                    width={bar}
                    height={height}
                    rx={Math.min(3, bar / 4)}
                    fill={column.isRunning ? `url(#${hatch})` : undefined}
                  />
                  {hasValues && column.value > 0 && (
                    <text class="chart-text chart-value" x={middle} y={base - height - 6} text-anchor="middle">
                      {formatCompact(column.value)}
                    </text>
                  )}
                  {(last - index) % tickEvery === 0 && (
                    <text class="chart-text" x={Math.min(middle, width - tickWidth / 2)} y={base + 18} text-anchor="middle">
                      {column.tick}
                    </text>
                  )}
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </div>
  );
}
