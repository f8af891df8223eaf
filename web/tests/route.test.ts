import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import {
  auditPath,
  bookingPath,
  bookStepPaths,
  locationQuery,
  nextLocation,
  parseRoute,
  receiptPath,
  signInPath,
  staffBookingPath,
  webhookLogPath,
} from "../src/app/route";

const id = "HSS-7K3M9QX2VD";

test("every address shows its page", () => {
  const pages = {
    "/": { page: "book", step: "items" },
    "/book/schedule": { page: "book", step: "schedule" },
    "/book/review": { page: "book", step: "review" },
    "/booking": { page: "find_booking" },
    [`/booking/${id}`]: { page: "booking", id },
    [`/booking/${id}/receipt`]: { page: "receipt", id },
    "/staff": { page: "board" },
    [`/staff/bookings/${id}`]: { page: "staff_booking", id },
    "/admin": { page: "overview" },
    "/admin/bookings": { page: "bookings" },
    "/admin/business": { page: "business" },
    "/terms": { page: "terms" },
    "/privacy": { page: "privacy" },
    "/prohibited": { page: "prohibited" },
    "/admin/audit": { page: "audit" },
    "/admin/accounts": { page: "accounts" },
    "/admin/events": { page: "events" },
    "/admin/events/w1": { page: "webhook_log", id: "w1" },
    "/admin/sheet": { page: "sheet" },
    "/trust": { page: "trust" },
    "/sign-in": { page: "sign_in" },
    "/register": { page: "register" },
    "/welcome": { page: "welcome" },
    "/account": { page: "account" },
    "/settings": { page: "settings" },
  };
  for (const [path, route] of Object.entries(pages)) assert.deepEqual(parseRoute(path), route, path);
});

test("an address that is none of them has no page", () => {
  for (const path of ["/nowhere", "/booking/1/2", "/staff/bookings", "/admin/audit/1"]) {
    assert.deepEqual(parseRoute(path), { page: "missing" }, path);
  }
});

test("a slash too many changes nothing", () => {
  assert.deepEqual(parseRoute("/staff/"), { page: "board" });
});

test("a reference in an address is read in any dress, and what is none stays as it was typed", () => {
  assert.deepEqual(parseRoute("/booking/hss%207k3m9qx2vd"), { page: "booking", id });
  assert.deepEqual(parseRoute("/booking/HSS-1"), { page: "booking", id: "HSS-1" });
  assert.deepEqual(parseRoute("/booking/%E0%A4%A"), { page: "booking", id: "%E0%A4%A" });
});

test("the paths that links have lead to their pages", () => {
  assert.deepEqual(parseRoute(bookingPath(id)), { page: "booking", id });
  assert.deepEqual(parseRoute(receiptPath(id)), { page: "receipt", id });
  assert.deepEqual(parseRoute(staffBookingPath(id)), { page: "staff_booking", id });
  assert.deepEqual(parseRoute(webhookLogPath("a/b")), { page: "webhook_log", id: "a/b" });
  for (const [step, path] of Object.entries(bookStepPaths)) assert.deepEqual(parseRoute(path), { page: "book", step });
  assert.equal(locationQuery(auditPath("a&b")).get("booking_id"), "a&b");
});

test("signing in leads back to where it was asked for, with its query", () => {
  assert.equal(signInPath("/"), "/sign-in");
  assert.equal(nextLocation(signInPath("/admin/audit?booking_id=HSS-1")), "/admin/audit?booking_id=HSS-1");
});

test("signing in leads nowhere outside of these pages", () => {
  for (const next of ["https://evil.example/", "//evil.example", "//staff", "/\\evil.example", "/nowhere", "staff", ""]) {
    assert.equal(nextLocation(`/sign-in?next=${encodeURIComponent(next)}`), null, next);
  }
  assert.equal(nextLocation("/sign-in"), null);
});
