import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import type { Booking, BookingItem } from "../src/api/booking";
import type { Catalog } from "../src/api/catalog";
import { nameOf, totalAfter, unchangedItems, wantedItems, withNumber } from "../src/changing/items_draft";

const catalog = {
  handling_fee: 500,
  items: [
    { type: "box", label: "Moving box", icon: "box", monthly_price: 75.5 },
    { type: "bed", label: "Bed", icon: "bed", monthly_price: 250 },
  ],
} as unknown as Catalog;

const item = (id: number, item_type: string, monthly_price: number, item_name: string | null = null): BookingItem => ({
  id,
  item_type,
  item_label: item_type,
  icon: item_type,
  monthly_price,
  item_name,
  s3_key: null,
  photos: [],
});

/** A box that costs more by now, and a sofa that is offered no more. */
const items = [item(1, "box", 60), item(3, "sofa", 90, "From Ma")];
const booking = { total: 800, handling_fee: 350, duration_months: 3 } as unknown as Booking;

test("what stays is at its agreed price, what is new at today's, and the handling fee is the agreed one", () => {
  const added = withNumber(unchangedItems, "box", 2);
  assert.equal(totalAfter(booking, items, added, catalog), (60 + 90 + 2 * 75.5) * 3 + 350);
  assert.equal(totalAfter(booking, items, { ...added, removed: [1] }, catalog), (90 + 2 * 75.5) * 3 + 350);
  assert.equal(totalAfter(booking, items, { ...unchangedItems, removed: [3] }, catalog), 60 * 3 + 350);
});

test("another name costs nothing", () => {
  const draft = { ...unchangedItems, names: { 1: "Blue" } };
  assert.equal(totalAfter(booking, items, draft, catalog), 800);
  assert.equal(nameOf(items[0]!, draft), "Blue");
  assert.equal(nameOf(items[1]!, draft), "From Ma");
});

test("the whole list is sent: what stays by its id, what is new by its type", () => {
  const draft = { removed: [1], names: { 3: " From Pa ", 1: "gone" }, added: { bed: [" Oak "], box: ["", "Books"] } };
  assert.deepEqual(wantedItems(items, draft, catalog), [
    { id: 3, name: "From Pa" },
    { type: "box" },
    { type: "box", name: "Books" },
    { type: "bed", name: "Oak" },
  ]);
  assert.deepEqual(wantedItems(items, unchangedItems, catalog), [{ id: 1 }, { id: 3 }]);
  // A name that was cleared goes.
  assert.deepEqual(wantedItems(items, { ...unchangedItems, names: { 3: "" } }, catalog), [{ id: 1 }, { id: 3, name: "" }]);
});

test("fewer or more of a type leave what the others are called", () => {
  const two = { ...unchangedItems, added: { box: ["Books", "Pots"] } };
  assert.deepEqual(withNumber(two, "box", 3).added["box"], ["Books", "Pots", ""]);
  assert.deepEqual(withNumber(two, "box", 1).added["box"], ["Books"]);
  assert.deepEqual(withNumber(two, "bed", 1).added, { box: ["Books", "Pots"], bed: [""] });
});
