import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { clearStorage, setNow, stored, switchStorageOff, writeAsAnotherTab } from "./browser";
import { apiBaseStore, sessionStore, type Account } from "../src/session/session";
import {
  act,
  changeOutbox,
  dismissRejected,
  expectedStatus,
  remainingDelayMs,
  isOwn,
  markTried,
  nextToSend,
  outboxPersistedStore,
  outboxStore,
  reject,
  endDelays,
  takeBack,
  waitingFor,
  waitingOf,
  type Entry,
} from "../src/staff/outbox/outbox";

const now = Date.parse("2026-11-29T08:00:00Z");

const thandi = { id: "HSS-7K3M9QX2VD", customer_name: "Thandi Mokoena", status: "paid" } as const;
const sipho = { id: "HSS-0123456789", customer_name: "Sipho Dlamini", status: "submitted" } as const;
const lerato: Account = { id: "a1", email: "lerato@hss.example", name: "Lerato Nkosi", role: "staff" } as Account;

function entry(key: string, more: Partial<Entry> = {}): Entry {
  return {
    key,
    action: "collect",
    booking_id: thandi.id,
    customer_name: thandi.customer_name,
    actor: null,
    made_at: now,
    from: "paid",
    held_until: null,
    tried_at: null,
    rejection: null,
    reason: null,
    method: null,
    ...more,
  };
}

/** As it lies in the browser. */
const asStored = ({ action, rejection, ...rest }: Entry) => ({ ...rest, deed: action, refusal: rejection });
const signIn = (account: Account | null) =>
  sessionStore.set({ mode: account ? "accounts" : "demo", account, device: null, needs_administrator: false });
const keys = (entries: readonly Entry[]) => entries.map(({ key }) => key);
const nobody = () => false;

beforeEach(() => {
  setNow(now);
  signIn(null);
  changeOutbox(() => []);
  clearStorage();
});

test("the action that was taken first is sent first", () => {
  assert.equal(nextToSend([entry("1"), entry("2", { booking_id: sipho.id })], nobody)?.key, "1");
  assert.equal(nextToSend([], nobody), undefined);
});

test("an action that is held up holds up the later ones of its booking, and no others", () => {
  const entries = [entry("1"), entry("2"), entry("3", { booking_id: sipho.id })];
  assert.equal(nextToSend(entries, ({ key }) => key === "1")?.key, "3");
  assert.equal(
    nextToSend(entries.slice(0, 2), ({ key }) => key === "1"),
    undefined,
  );
});

test("what was refused is not sent, and holds up nothing", () => {
  const entries = [entry("1", { rejection: "It was cancelled." }), entry("2")];
  assert.equal(nextToSend(entries, ({ key }) => key === "1")?.key, "2");
});

test("a booking is expected where the last of its waiting actions takes it", () => {
  assert.equal(expectedStatus("paid", []), "paid");
  assert.equal(expectedStatus("paid", [entry("1"), entry("2", { action: "store" })]), "in_storage");
});

test("what waits for a booking is what waits, and what is its own", () => {
  const entries = [entry("1"), entry("2", { rejection: "No." }), entry("3", { booking_id: sipho.id })];
  assert.deepEqual(keys(waitingFor(entries, thandi.id)), ["1"]);
});

test("an action is held back for five seconds", () => {
  act(thandi, "collect");
  const [taken] = outboxStore.get();
  assert.equal(remainingDelayMs(taken!), 5_000);
  setNow(now + 4_999);
  assert.equal(remainingDelayMs(taken!), 1);
  setNow(now + 5_000);
  assert.equal(remainingDelayMs(taken!), 0);
});

test("nothing is held back that was sent, that no page held back, or that a clock since set back would hold for hours", () => {
  assert.equal(remainingDelayMs(entry("1", { held_until: now + 1_000, tried_at: now - 1_000 })), 0);
  assert.equal(remainingDelayMs(entry("1")), 0);
  assert.equal(remainingDelayMs(entry("1", { held_until: now + 3_600_000 })), 0);
});

test("whatever is held back goes at once when the page is left", () => {
  act(thandi, "collect");
  endDelays();
  assert.deepEqual(outboxStore.get().map(remainingDelayMs), [0]);
});

test("an action is kept with all that sending it takes", () => {
  signIn(lerato);
  assert.equal(act({ ...sipho, status: "approved" }, "pay", { method: "cash" }), true);
  const [{ key, ...rest } = { key: "" }] = stored("local", "hss-outbox") as { key: string }[];
  assert.match(key, /^[0-9a-f]{32}$/);
  assert.deepEqual(rest, {
    deed: "pay",
    booking_id: sipho.id,
    customer_name: "Sipho Dlamini",
    actor: { id: "a1", name: "Lerato Nkosi" },
    from: "approved",
    made_at: now,
    held_until: now + 5_000,
    tried_at: null,
    refusal: null,
    reason: null,
    method: "cash",
  });
});

test("a second tap is no action, and one that builds on the first is", () => {
  assert.equal(act(thandi, "collect"), true);
  assert.equal(act(thandi, "collect"), false);
  assert.equal(act(thandi, "store"), true);
  assert.deepEqual(
    outboxStore.get().map(({ action, from }) => [action, from]),
    [
      ["collect", "paid"],
      ["store", "collected"],
    ],
  );
});

test("an action is taken back while the server cannot know of it, and not afterwards", () => {
  changeOutbox(() => [entry("1"), entry("2", { booking_id: sipho.id })]);
  markTried("2");
  takeBack("1");
  takeBack("2");
  assert.deepEqual(keys(outboxStore.get()), ["2"]);
});

test("the time of the first attempt stays, as the server knows a key for a day from then on", () => {
  changeOutbox(() => [entry("1")]);
  markTried("1");
  setNow(now + 60_000);
  markTried("1");
  assert.equal(outboxStore.get()[0]?.tried_at, now);
});

test("an action that is refused takes those along that were built on it", () => {
  const entries = [entry("0"), entry("1"), entry("2", { booking_id: sipho.id }), entry("3", { action: "store" })];
  changeOutbox(() => entries);
  reject(entries[1]!, "It was cancelled.");
  assert.deepEqual(
    outboxStore.get().map(({ rejection }) => rejection),
    [null, "It was cancelled.", null, "Not sent, because “Mark collected” before it was refused."],
  );
});

test("what was refused is dismissed, and what waits is not", () => {
  changeOutbox(() => [entry("1", { rejection: "No." }), entry("2")]);
  dismissRejected("1");
  dismissRejected("2");
  assert.deepEqual(keys(outboxStore.get()), ["2"]);
});

test("an action waits for whoever took it", () => {
  const own = entry("1", { actor: { id: "a1", name: "Lerato Nkosi" } });
  const other = entry("2", { actor: { id: "a2", name: "Johan Botha" } });
  signIn(lerato);
  assert.deepEqual([own, other, entry("3")].map(isOwn), [true, false, false]);
  assert.deepEqual(keys(waitingOf([own, other, entry("3")], "a2")), ["2"]);
});

test("why an action was refused is read back, under the name that it has always had", () => {
  changeOutbox(() => [entry("1", { rejection: "It was cancelled." })]);
  assert.deepEqual(stored("local", "hss-outbox"), [asStored(entry("1", { rejection: "It was cancelled." }))]);
  writeAsAnotherTab("hss-outbox", [asStored(entry("1", { rejection: "It was declined." }))]);
  assert.equal(outboxStore.get()[0]?.rejection, "It was declined.");
});

test("what another tab took is here at once, and stays when this one takes something", () => {
  writeAsAnotherTab("hss-outbox", [asStored(entry("1", { booking_id: sipho.id }))]);
  assert.deepEqual(keys(outboxStore.get()), ["1"]);
  act(thandi, "collect");
  assert.equal((stored("local", "hss-outbox") as unknown[]).length, 2);
});

test("what a page of before kept is read, without what it did not know of", () => {
  const { held_until: _, from: __, ...before } = asStored(entry("1"));
  writeAsAnotherTab("hss-outbox", [before]);
  assert.deepEqual(outboxStore.get(), [entry("1", { from: null })]);
});

test("what nobody can read is left out, and the rest is there", () => {
  const broken = [
    null,
    1,
    {},
    { ...asStored(entry("2")), deed: "burn" },
    { ...asStored(entry("3")), booking_id: 4 },
    { ...asStored(entry("4")), made_at: "noon" },
  ];
  writeAsAnotherTab("hss-outbox", [...broken, { ...asStored(entry("5")), from: "lost", method: "shells", tried_at: "noon", actor: "me" }]);
  assert.deepEqual(outboxStore.get(), [entry("5", { from: null })]);
  writeAsAnotherTab("hss-outbox", "text");
  assert.deepEqual(outboxStore.get(), []);
});

test("where the browser keeps nothing, actions last as long as the page, which says so", () => {
  const switchOn = switchStorageOff();
  act(thandi, "collect");
  act(thandi, "store");
  switchOn();
  assert.equal(outboxPersistedStore.get(), false);
  assert.equal(outboxStore.get().length, 2);
  act(sipho, "approve");
  assert.equal(outboxPersistedStore.get(), true);
  assert.equal((stored("local", "hss-outbox") as unknown[]).length, 3);
});

test("actions belong to the server on whose bookings they were taken", () => {
  act(thandi, "collect");
  apiBaseStore.set("https://other.example");
  assert.deepEqual(outboxStore.get(), []);
  act(sipho, "approve");
  assert.equal((stored("local", "hss-outboxhttps://other.example") as unknown[]).length, 1);
  apiBaseStore.set("");
  assert.deepEqual(
    outboxStore.get().map(({ booking_id }) => booking_id),
    [thandi.id],
  );
});
