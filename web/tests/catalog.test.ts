import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import { amountOf, missingIn, moved, newCharge, newItem, newType, requestOf, rowsOf } from "../src/admin/catalog/catalog_rows";
import type { OwnersCatalog } from "../src/api/owners_catalog";

const catalog: OwnersCatalog = {
  items: [
    { type: "bed", label: "Bed", icon: "bed", monthly_price: 250, offered: true },
    { type: "other", label: "Other item", icon: "other", monthly_price: 120.5, offered: true },
    { type: "box", label: "Box", icon: "box", monthly_price: 60, offered: false },
  ],
  handling_fee: 350,
  extra_charges: [{ name: "Stairs", amount: 49.9 }],
  request_id: "1",
};

test("an amount is typed with a point or a comma, with or without R and spaces, and in whole cents", () => {
  for (const [typed, rand] of [
    ["150", 150],
    [" R 1 250,50 ", 1250.5],
    ["r99.5", 99.5],
    ["0", 0],
    ["100000", 100_000],
  ] as const) {
    assert.equal(amountOf(typed), rand);
  }
  for (const typed of ["", "R", "-1", "1.005", "1,2,3", "12x", "100000.01", "1e3", "Infinity"]) assert.equal(amountOf(typed), null);
});

test("whatever has no item of its own comes last, and all else stays as it is", () => {
  const rows = rowsOf(catalog);
  assert.deepEqual(requestOf(rows), {
    items: [
      { type: "bed", label: "Bed", icon: "bed", monthly_price: 250, offered: true },
      { type: "box", label: "Box", icon: "box", monthly_price: 60, offered: false },
      { type: "other", label: "Other item", icon: "other", monthly_price: 120.5, offered: true },
    ],
    handling_fee: 350,
    extra_charges: [{ name: "Stairs", amount: 49.9 }],
  });
  assert.equal(rows.items[2]?.price, "120.50");
  assert.deepEqual(missingIn(rows), []);
});

test("a new item has a type of its label that no other has", () => {
  assert.equal(newType("Surf board", new Set()), "surf_board");
  assert.equal(newType(" Büchérkiste (groß)! ", new Set()), "bucherkiste_gro");
  assert.equal(newType("Bed", new Set(["bed", "bed_2"])), "bed_3");
  assert.equal(newType("箱", new Set()), "item");
  assert.equal(newType("箱", new Set(["item"])), "item_2");
  assert.equal(newType("X", new Set()), "item_x");
  assert.match(newType("An item whose name is as long as forty", new Set()), /^[a-z0-9_]{2,30}$/);
  const rows = rowsOf(catalog);
  const two = [newItem(), newItem()].map((item) => ({ ...item, label: "Box", price: "1" }));
  const types = requestOf({ ...rows, items: [...rows.items, ...two] }).items.map(({ type }) => type);
  assert.deepEqual(types.slice(-2), ["box_2", "box_3"]);
});

test("items move past each other", () => {
  const { items } = rowsOf(catalog);
  const labels = (by: -1 | 1, place: number) => moved(items, items[place]!.key, by).map(({ label }) => label);
  assert.deepEqual(labels(1, 0), ["Box", "Bed", "Other item"]);
  assert.deepEqual(labels(-1, 1), ["Box", "Bed", "Other item"]);
});

test("what is missing or twice there is said before it is sent", () => {
  const rows = rowsOf(catalog);
  const bed = { ...newItem(), label: " Bed ", price: "no" };
  assert.deepEqual(missingIn({ ...rows, items: [...rows.items, bed, newItem()], handling_fee: "", charges: [newCharge()] }), [
    "Give every item its name.",
    "Two items that are offered are called “Bed”. Give each its own name.",
    "Give every item its price in rand, such as 150 or 99.50.",
    "Give the handling fee in rand, such as 350; 0 where there is none.",
    "Give every extra charge its name and its amount in rand, or remove it.",
  ]);
  const box = { ...newItem(), label: "Box", price: "1" };
  assert.deepEqual(missingIn({ ...rows, items: [...rows.items, box] }), []);
  const twice = [rows.charges[0]!, { ...newCharge(), name: "Stairs", amount: "1" }];
  assert.deepEqual(missingIn({ ...rows, charges: twice }), ["Two extra charges are called “Stairs”. Give each its own name."]);
});
