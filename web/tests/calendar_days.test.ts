import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, addMonths, daysOf, monthOf, weekday, weeksOf } from "../src/controls/calendar/days";

test("days are added over the ends of months and years, and taken away", () => {
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
  assert.equal(addDays("2028-02-28", 1), "2028-02-29");
  assert.equal(addDays("2026-03-01", -1), "2026-02-28");
});

test("the same day of another month is that month's last where it is shorter", () => {
  assert.equal(addMonths("2026-11-15", 1), "2026-12-15");
  assert.equal(addMonths("2026-01-31", 1), "2026-02-28");
  assert.equal(addMonths("2028-03-31", -1), "2028-02-29");
  assert.equal(addMonths("2026-12-31", 1), "2027-01-31");
});

test("a month has its days", () => {
  assert.equal(monthOf("2026-11-29"), "2026-11");
  assert.equal(daysOf("2026-02").length, 28);
  assert.equal(daysOf("2028-02").length, 29);
  assert.deepEqual([daysOf("2026-12")[0], daysOf("2026-12").pop()], ["2026-12-01", "2026-12-31"]);
});

test("weeks begin on Sunday", () => {
  assert.equal(weekday("2026-11-29"), 0);
  assert.equal(weekday("2026-12-05"), 6);
});

test("a month lies in whole weeks, with nothing where another month begins", () => {
  const weeks = weeksOf("2026-12");
  assert.equal(weeks.length, 5);
  assert.ok(weeks.every((week) => week.length === 7));
  assert.deepEqual(weeks[0], [null, null, "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05"]);
  assert.deepEqual(weeks[4]?.slice(4), ["2026-12-31", null, null]);
  assert.deepEqual(weeks.flat().filter(Boolean), daysOf("2026-12"));
});

test("a month that fills its weeks has no empty ones", () => {
  assert.equal(weeksOf("2026-02").length, 4);
});
