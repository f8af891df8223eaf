import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import type { Booking } from "../src/api/booking";
import { formatDay, today } from "../src/lib/time";
import { bookingDue } from "../src/staff/booking/pickup_due";

const otherDay = (days: number) => new Date(Date.parse(today()) + days * 86_400_000).toISOString().slice(0, 10);

function dueOf(changes: Partial<Booking>) {
  const booking = { status: "in_storage", duration_months: 1, due_on: otherDay(20), return_date: null, needs_new_date: false, ...changes };
  return bookingDue(booking as Booking);
}

test("what is stored is due on its last day, then overdue", () => {
  const later = otherDay(3);
  assert.deepEqual(dueOf({ due_on: later }), { kind: "other", day: `Return by ${formatDay(later)}`, span: "1 month" });
  assert.deepEqual(dueOf({ due_on: today() }), { kind: "today", day: "Return today", span: "1 month" });
  const past = otherDay(-1);
  assert.deepEqual(dueOf({ due_on: past }), { kind: "late", day: `Return overdue: ${formatDay(past)}`, span: "1 month" });
});

test("a return that is planned counts before the last day, and is late once it is past", () => {
  const return_window = "08:00 – 11:00";
  const later = otherDay(2);
  assert.deepEqual(dueOf({ return_date: later, return_window }), { kind: "other", day: `Return ${formatDay(later)}`, span: return_window });
  const past = otherDay(-2);
  assert.deepEqual(dueOf({ return_date: past, return_window }), {
    kind: "late",
    day: `Return late: ${formatDay(past)}`,
    span: return_window,
  });
});

test("a failed trip needs a new day, whatever else is due", () => {
  assert.equal(dueOf({ status: "paid", pickup_date: otherDay(5), needs_new_date: true }).day, "Needs a new day");
});
