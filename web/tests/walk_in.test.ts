import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import type { Catalog } from "../src/api/catalog";
import { bookingRequest, newDraft } from "../src/book/booking_draft";
import { countErrors, draftErrors, errorsOfStep, firstInvalidStep } from "../src/book/validation_errors";
import { forgetTerms, setBusiness } from "../src/lib/business";
import { newWalkIn, walkInRequest } from "../src/staff/walk_in/walk_in";

const catalog = { items: [{ type: "box", label: "Box", icon: "box", monthly_price: 60 }], handling_fee: 350 } as unknown as Catalog;
const filled = {
  quantities: { box: 2 },
  customer_name: "Lindiwe Nkosi",
  phone: "082 555 0123",
  pickup_window: "08:00 – 11:00",
  address: "12 Burnett Street",
};

const withTerms = (documents: readonly string[]) => setBusiness({ name: "Menlyn Boxes", documents, payment_methods: ["card"] });

test("what is brought is booked without an address, a window or an e-mail", () => {
  const walkIn = newWalkIn("2026-12-01");
  const request = walkInRequest({ ...walkIn, draft: { ...walkIn.draft, ...filled } }, catalog, null);
  assert.deepEqual(request, {
    customer_name: "Lindiwe Nkosi",
    phone: "082 555 0123",
    pickup_date: "2026-12-01",
    pickup_method: "brought",
    items: [{ type: "box" }, { type: "box" }],
    pricing: { duration: 3 },
  });
});

test("what we collect has its address and window, and perhaps an override", () => {
  const walkIn = { ...newWalkIn("2026-12-01"), pickup_method: "collect" as const };
  const draft = { ...walkIn.draft, ...filled, email: " l@x.co.za " };
  const request = walkInRequest({ ...walkIn, draft }, catalog, null);
  assert.equal(request.pickup_method, "collect");
  assert.equal(request.address, "12 Burnett Street");
  assert.equal(request.pickup_window, "08:00 – 11:00");
  assert.equal(request.email, " l@x.co.za ");
  assert.equal("override" in request, false);
  assert.equal(walkInRequest({ ...walkIn, draft, override: true }, catalog, null).override, true);
  // What is brought needs none.
  assert.equal("override" in walkInRequest({ ...walkIn, draft, override: true, pickup_method: "brought" }, catalog, null), false);
});

test("where somebody lives may be a room in a residence, which is not said of what is brought", () => {
  const walkIn = { ...newWalkIn("2026-12-01"), pickup_method: "collect" as const };
  const draft = { ...walkIn.draft, ...filled, residence_id: "RES-1", residence_name: "Tuksdorp", room: "214" };
  const request = walkInRequest({ ...walkIn, draft }, catalog, null);
  assert.deepEqual([request.residence_id, request.room, "address" in request], ["RES-1", "214", false]);
  const brought = walkInRequest({ ...walkIn, draft, pickup_method: "brought" }, catalog, null);
  assert.deepEqual(
    ["residence_id", "room", "address"].filter((name) => name in brought),
    [],
  );
});

test("a form for somebody begins with today and nobody's details", () => {
  const { draft } = newWalkIn("2026-12-01");
  assert.equal(draft.pickup_date, "2026-12-01");
  assert.equal(draft.remember, false);
  assert.deepEqual([draft.customer_name, draft.email, draft.phone, draft.address], ["", "", "", ""]);
});

test("a customer accepts the terms before booking, where there are any", () => {
  const draft = { ...newDraft(), ...filled, email: "l@x.co.za", pickup_date: "2099-12-01" };
  const accepted = { ...draft, terms_version: 3 };
  withTerms([]);
  assert.equal(countErrors(draftErrors(draft, catalog)), 0);
  assert.equal("terms_version" in bookingRequest(accepted, catalog, null), false);
  withTerms(["terms"]);
  const errors = draftErrors(draft, catalog);
  assert.deepEqual(errors.fields.terms_version, ["terms_version is required"]);
  assert.equal(firstInvalidStep(errors, "review"), null);
  assert.equal(countErrors(errorsOfStep(errors, "review")), 1);
  assert.equal(countErrors(draftErrors(accepted, catalog)), 0);
  assert.equal(bookingRequest(accepted, catalog, null).terms_version, 3);
  forgetTerms();
  assert.equal(countErrors(draftErrors(draft, catalog)), 0);
});

test("that collection may begin early is said only by whoever wants it", () => {
  assert.equal("early_start" in bookingRequest(newDraft(), catalog, null), false);
  assert.equal(bookingRequest({ ...newDraft(), early_start: true }, catalog, null).early_start, true);
});
