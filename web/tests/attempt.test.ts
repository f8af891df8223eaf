import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { clearStorage, stored } from "./browser";
import { ApiError, type ErrorCode } from "../src/api/error";
import { adoptAttempt, randomKey, sendOnce } from "../src/api/attempt";
import { forgetCustomers, sessionStore, type Account } from "../src/session/session";

type Body = { boxes: number };
type Step = string | ApiError;

/** A server that answers so, one after the other, and notes what it was sent. */
function server(...steps: Step[]) {
  const seen: { boxes: number; key: string }[] = [];
  const send = ({ boxes }: Body, key: string): Promise<string> => {
    seen.push({ boxes, key });
    const step = steps.shift() ?? new ApiError("internal", "The test wants no more.");
    return typeof step === "string" ? Promise.resolve(step) : Promise.reject(step);
  };
  return { send, seen };
}

const lost = new ApiError("no_connection", "No connection.");
const rejected = (code: ErrorCode, status: number) => new ApiError(code, "No.", status);
const conflict = rejected("conflict", 409);
const invalid = rejected("validation_error", 422);

const signIn = (id: string) => sessionStore.set({ mode: "accounts", account: { id } as Account, device: null, needs_administrator: false });

async function fails(sending: Promise<unknown>, error: ApiError): Promise<void> {
  await assert.rejects(sending, (thrown) => thrown === error);
}

beforeEach(() => {
  sessionStore.set(null);
  clearStorage();
});

test("every key is another one, of 32 hexadecimal digits", () => {
  assert.match(randomKey(), /^[0-9a-f]{32}$/);
  assert.notEqual(randomKey(), randomKey());
});

test("what was answered is over: the same request is another one next time", async () => {
  const { send, seen } = server("first", "second");
  assert.deepEqual(await sendOnce("booking", { boxes: 1 }, send), { answer: "first", isOfEarlier: false });
  assert.equal(stored("session", "hss-attempt-booking"), null);
  await sendOnce("booking", { boxes: 1 }, send);
  assert.notEqual(seen[0]?.key, seen[1]?.key);
});

test("where the answer got lost, the same is asked again under the same key", async () => {
  const { send, seen } = server(lost, "done");
  await fails(sendOnce("booking", { boxes: 1 }, send), lost);
  assert.deepEqual(await sendOnce("booking", { boxes: 1 }, send), { answer: "done", isOfEarlier: false });
  assert.equal(seen[0]?.key, seen[1]?.key);
});

test("an attempt is kept from before it is sent, with all that was sent under its key", async () => {
  signIn("a1");
  const { send, seen } = server(lost, lost, lost);
  for (const boxes of [1, 2, 1]) await fails(sendOnce("booking", { boxes }, send), lost);
  assert.deepEqual(stored("session", "hss-attempt-booking"), {
    key: seen[0]?.key,
    account_id: "a1",
    requests: ['{"boxes":2}', '{"boxes":1}'],
  });
});

test("where an earlier request had arrived, with another body, that one's answer is fetched", async () => {
  const { send, seen } = server(lost, conflict, "of one box");
  await fails(sendOnce("booking", { boxes: 1 }, send), lost);
  assert.deepEqual(await sendOnce("booking", { boxes: 2 }, send), { answer: "of one box", isOfEarlier: true });
  assert.deepEqual(
    seen.map(({ boxes }) => boxes),
    [1, 2, 1],
  );
  assert.equal(new Set(seen.map(({ key }) => key)).size, 1);
});

test("a conflict that no earlier request explains is the answer", async () => {
  const { send } = server(lost, conflict, conflict);
  await fails(sendOnce("booking", { boxes: 1 }, send), lost);
  await fails(sendOnce("booking", { boxes: 2 }, send), conflict);
  assert.equal(stored("session", "hss-attempt-booking"), null);
});

test("a refusal ends an attempt of one request", async () => {
  const { send, seen } = server(invalid, "done");
  await fails(sendOnce("booking", { boxes: 0 }, send), invalid);
  await sendOnce("booking", { boxes: 1 }, send);
  assert.notEqual(seen[0]?.key, seen[1]?.key);
});

test("a refusal says nothing of the requests before it, which stay in doubt", async () => {
  const { send, seen } = server(lost, invalid, "of one box");
  await fails(sendOnce("booking", { boxes: 1 }, send), lost);
  await fails(sendOnce("booking", { boxes: 0 }, send), invalid);
  assert.deepEqual(stored("session", "hss-attempt-booking"), { key: seen[0]?.key, account_id: null, requests: ['{"boxes":1}'] });
});

test("404 stands under the key, so nothing sent before can take effect any more", async () => {
  const gone = rejected("not_found", 404);
  const { send } = server(lost, gone);
  await fails(sendOnce("payment", { boxes: 1 }, send), lost);
  await fails(sendOnce("payment", { boxes: 2 }, send), gone);
  assert.equal(stored("session", "hss-attempt-payment"), null);
});

test("whoever signs in next begins anew", async () => {
  const { send, seen } = server(lost, "done");
  signIn("a1");
  await fails(sendOnce("booking", { boxes: 1 }, send), lost);
  signIn("a2");
  await sendOnce("booking", { boxes: 1 }, send);
  assert.notEqual(seen[0]?.key, seen[1]?.key);
});

test("another tab goes on where one that is gone had stopped", async () => {
  const { send, seen } = server(lost, "done");
  await fails(sendOnce("booking", { boxes: 1 }, send, { outlivesTab: true }), lost);
  sessionStorage.removeItem("hss-attempt-booking");
  adoptAttempt("booking");
  await sendOnce("booking", { boxes: 1 }, send, { outlivesTab: true });
  assert.equal(seen[0]?.key, seen[1]?.key);
  assert.equal(stored("local", "hss-attempt-booking"), null);
});

test("on a shared screen nothing outlives its tab, and signing out forgets everything", async () => {
  const { send } = server(lost);
  sessionStore.set({ mode: "accounts", account: null, device: { name: "Desk", lock_after_seconds: 60 }, needs_administrator: false });
  await fails(sendOnce("booking", { boxes: 1 }, send, { outlivesTab: true }), lost);
  assert.equal(stored("local", "hss-attempt-booking"), null);
  forgetCustomers();
  assert.equal(stored("session", "hss-attempt-booking"), null);
});
