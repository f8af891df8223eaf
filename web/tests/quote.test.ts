import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import type { Catalog } from "../src/api/catalog";
import { computeQuote } from "../src/book/quote";

const catalog = {
  handling_fee: 150.1,
  items: [
    { type: "box", monthly_price: 85.2 },
    { type: "bicycle", monthly_price: 120 },
  ],
} as unknown as Catalog;
const [box, bicycle] = catalog.items.map(({ type }) => type);

test("nothing has no price", () => {
  assert.equal(computeQuote(catalog, [], 3), null);
});

test("the total is every item's price a month, times the months, and the handling fee once", () => {
  assert.deepEqual(computeQuote(catalog, [box!, box!, bicycle!], 3), {
    duration_months: 3,
    monthly_subtotal: 290.4,
    handling_fee: 150.1,
    total: 1021.3,
  });
});

test("sums are exact to the cent", () => {
  assert.equal(computeQuote(catalog, [box!, box!, box!], 1)?.total, 405.7);
});
