// One tap too many: nothing moves that nobody meant, and what was done by mistake is taken back.
import type { Page } from "@playwright/test";
import { chooseItems, comingDate, countBookings, fillBooking, next as nextStep, thandi } from "./booking_form";
import { expect, test as base } from "./fixtures";
import { BookingsApi } from "./kiosk_bookings";
import { card, cards, cutNetwork, mendNetwork, networkGone } from "./kiosk_page";
import { brokenWords } from "./paper";

const test = base.extend<{ bookings: BookingsApi; page: Page }>({
  bookings: async ({ request, server }, use) => use(new BookingsApi(request, server.url)),
  page: async ({ visitors }, use) => use(await (await visitors.open()).newPage()),
});

test.use({ visitor: "staff" });

const button = (page: Page, name: string) => page.getByRole("button", { name });
const undo = (page: Page, id: string) => button(page, `Undo the last step of ${id}`);

/** Where a finger would press it, once pressing it does something. */
async function placeOf(page: Page, name: string): Promise<{ x: number; y: number }> {
  await button(page, name).click({ trial: true });
  const box = (await button(page, name).boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Taps twice in one place, as far apart as an impatient finger. */
async function tapTwice(page: Page, name: string, gapMs = 250): Promise<void> {
  const { x, y } = await placeOf(page, name);
  await page.mouse.click(x, y);
  await page.waitForTimeout(gapMs);
  await page.mouse.click(x, y);
}

for (const gapMs of [60, 250, 400]) {
  test(`two taps ${gapMs} ms apart take a paid booking to collected and not into storage`, async ({ bookings, page }) => {
    const id = await bookings.book("Aisha Patel");
    await bookings.take(id, "approve", "pay");
    for (const path of [`/staff/bookings/${id}`, "/staff?q=Aisha", "/staff"]) {
      await page.goto(path);
      await tapTwice(page, `Mark collected ${id}`, gapMs);
      await expect(undo(page, id)).toBeVisible();
      await expect.poll(() => bookings.status(id)).toBe("collected");
      await expect(button(page, `Put in storage ${id}`)).toBeEnabled();
      expect(await bookings.status(id)).toBe("collected");
      await bookings.take(id, "paid");
    }
  });
}

test("a second tap on the board, in the same place, does not collect the next customer's booking", async ({ bookings, page }) => {
  const first = await bookings.book("Aisha Patel");
  const second = await bookings.book("Sipho Dlamini");
  for (const id of [first, second]) await bookings.take(id, "approve", "pay");
  await page.goto("/staff");
  const { x, y } = await placeOf(page, `Mark collected ${first}`);
  // Another desk collects it: the next card comes under the finger that is on its way down.
  const left = page.evaluate(
    (id) =>
      new Promise<void>((go) => {
        const column = document.querySelector('[data-status="paid"]')!;
        const observer = new MutationObserver(() => column.querySelector(`[data-booking="${id}"]`) || go(observer.disconnect()));
        observer.observe(column, { childList: true, subtree: true });
        // It may be gone before this looks.
        if (!column.querySelector(`[data-booking="${id}"]`)) go();
      }),
    first,
  );
  await bookings.take(first, "collected");
  await left;
  await page.mouse.click(x, y);
  await expect(button(page, `Mark collected ${second}`)).toBeEnabled();
  await expect(undo(page, second)).toHaveCount(0);
  await page.mouse.click(x, y);
  await expect(undo(page, second)).toBeVisible();
});

test("a button that moved a little, or before the finger came down, does what it says", async ({ page }) => {
  // Pushed by the price that grows above it, and by a font that comes late, of which no page hears.
  const pushes: ((px: number) => void)[] = [
    (px) => document.querySelector<HTMLElement>(".flow-side")!.style.setProperty("padding-top", `${px}px`),
    (px) => document.styleSheets[0]!.insertRule(`.flow-side { padding-top: ${px}px }`, document.styleSheets[0]!.cssRules.length),
  ];
  for (const [which, push] of pushes.entries()) {
    await page.goto("/");
    if (which === 0) await chooseItems(page);
    await page.getByRole("textbox", { name: "Other item 1" }).focus();
    const { x, y } = await placeOf(page, "Next");
    const px = which === 0 ? 12 : 200;
    await page.evaluate(push, px);
    await page.mouse.click(x, which === 0 ? y + px / 2 : y + px);
    await expect(page.getByRole("heading", { name: "When and where?" })).toBeVisible();
  }
});

test("a button that sticks to the lower edge does what it says once the page is scrolled to its end", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/");
  await chooseItems(page);
  await page.evaluate(() => window.scrollTo(0, 0));
  await button(page, "Next").click({ trial: true });
  const place = await page.evaluate(() => {
    const next = [...document.querySelectorAll("button")].find((one) => one.textContent === "Next")!;
    const before = next.getBoundingClientRect();
    window.scrollTo(0, document.body.scrollHeight);
    // Something changes that moves nothing, as when the price is confirmed.
    document.querySelector(".price .hint")!.append("");
    const { left, top } = next.getBoundingClientRect();
    return { x: left + 10, y: top + 10, movedBy: before.top - top };
  });
  expect(place.movedBy, "it was stuck, and is no longer").toBeGreaterThan(50);
  await page.mouse.click(place.x, place.y);
  await expect(page.getByRole("heading", { name: "When and where?" })).toBeVisible();
});

test("what was tapped by mistake is undone for some seconds, and the server never hears of it", async ({ bookings, page }) => {
  const collected = await bookings.book("Aisha Patel");
  await bookings.take(collected, "approve", "pay");
  const declined = await bookings.book("Sipho Dlamini");
  const paid = await bookings.book("Lerato Nkosi");
  await bookings.take(paid, "approve");
  const before = await bookings.changes();
  const sent: string[] = [];
  page.on("request", (request) => request.method() !== "GET" && sent.push(request.url()));

  await page.goto("/staff");
  await button(page, `Mark collected ${collected}`).click();
  await expect(card(page, collected)).toContainText("Collected");
  await undo(page, collected).click();
  await expect(button(page, `Mark collected ${collected}`)).toBeVisible();

  await page.goto(`/staff/bookings/${declined}`);
  await button(page, `Decline ${declined}`).click();
  await page.getByLabel("Reason").fill("Outside our area");
  await button(page, "Decline booking").click();
  await undo(page, declined).click();
  await expect(button(page, `Approve ${declined}`)).toBeVisible();

  await page.goto(`/staff/bookings/${paid}`);
  await button(page, "Take payment").click();
  await undo(page, paid).click();
  await expect(button(page, "Take payment")).toBeVisible();

  await page.waitForTimeout(6_000);
  expect(sent.filter((url) => url.includes("/bookings/"))).toEqual([]);
  expect(await bookings.changes()).toEqual(before);
});

test("what is held back is read whole on a card of the board", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto("/staff");
  await button(page, `Approve ${id}`).click();
  await expect(card(page, id).getByRole("status")).toHaveText("Approved");
  expect(await brokenWords(page, `[data-booking="${id}"] .held`)).toEqual([]);
});

test("what another tab has sent a moment ago is not undone behind the server's back", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel");
  await bookings.take(id, "approve", "pay");
  await page.goto(`/staff/bookings/${id}`);
  await button(page, `Mark collected ${id}`).click();
  await expect(undo(page, id)).toBeEnabled();
  // As the other tab writes it down, of which this one has not heard yet.
  await page.evaluate(() => {
    const waiting = JSON.parse(localStorage.getItem("hss-outbox")!) as { tried_at: number | null }[];
    for (const entry of waiting) entry.tried_at = Date.now();
    localStorage.setItem("hss-outbox", JSON.stringify(waiting));
  });
  await undo(page, id).click();
  await expect.poll(() => bookings.status(id)).toBe("collected");
});

test("an action goes out although the page is left, or another role is played, while it can be undone", async ({ bookings, page }) => {
  const reloaded = await bookings.book("Aisha Patel");
  const left = await bookings.book("Sipho Dlamini");
  await page.goto("/staff");
  await button(page, `Approve ${reloaded}`).click();
  await expect(undo(page, reloaded)).toBeVisible();
  await page.reload();
  await expect.poll(() => bookings.status(reloaded)).toBe("approved");
  await button(page, `Approve ${left}`).click();
  await expect(undo(page, left)).toBeVisible();
  await page.getByLabel("View as").selectOption("Customer");
  await expect.poll(() => bookings.status(left)).toBe("approved");
  expect(await bookings.changes()).toEqual([`${reloaded} submitted -> approved`, `${left} submitted -> approved`]);
});

test("a mistake of today is corrected with a reason, which the history and the audit trail keep", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel");
  await bookings.take(id, "approve", "pay", "collected");
  await page.goto(`/staff/bookings/${id}`);
  await button(page, `Correct a mistake ${id}`).click();
  await button(page, "Correct to paid").click();
  await expect(page.getByText("Say what went wrong first.")).toBeVisible();
  await page.getByLabel("What went wrong?").fill("The wrong card was tapped");
  await button(page, "Correct to paid").click();
  await expect(page.getByText("Paid. Next, collect the items.")).toBeVisible();
  expect(await bookings.status(id)).toBe("paid");
  const history = page.getByRole("region", { name: "History" });
  await expect(history).toContainText("Corrected to paid");
  await expect(history).toContainText("“The wrong card was tapped”");
  await expect(button(page, `Correct a mistake ${id}`)).toHaveCount(0);
  await page.getByRole("link", { name: "Open the audit trail" }).click();
  await expect(page.getByText(/corrected the booking from collected to paid: “The wrong card was tapped”/)).toBeVisible();
  await page.goto(`/booking/${id}`);
  await expect(page.getByRole("region", { name: "Progress" })).toContainText("Corrected: paid");
});

test("what a kiosk queued without a network does not undo a correction made meanwhile", async ({ bookings, page, visitors }) => {
  visitors.expected.push(networkGone);
  const id = await bookings.book("Aisha Patel");
  await bookings.take(id, "approve", "pay", "collected");
  await page.goto("/staff");
  await expect(card(page, id)).toBeVisible();
  await cutNetwork(page.context());
  await expect(page.getByText(/^No connection\. Shown/)).toBeVisible();
  await button(page, `Put in storage ${id}`).click();
  await expect(page.getByText("1 action waits for the network")).toBeVisible();
  await bookings.take(id, "paid", "collected", "paid");
  await mendNetwork(page.context());
  await expect(page.getByRole("alert")).toContainText("“Put in storage” did not go through for Aisha Patel");
  expect(await bookings.status(id)).toBe("paid");
});

test("actions that a page of the version before has kept go out once, as it would have sent them", async ({ bookings, page }) => {
  const ids = [await bookings.book("Aisha Patel"), await bookings.book("Sipho Dlamini")];
  await bookings.take(ids[0]!, "approve", "pay");
  const entry = {
    customer_name: "A Student",
    actor: null,
    made_at: Date.now() - 60_000,
    tried_at: null,
    refusal: null,
    reason: null,
    method: null,
  };
  const kept = [
    { ...entry, key: "0123456789abcdef0123456789abcdef", deed: "collect", booking_id: ids[0] },
    { ...entry, key: "fedcba9876543210fedcba9876543210", deed: "approve", booking_id: ids[1], tried_at: Date.now() - 50_000 },
  ];
  await page.addInitScript((text) => localStorage.getItem("hss-outbox") ?? localStorage.setItem("hss-outbox", text), JSON.stringify(kept));
  const bodies: (string | null)[] = [];
  page.on("request", (request) => request.method() === "PATCH" && bodies.push(request.postData()));
  await page.goto("/staff");
  await expect(cards(page, "Collected")).toContainText(ids[0]!);
  await expect(cards(page, "Approved")).toContainText(ids[1]!);
  await page.reload();
  await expect(cards(page, "Approved")).toContainText(ids[1]!);
  expect(bodies).toEqual(['{"status":"collected"}']);
  expect((await bookings.changes()).slice(-2).sort()).toEqual([`${ids[0]} paid -> collected`, `${ids[1]} submitted -> approved`].sort());
});

test("ten actions and a draft that a page of version 1.0 has stored go out once, and are not lost", async ({ bookings, page }) => {
  const names = ["Aisha Patel", "Sipho Dlamini", "Lerato Nkosi", "Johan Botha", "Zanele Zulu"];
  const ids: string[] = [];
  for (const name of names) ids.push(await bookings.book(name));
  for (const id of ids) await bookings.take(id, "approve", "pay");
  const before = await bookings.changes();
  const common = { actor: null, made_at: Date.now() - 60_000, tried_at: null, refusal: null, reason: null, method: null };
  const steps = [
    { deed: "collect", from: "paid", held_until: Date.now() - 55_000 },
    { deed: "store", from: "collected", held_until: null },
  ];
  const waiting = steps.flatMap((step, round) =>
    ids.map((id, index) => ({
      ...common,
      ...step,
      key: `${round}${index}`.padStart(32, "a"),
      booking_id: id,
      customer_name: names[index],
    })),
  );
  const draft = { quantities: { bed: 1 }, descriptions: {}, duration_months: 5, pickup_date: "", pickup_window: "" };
  const contact = { customer_name: "Thandi Mokoena", email: "thandi@tuks.co.za", address: "12 Burnett Street", remember: true };
  const stored = {
    "hss-mode": "demo",
    "hss-role": "staff",
    "hss-outbox": waiting,
    "hss-draft": { draft: { ...draft, ...contact }, account_id: null, at: Date.now() - 60_000 },
  };
  await page.addInitScript((entries) => {
    if (localStorage.getItem("hss-outbox")) return;
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, JSON.stringify(value));
  }, stored);
  const keys: (string | undefined)[] = [];
  page.on("request", (request) => request.method() === "PATCH" && keys.push(request.headers()["idempotency-key"]));

  await page.goto("/staff");
  await expect(cards(page, "In storage")).toContainText(ids);
  await page.reload();
  await expect(cards(page, "In storage")).toContainText(ids);
  expect(keys).toEqual(waiting.map(({ key }) => key));
  const happened = (await bookings.changes()).slice(before.length);
  expect(happened).toEqual([...ids.map((id) => `${id} paid -> collected`), ...ids.map((id) => `${id} collected -> in_storage`)]);
  expect(await page.evaluate(() => localStorage.getItem("hss-outbox"))).toBe("[]");

  await page.goto("/");
  await expect(page.getByText("5 months").first()).toBeVisible();
});

test.describe("a customer", () => {
  test.use({ visitor: "customer" });

  test("who taps Next twice sees the review before anything is requested", async ({ page }) => {
    await page.goto("/");
    await chooseItems(page);
    await nextStep(page);
    await expect(page.getByRole("grid")).toBeVisible();
    await page.goBack();
    await tapTwice(page, "Next");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("When and where?");
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test("who taps twice cancels nothing, and asks for one pickup", async ({ page }) => {
    await page.goto("/");
    await fillBooking(page, thandi);
    await tapTwice(page, "Request pickup");
    await page.waitForURL(/\/booking\/HSS-/);
    expect(await countBookings(page)).toBe(1);
    await tapTwice(page, "Cancel this booking");
    await expect(page.getByText("Our staff are looking at it")).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "Cancelled" })).toHaveCount(0);
  });
});

test("a customer pays at the desk of today and nothing else is taken with a second tap", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel", comingDate());
  await bookings.take(id, "approve");
  await page.goto(`/staff/bookings/${id}`);
  await tapTwice(page, "Take payment");
  await expect(undo(page, id)).toBeVisible();
  await expect(page.getByText("Paid. Next, collect the items.")).toBeVisible();
  expect(await bookings.status(id)).toBe("paid");
});
