import { useId, useRef, useState } from "preact/hooks";
import { columnLayout, type Column, type ColumnLayout } from "./column_layout";
import { useElementWidth } from "./element_width";
import { formatCompact } from "./figures";
import { labelWidth } from "./label_width";

interface ColumnChartProps {
  label: string;
  columns: readonly Column[];
  /** Shown while no column is pointed at. */
  summary: string;
}

/**
 * Columns side by side. Each shows its value when pointed at, tapped or reached by the arrow keys, and above itself where
 * there is room; screen readers always get it.
 */
export function ColumnChart({ label, columns, summary }: ColumnChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useElementWidth(frame);
  const [pointed, setPointed] = useState<number | null>(null);
  const [reached, setReached] = useState(columns.length - 1);
  const hatch = useId();
  const layout = columnLayout(columns, width, labelWidth);
  const shown = pointed === null ? undefined : columns[pointed];
  const last = columns.length - 1;
  const tabStop = Math.min(reached, last);

  const moveFocus = (event: KeyboardEvent, svg: SVGSVGElement) => {
    const steps: Record<string, number> = { ArrowLeft: tabStop - 1, ArrowRight: tabStop + 1, Home: 0, End: last };
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    svg.querySelectorAll<SVGGElement>(".chart-column")[Math.min(last, Math.max(0, wanted))]?.focus();
  };

  return (
    <>
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
            height={layout.height}
            viewBox={`0 0 ${width} ${layout.height}`}
            role="group"
            aria-label={label}
            onKeyDown={(event) => moveFocus(event, event.currentTarget)}
            onPointerLeave={() => setPointed(null)}
          >
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="hatch-ground" width="6" height="6" />
              <path class="hatch-line" d="M1.5 0V6" />
            </pattern>
            <Axis layout={layout} />
            {columns.map((column, index) => (
              <g
                key={column.name}
                class={`chart-column ${column.isRunning ? "chart-column-running" : ""} ${index === pointed ? "chart-column-pointed" : ""}`}
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
                <ColumnBar column={column} index={index} layout={layout} hatch={hatch} />
              </g>
            ))}
          </svg>
        )}
      </div>
    </>
  );
}

function Axis({ layout: { lines, left, width, y } }: { layout: ColumnLayout }) {
  return (
    <g aria-hidden="true">
      {lines.map((value) => (
        <g key={value}>
          <line class="gridline" x1={left} x2={width} y1={y(value)} y2={y(value)} />
          <text class="chart-text" x={left - 6} y={y(value) + 4} text-anchor="end">
            {formatCompact(value)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface ColumnBarProps {
  column: Column;
  index: number;
  layout: ColumnLayout;
  /** The id of the pattern that fills a column whose time is not over. */
  hatch: string;
}

function ColumnBar({ column, index, layout, hatch }: ColumnBarProps) {
  const { left, top, base, slot, bar } = layout;
  const middle = left + (index + 0.5) * slot;
  // The smallest value is still a line.
  const height = column.value > 0 ? Math.max(2, base - layout.y(column.value)) : 0;
  return (
    <>
      <rect class="chart-column-slot" x={middle - slot / 2} y={top} width={slot} height={base - top} />
      <rect
        class="chart-column-bar"
        x={middle - bar / 2}
        y={base - height}
        width={bar}
        height={height}
        rx={Math.min(3, bar / 4)}
        fill={column.isRunning ? `url(#${hatch})` : undefined}
      />
      {layout.hasValues && column.value > 0 && (
        <text class="chart-text chart-value" x={middle} y={base - height - 6} text-anchor="middle">
          {formatCompact(column.value)}
        </text>
      )}
      {layout.hasTick(index) && (
        <text class="chart-text" x={layout.tickX(index)} y={base + 18} text-anchor="middle">
          {column.tick}
        </text>
      )}
    </>
  );
}
