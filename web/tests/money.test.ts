import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, formatCount } from "../src/lib/count";
import { formatRand, toCents } from "../src/lib/money";

// Node.js 18 separates thousands otherwise than browsers do today.
const withPlainSpaces = (text: string) => text.replace(/\s/g, " ").replace(/(\d),(?=\d{3})/g, "$1 ");

test("rand are whole cents, however they are stored", () => {
  assert.equal(toCents(0.29), 29);
  assert.equal(toCents(1061.1), 106110);
  assert.equal(toCents(0.1 + 0.2), 30);
});

test("amounts have cents where there are any", () => {
  assert.equal(withPlainSpaces(formatRand(1460)), "R 1 460");
  assert.match(withPlainSpaces(formatRand(610.5)), /^R 610[,.]50$/);
  assert.equal(withPlainSpaces(formatRand(0)), "R 0");
});

test("what is counted is one or many", () => {
  assert.equal(counted(1, "booking"), "1 booking");
  assert.equal(counted(0, "booking"), "0 bookings");
  assert.equal(withPlainSpaces(formatCount(1234567)), "1 234 567");
});
