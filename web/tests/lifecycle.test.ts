import assert from "node:assert/strict";
import { test } from "node:test";
import { canEndEarly, lifecycle, statusLabels, statusMeaning } from "../src/booking/lifecycle";
import { corrections, statuses, steps } from "../src/lib/tables";
import { actions } from "../src/staff/outbox/actions";

const stepsFrom: Record<string, readonly string[]> = steps;
const correctionsFrom: Record<string, readonly string[]> = corrections;

test("every action of staff is a step that the server takes", () => {
  for (const [name, { from, to }] of Object.entries(actions)) {
    if (to === null) continue;
    for (const status of from) {
      const taken = [...(stepsFrom[status] ?? []), ...(correctionsFrom[status] ?? []), ...(name === "pay" ? ["paid"] : [])];
      assert.ok(taken.includes(to), `${name}: ${status} -> ${to}`);
    }
  }
});

test("every step and every correction but the customer's own has an action", () => {
  const offered = Object.values(actions).flatMap(({ from, to }) => from.map((status) => `${status} -> ${to}`));
  for (const [from, targets] of [...Object.entries(stepsFrom), ...Object.entries(correctionsFrom)]) {
    for (const to of targets.filter((status) => status !== "cancelled"))
      assert.ok(offered.includes(`${from} -> ${to}`), `${from} -> ${to}`);
  }
});

test("a booking that does not end early goes from submitted to returned", () => {
  assert.deepEqual(lifecycle, ["submitted", "approved", "paid", "collected", "in_storage", "returned"]);
  assert.deepEqual(statuses.filter(canEndEarly), ["submitted", "approved"]);
});

test("each status has its words", () => {
  for (const status of statuses) assert.ok(statusLabels[status] && statusMeaning[status], status);
});
