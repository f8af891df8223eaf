import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import type { Calendar } from "../src/api/calendar";
import type { Booking, Status } from "../src/api/booking";
import { requestOf, rowsOf } from "../src/admin/calendar/calendar_rows";
import { changeWords } from "../src/booking/change_words";
import { offeredChanges } from "../src/changing/offered_changes";
import { today, tomorrow } from "../src/lib/time";
import { bookingDue } from "../src/staff/booking/pickup_due";

const bookingOf = (status: Status, more: Partial<Booking> = {}) =>
  ({
    id: "HSS-0000000001",
    status,
    pickup_date: tomorrow(),
    pickup_window: "08:00 – 11:00",
    duration_months: 3,
    due_on: "2999-01-01",
    return_date: null,
    return_window: null,
    needs_new_date: false,
    updated_at: "2026-12-01T08:00:00.000Z",
    ...more,
  }) as unknown as Booking;

test("other items are told from what they were to what they are, and names without what they say", () => {
  assert.equal(
    changeWords([{ name: "item_names" }, { name: "items", from: "1 × Box", to: "2 × Box, 1 × Fridge" }]),
    "descriptions of items, items from 1 × Box to 2 × Box, 1 × Fridge",
  );
});

test("items can be changed until the payment, by a customer until the pickup begins", () => {
  const changesOf = (status: Status, isStaff = false, more: Partial<Booking> = {}) => offeredChanges(bookingOf(status, more), isStaff);
  for (const status of ["submitted", "approved"] as const) {
    assert.ok(changesOf(status).includes("items"));
    assert.ok(!changesOf(status, false, { pickup_date: "2020-01-01" }).includes("items"));
    assert.ok(changesOf(status, true, { pickup_date: "2020-01-01" }).includes("items"));
  }
  for (const status of ["paid", "collected", "in_storage", "returned", "declined", "cancelled"] as const) {
    assert.ok(!changesOf(status, true).includes("items"), status);
  }
});

test("a booking that is with us is overdue from the day behind its last, unless a return is planned", () => {
  for (const status of ["collected", "in_storage"] as const) {
    assert.match(bookingDue(bookingOf(status, { due_on: "2026-01-31" })).day, /^Return overdue: /);
    assert.equal(bookingDue(bookingOf(status, { due_on: today() })).kind, "today");
    assert.match(bookingDue(bookingOf(status, { due_on: "2026-01-31", return_date: "2999-01-01" })).day, /^Return /);
  }
  assert.match(bookingDue(bookingOf("collected")).day, /^Collected /);
  assert.match(bookingDue(bookingOf("in_storage")).day, /^Return by /);
});

test("an owner's wish to approve changed bookings again, or not, comes back as it was saved", () => {
  const calendar = {
    version: 1,
    windows: [],
    exceptions: [],
    season: null,
    lead_hours: 0,
    horizon_days: null,
    holidays: [],
    request_id: "",
  };
  for (const changes_need_approval of [true, false]) {
    const saved = { ...calendar, closed_on_holidays: true, changes_need_approval } as unknown as Calendar;
    assert.equal(requestOf(rowsOf(saved)).changes_need_approval, changes_need_approval);
  }
});
