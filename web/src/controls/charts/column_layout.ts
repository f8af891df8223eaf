import { formatCompact } from "./figures";

export interface Column {
  /** Below the column, e.g. "16 Nov". */
  tick: string;
  /** The column's name in full, e.g. "Week of 16 Nov 2026". */
  name: string;
  value: number;
  /** The value in words, e.g. "3 bookings". */
  words: string;
  /** True while its time is not over and its value can grow. */
  isRunning?: boolean;
}

/** The positions in a column chart, in CSS pixels. */
export interface ColumnLayout {
  width: number;
  height: number;
  /** The edges of the plot: beside the axis, below the highest value, above the ticks. */
  left: number;
  top: number;
  base: number;
  /** The width of each column, and of the bar in its middle. */
  slot: number;
  bar: number;
  /** The values with a line across, from 0 up. */
  lines: number[];
  y(value: number): number;
  tickX(index: number): number;
  hasTick(index: number): boolean;
  /** True where each value fits above its column. */
  hasValues: boolean;
}

/** Measures the width of a label, in CSS pixels. */
export type Measure = (label: string) => number;

const top = 22;
const base = 190;

/** Round values from 0 to `max` or just above, in four steps at most. Steps are whole. */
export function axisLines(max: number): number[] {
  const rough = Math.max(max, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power);
  return Array.from({ length: Math.max(1, Math.ceil(max / step)) + 1 }, (_, index) => index * step);
}

export function columnLayout(columns: readonly Column[], width: number, measure: Measure): ColumnLayout {
  const maxWidth = (texts: readonly string[]) => Math.ceil(Math.max(...texts.map(measure)));
  const lines = axisLines(Math.max(...columns.map(({ value }) => value)));
  const highest = lines[lines.length - 1] ?? 1;
  const left = maxWidth(lines.map(formatCompact)) + 8;
  const slot = Math.max(1, width - left) / columns.length;
  const tickWidth = maxWidth(columns.map(({ tick }) => tick));
  // The last tick is moved inside the edge, so the one before it needs half a width more.
  const tickEvery = slot >= tickWidth + 8 ? 1 : Math.ceil((tickWidth * 1.5) / slot);
  return {
    width,
    height: base + 24,
    left,
    top,
    base,
    slot,
    bar: Math.min(slot * 0.72, 44),
    lines,
    y: (value) => base - (value / highest) * (base - top),
    tickX: (index) => Math.min(left + (index + 0.5) * slot, width - tickWidth / 2),
    hasTick: (index) => (columns.length - 1 - index) % tickEvery === 0,
    hasValues: maxWidth(columns.map(({ value }) => formatCompact(value))) + 4 <= slot,
  };
}
