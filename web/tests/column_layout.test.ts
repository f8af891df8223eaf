import assert from "node:assert/strict";
import { test } from "node:test";
import { axisLines, columnLayout, type Column } from "../src/controls/charts/column_layout";

const weeks = (...values: number[]): Column[] =>
  values.map((value, index) => ({ tick: `${index + 1} Nov`, name: `Week ${index + 1}`, value, words: `${value} bookings` }));
/** Every character is 7 pixels wide. */
const measure = (label: string) => label.length * 7;

test("the axis has round numbers from nothing to the highest value or just above, in four steps at most", () => {
  assert.deepEqual(axisLines(0), [0, 1]);
  assert.deepEqual(axisLines(3), [0, 1, 2, 3]);
  assert.deepEqual(axisLines(7), [0, 2, 4, 6, 8]);
  assert.deepEqual(axisLines(41), [0, 20, 40, 60]);
  assert.deepEqual(axisLines(400), [0, 100, 200, 300, 400]);
  for (let most = 0; most < 3_000; most++) {
    const lines = axisLines(most);
    assert.ok(lines.length <= 5 && (lines[lines.length - 1] ?? 0) >= most, `${most}: ${lines.join(" ")}`);
  }
});

test("bars stand on the base and the highest line is the top", () => {
  const layout = columnLayout(weeks(3, 8), 600, measure);
  assert.equal(layout.y(0), layout.base);
  assert.equal(layout.y(8), layout.top);
  assert.equal(layout.y(4), (layout.base + layout.top) / 2);
});

test("the columns share the room beside the axis's labels", () => {
  const layout = columnLayout(weeks(3, 8, 5, 2), 415, measure);
  assert.equal(layout.left, 7 + 8);
  assert.equal(layout.slot, 100);
  assert.equal(layout.bar, 44);
  assert.equal(columnLayout(weeks(3, 8, 5, 2), 65, measure).bar, 9);
});

test("where there is room every column has its tick and its value", () => {
  const layout = columnLayout(weeks(3, 8, 5, 2), 415, measure);
  assert.deepEqual([0, 1, 2, 3].map(layout.hasTick), [true, true, true, true]);
  assert.equal(layout.hasValues, true);
});

test("where there is none the last column keeps its tick, and ticks never run into each other or over the edge", () => {
  for (let width = 60; width < 900; width += 7) {
    const columns = weeks(...Array.from({ length: 26 }, (_, index) => index * 40));
    const layout = columnLayout(columns, width, measure);
    const shown = columns.map((_, index) => index).filter(layout.hasTick);
    const tickWidth = measure("26 Nov");
    assert.equal(shown[shown.length - 1], 25, `${width}`);
    assert.ok(layout.tickX(25) + tickWidth / 2 <= width, `${width}`);
    for (const [place, index] of shown.entries()) {
      const before = shown[place - 1];
      if (before !== undefined) assert.ok(layout.tickX(index) - layout.tickX(before) >= tickWidth, `${width}: ${before} and ${index}`);
    }
  }
});

test("values that are wider than their columns are left out", () => {
  assert.equal(columnLayout(weeks(1_000, 2_000), 100, measure).hasValues, true);
  assert.equal(columnLayout(weeks(...Array.from({ length: 26 }, () => 999)), 300, measure).hasValues, false);
});
