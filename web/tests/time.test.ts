import assert from "node:assert/strict";
import { test } from "node:test";
import { setNow } from "./browser";
import { ageText, formatClock, formatDay, formatMoment, monthsLater, sastIso, timeOfDay, today, tomorrow, waitText } from "../src/lib/time";

test("moments are told in South African time, wherever the browser is", () => {
  assert.match(formatMoment("2026-11-22T18:58:00Z"), /^22 Nov 2026, 20:58 SAST$/);
  assert.match(formatMoment("2026-12-31T22:00:00Z"), /^0?1 Jan 2027, 00:00 SAST$/);
  assert.equal(formatClock(Date.parse("2026-11-22T18:58:07Z")), "20:58:07");
  assert.equal(sastIso("2026-11-28T22:30:00Z"), "2026-11-29T00:30:00");
});

test("calendar dates are told as they are", () => {
  assert.match(formatDay("2026-12-01"), /^Tue, 0?1 Dec 2026$/);
});

test("what is no time stays as it came", () => {
  assert.equal(formatMoment("soon"), "soon");
  assert.equal(sastIso("soon"), "soon");
  assert.equal(formatDay("2026-13-01"), "2026-13-01");
});

test("today begins at midnight in South Africa", () => {
  setNow("2026-12-31T21:59:59Z");
  assert.deepEqual([today(), tomorrow(), timeOfDay()], ["2026-12-31", "2027-01-01", "23:59"]);
  setNow("2026-12-31T22:00:00Z");
  assert.deepEqual([today(), tomorrow(), timeOfDay()], ["2027-01-01", "2027-01-02", "00:00"]);
});

test("months later it is the same day, or the month's last where it has no such day", () => {
  assert.equal(monthsLater("2026-11-15", 3), "2027-02-15");
  assert.equal(monthsLater("2026-11-30", 3), "2027-02-28");
  assert.equal(monthsLater("2027-08-31", 6), "2028-02-29");
  assert.equal(monthsLater("2026-12-31", 12), "2027-12-31");
});

test("a wait is told as a person would", () => {
  assert.deepEqual([1, 2, 90, 91, 600].map(waitText), ["1 second", "2 seconds", "90 seconds", "2 minutes", "10 minutes"]);
});

test("an age is told roughly", () => {
  setNow("2026-11-29T08:00:00Z");
  assert.equal(ageText("2026-11-29T07:59:01Z"), "59 s");
  assert.equal(ageText("2026-11-29T07:59:00Z"), "1 min");
  assert.equal(ageText("2026-11-29T07:00:00Z"), "1 h");
  assert.equal(ageText("2026-11-27T08:00:01Z"), "47 h");
  assert.equal(ageText("2026-11-27T08:00:00Z"), "2 days");
  assert.equal(ageText("2026-11-29T08:00:30Z"), "0 s");
});
