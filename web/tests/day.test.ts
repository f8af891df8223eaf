import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import type { BookingItem, Status } from "../src/api/booking";
import type { StaffDay, Stop } from "../src/api/day";
import { gettingInWords, groupByResidence } from "../src/staff/day/residence_groups";
import { addressOf, dayAfterUpdates, itemNames, itemsInWords, kindLabel, mapHref, whyUnready, windowName } from "../src/staff/day/stops";
import type { Action } from "../src/staff/outbox/actions";
import type { Entry } from "../src/staff/outbox/outbox";

const item = (item_type: BookingItem["item_type"], item_name: string | null = null) => ({
  id: 1,
  item_type,
  item_label: item_type === "other" ? "Other item" : item_type[0]!.toUpperCase() + item_type.slice(1),
  icon: item_type,
  monthly_price: 60,
  item_name,
  s3_key: null,
  photos: [],
});

function stopOf(id: string, status: Status, kind: Stop["kind"] = "pickup"): Stop {
  const is_ready = status !== "submitted" && status !== "approved";
  const booking: Stop["booking"] = {
    id,
    customer_name: "Thandi Mokoena",
    email: "thandi@tuks.co.za",
    pickup_date: "2026-12-01",
    pickup_window: "08:00 – 11:00",
    address: "12 Burnett Street",
    duration_months: 1,
    item_count: 1,
    monthly_subtotal: 60,
    handling_fee: 350,
    total: 410,
    status,
    created_at: "2026-11-22T08:00:00.000Z",
    updated_at: "2026-11-22T08:00:00.000Z",
    payment_reference: null,
    phone: "082 555 0123",
    phone_e164: "+27825550123",
    whatsapp: "",
    access_notes: "",
    collected_on: null,
    due_on: "2027-01-01",
    return_date: null,
    return_window: null,
    return_address: null,
    return_method: null,
    failed_trips: 0,
    needs_new_date: false,
    residence_id: null,
    room: "",
    return_residence_id: null,
    return_room: null,
    pickup_method: "collect",
    terms_version: null,
    early_start: false,
    has_account: false,
    items: [item("box")],
  };
  return { kind, booking, photos: [], owed: is_ready ? 0 : 410, is_ready, is_done: false, next_step: null };
}

function dayOf(...stops: Stop[]): StaffDay {
  return {
    date: "2026-12-01",
    today: "2026-12-01",
    windows: [{ window: "08:00 – 11:00", stops }],
    overdue: [],
    overdue_count: 0,
    residences: [],
    totals: { stops: stops.length, done: 0, items: [] },
    is_complete: true,
    request_id: "",
  };
}

function done(count: number, booking_id: string, action: Action) {
  const entry: Entry = {
    key: String(count),
    action,
    booking_id,
    customer_name: "",
    actor: null,
    made_at: 0,
    from: null,
    held_until: null,
    tried_at: null,
    rejection: null,
    reason: null,
    method: null,
  };
  return { count, entry, at: 0 };
}

test("a day shows at once what this page has done, and counts it", () => {
  const day = dayOf(stopOf("A", "paid"), stopOf("B", "paid"), stopOf("C", "approved"), stopOf("D", "in_storage", "return"));
  const updates = [done(1, "A", "collect"), done(2, "C", "pay"), done(3, "D", "return")];
  const after = dayAfterUpdates(day, 0, updates);
  const [a, b, c, d] = after.windows[0]?.stops ?? [];
  assert.equal(after.totals.done, 2);
  assert.deepEqual([a?.is_done, b?.is_done, c?.is_done, d?.is_done], [true, false, false, true]);
  assert.deepEqual([c?.is_ready, c?.owed], [true, 0]);
  assert.equal(b, day.windows[0]?.stops[1]);
});

test("what an answer includes is not done once more", () => {
  const day = dayOf(stopOf("A", "paid"));
  assert.equal(dayAfterUpdates(day, 1, [done(1, "A", "collect")]).totals.done, 0);
});

test("items are told by their kind, and the customer's own names apart", () => {
  const items = [item("box"), item("other", "Study lamp"), item("box", "Box")];
  assert.equal(itemsInWords(items), "2 × Box, 1 × Other item");
  assert.deepEqual(itemNames(items), ["Study lamp"]);
});

test("a map is asked for the address as it is", () => {
  assert.match(mapHref("12 A & B Street, Hatfield"), /query=12%20A%20%26%20B%20Street%2C%20Hatfield$/);
});

test("a return is ready once its things are with us, and goes where the customer asked for", () => {
  const day = dayOf(stopOf("A", "paid", "return"));
  const [before] = dayAfterUpdates(day, 0, [done(1, "B", "collect")]).windows[0]?.stops ?? [];
  assert.equal(before, day.windows[0]?.stops[0]);
  const [after] = dayAfterUpdates(day, 0, [done(1, "A", "collect")]).windows[0]?.stops ?? [];
  assert.deepEqual([after?.is_ready, after?.is_done], [true, false]);
  const stop = stopOf("A", "in_storage", "return");
  const asked = (more: Partial<Stop["booking"]>): Stop => ({ ...stop, booking: { ...stop.booking, ...more } });
  assert.equal(addressOf(stop), "12 Burnett Street");
  assert.equal(addressOf(asked({ return_address: "Tuksdorp B6" })), "Tuksdorp B6");
  assert.equal(addressOf(asked({ return_method: "collect_at_store" })), "");
  assert.equal(addressOf({ ...asked({ return_address: "Tuksdorp B6" }), kind: "pickup" }), "12 Burnett Street");
});

function broughtIn(stop: Stop): Stop {
  return { ...stop, booking: { ...stop.booking, pickup_method: "brought" } };
}

test("what is brought is no place to go to, and is taken in rather than collected", () => {
  const stop = broughtIn(stopOf("A", "approved"));
  assert.equal(addressOf(stop), "");
  assert.equal(kindLabel(stop), "Brought");
  assert.equal(whyUnready(stop), "Do not take in: approved, not paid");
  const back: Stop = { ...stop, kind: "return" };
  assert.equal(addressOf(back), "12 Burnett Street");
  assert.equal(kindLabel(back), "Return");
});

test("why a stop cannot be made is told by its kind", () => {
  assert.equal(whyUnready(stopOf("A", "approved")), "Do not collect: approved, not paid");
  assert.equal(whyUnready(stopOf("A", "paid", "return")), "Not collected yet");
  assert.equal(windowName(""), "At any time");
});

const tuksdorp = {
  id: "RES-0123456789",
  name: "Tuksdorp",
  suburb: "Hatfield",
  closes_on: null,
  reopens_on: null,
  gate: "Roper Street",
  stairs: "three floors",
  parking: "",
  caretaker_phone: "",
};

test("stops that follow each other in a residence are one group, a return's where it goes", () => {
  const stopIn = (id: string, residence_id: string | null, back: Partial<Stop["booking"]> | null = null): Stop => {
    const stop = stopOf(id, "paid", back ? "return" : "pickup");
    return { ...stop, booking: { ...stop.booking, residence_id, ...back } };
  };
  const stops = [
    stopIn("A", tuksdorp.id),
    stopIn("B", null, { return_address: "Tuksdorp, room 1", return_residence_id: tuksdorp.id }),
    stopIn("C", tuksdorp.id, { return_address: "" }),
    stopIn("D", tuksdorp.id, { return_address: "14 Hilda Street", return_residence_id: null }),
    stopIn("E", "RES-9999999999"),
    // Who comes to the store is in no residence.
    stopIn("G", tuksdorp.id, { return_method: "collect_at_store" }),
    broughtIn(stopIn("H", tuksdorp.id)),
    stopIn("F", tuksdorp.id),
  ];
  const groups = groupByResidence(stops, [tuksdorp]);
  assert.deepEqual(
    groups.map(({ residence, stops: ofGroup }) => [residence?.name ?? null, ofGroup.map(({ booking }) => booking.id).join("")]),
    [
      ["Tuksdorp", "ABC"],
      [null, "DEGH"],
      ["Tuksdorp", "F"],
    ],
  );
  assert.deepEqual(groupByResidence([], [tuksdorp]), []);
});

test("of getting in, what is known is told", () => {
  assert.equal(gettingInWords(tuksdorp), "Gate: Roper Street. Stairs or lift: three floors");
  assert.equal(gettingInWords({ ...tuksdorp, gate: "", stairs: "" }), "");
});
