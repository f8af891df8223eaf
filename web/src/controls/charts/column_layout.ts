import { formatCompact } from "./figures";

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

/** Where everything in a column chart stands, in CSS pixels. */
export interface ColumnLayout {
  width: number;
  height: number;
  /** Where the plot begins: beside the axis, below the highest value, above the ticks. */
  left: number;
  top: number;
  base: number;
  /** Each column's room, and its bar in the middle of it. */
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

/** How wide a label of a chart is, in CSS pixels. */
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
  // The last tick is drawn where it does not run over the edge, so the one before it keeps half a width more.
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
