import type { BrowserContext, Page } from "@playwright/test";
import { expect, test as base } from "./fixtures";
import { BookingsApi } from "./kiosk_bookings";
import { card, cards, cutNetwork, mendNetwork, networkGone } from "./kiosk_page";

const test = base.extend<{ bookings: BookingsApi; kiosk: BrowserContext; page: Page }>({
  bookings: async ({ request, server }, use) => use(new BookingsApi(request, server.url)),
  kiosk: async ({ visitors }, use) => {
    visitors.expected.push(networkGone);
    await use(await visitors.open());
  },
  page: async ({ kiosk }, use) => use(await kiosk.newPage()),
});

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const isLost = (page: Page) => expect(page.getByText(/^No connection\. Shown as of \d\d:\d\d:\d\d/)).toBeVisible();

test("ten actions taken without a network outlive a reload and happen once each, in order", async ({ bookings, kiosk, page }) => {
  const [a, b, c, d, e] = [
    await bookings.book("Aisha Patel"),
    await bookings.book("Sipho Dlamini"),
    await bookings.book("Lerato Nkosi"),
    await bookings.book("Johan Botha"),
    await bookings.book("Priya Naidoo"),
  ];
  await bookings.take(c, "approve", "pay");
  await bookings.take(d, "approve", "pay");
  await bookings.take(e, "approve", "pay", "collected");
  const before = await bookings.changes();
  await page.goto("/staff");
  await expect(card(page, e)).toBeVisible();
  await cutNetwork(kiosk);
  await isLost(page);

  await press(page, `Mark collected ${c}`);
  await press(page, `Approve ${a}`);
  await press(page, `Then: Put in storage ${c}`);
  await press(page, `Mark collected ${d}`);
  await press(page, `Put in storage ${e}`);
  await press(page, `Then: Mark returned ${e}`);
  await press(page, "Yes, all handed back");
  await press(page, `Approve ${b}`);
  await page.reload();
  await isLost(page);
  await press(page, `Then: Put in storage ${d}`);
  await press(page, `Then: Mark returned ${d}`);
  await press(page, "Yes, all handed back");
  await press(page, `Then: Mark returned ${c}`);
  await press(page, "Yes, all handed back");

  await expect(page.getByText("10 actions wait for the network")).toBeVisible();
  await expect(cards(page, "Submitted")).toHaveCount(2);
  await expect(cards(page, "Paid")).toHaveCount(2);
  await expect(card(page, a)).toContainText(/Waiting to be sent: Approve, since \d\d:\d\d/);
  await page.reload();
  await expect(page.getByText("10 actions wait for the network")).toBeVisible();
  expect(await bookings.changes()).toEqual(before);

  await mendNetwork(kiosk);
  await expect(page.locator(".outbox")).toHaveText("");
  await expect(cards(page, "Approved")).toHaveCount(2);
  const changes = (await bookings.changes()).slice(before.length);
  expect(changes).toEqual([
    `${c} paid -> collected`,
    `${a} submitted -> approved`,
    `${c} collected -> in_storage`,
    `${d} paid -> collected`,
    `${e} collected -> in_storage`,
    `${e} in_storage -> returned`,
    `${b} submitted -> approved`,
    `${d} collected -> in_storage`,
    `${d} in_storage -> returned`,
    `${c} in_storage -> returned`,
  ]);
});

test("the browser's own offline mode keeps the board readable, and its end sends at once", async ({ bookings, kiosk, page }) => {
  const id = await bookings.book("Aisha Patel");
  await page.goto("/staff");
  await expect(card(page, id)).toBeVisible();
  await kiosk.setOffline(true);
  await press(page, `Approve ${id}`);
  await expect(cards(page, "Submitted")).toContainText("Waiting to be sent");
  await isLost(page);
  await kiosk.setOffline(false);
  await expect(cards(page, "Approved")).toContainText(id);
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
  expect(await bookings.changes()).toEqual([`${id} submitted -> approved`]);
});

test("without a network the board, the search and opened bookings can be read, also after a reload", async ({ bookings, kiosk, page }) => {
  const opened = await bookings.book("Aisha Patel");
  const unopened = await bookings.book("Sipho Dlamini");
  await page.goto(`/staff/bookings/${opened}`);
  await expect(page.getByRole("region", { name: "History" })).toContainText("Submitted");
  await page.goto("/staff");
  await expect(card(page, unopened)).toBeVisible();
  await cutNetwork(kiosk);
  await page.reload();
  await expect(card(page, opened)).toBeVisible();
  await isLost(page);
  await page.getByRole("searchbox").fill("dlamini");
  await expect(page.getByRole("list", { name: "Bookings found" }).getByRole("listitem")).toContainText(unopened);
  await page.goto(`/staff/bookings/${opened}`);
  await isLost(page);
  await expect(page.getByRole("region", { name: "History" })).toContainText("by the customer");
  await page.goto(`/staff/bookings/${unopened}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sipho Dlamini");
  await isLost(page);
});

test("with the server gone a kiosk loads again, with its board and what waits", async ({ bookings, server, visitors }) => {
  visitors.expected.push(networkGone);
  const id = await bookings.book("Aisha Patel");
  const page = await (await visitors.open({ serviceWorkers: "allow" })).newPage();
  await page.goto("/staff");
  await page.getByRole("heading", { level: 1 }).click();
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state !== "activated") await new Promise((done) => active?.addEventListener("statechange", done, { once: true }));
  });
  await server.stop();
  await isLost(page);
  await press(page, `Approve ${id}`);
  await page.reload();
  await expect(card(page, id)).toContainText("Waiting to be sent: Approve");
  await isLost(page);
});

test("an action that was never sent can be taken back, the last of a booking first", async ({ bookings, kiosk, page }) => {
  const id = await bookings.book("Aisha Patel");
  await bookings.take(id, "approve", "pay");
  const before = await bookings.changes();
  await page.goto("/staff");
  await expect(card(page, id)).toBeVisible();
  await cutNetwork(kiosk);
  await isLost(page);
  await press(page, `Mark collected ${id}`);
  await press(page, `Then: Put in storage ${id}`);
  await expect(page.getByRole("button", { name: `Take back: Mark collected ${id}` })).toHaveCount(0);
  await card(page, id)
    .getByRole("button", { name: `Take back: Put in storage ${id}` })
    .click();
  await card(page, id)
    .getByRole("button", { name: `Take back: Mark collected ${id}` })
    .click();
  await expect(page.getByRole("button", { name: `Mark collected ${id}` })).toBeVisible();
  await mendNetwork(kiosk);
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
  expect(await bookings.changes()).toEqual(before);
});

test("an action whose answer was lost happens once, and cannot be taken back meanwhile", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel");
  await bookings.take(id, "approve", "pay");
  const before = await bookings.changes();
  const keys: (string | undefined)[] = [];
  let isLosing = true;
  await page.route("**/status", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    const isLost = isLosing;
    const response = await route.fetch();
    await (isLost ? route.abort() : route.fulfill({ response }));
  });
  await page.goto("/staff");
  await press(page, `Mark collected ${id}`);
  await expect(page.getByText("1 action waits for the network")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Take back/ })).toHaveCount(0);
  await page.reload();
  isLosing = false;
  await expect(cards(page, "Collected")).toContainText(id);
  await expect.poll(() => bookings.changes()).toEqual([...before, `${id} paid -> collected`]);
  await expect.poll(() => keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
});

test("an action in flight at a reload is sent again with the same key and happens once", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel");
  await page.goto("/staff");
  const keys: (string | undefined)[] = [];
  await page.route("**/approve", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    const response = await route.fetch();
    // The first answer never comes: the request is in flight until the page is left.
    if (keys.length > 1) await route.fulfill({ response });
  });
  await press(page, `Approve ${id}`);
  await expect.poll(() => bookings.status(id)).toBe("approved");
  await page.reload();
  await expect.poll(() => keys.length).toBe(2);
  expect(keys[1]).toBe(keys[0]);
  await expect(cards(page, "Approved")).toContainText(id);
  expect(await bookings.changes()).toEqual([`${id} submitted -> approved`]);
});

test("a refused action says why, takes its followers with it and lets other bookings go on", async ({ bookings, kiosk, page }) => {
  const rejected = await bookings.book("Aisha Patel");
  const other = await bookings.book("Sipho Dlamini");
  await page.goto(`/staff/bookings/${rejected}`);
  await expect(page.getByText("Waits for your approval.")).toBeVisible();
  await page.goto("/staff");
  await expect(card(page, rejected)).toBeVisible();
  await bookings.take(rejected, "approve");
  await expect(cards(page, "Approved")).toContainText(rejected);
  await cutNetwork(kiosk);
  await isLost(page);
  await press(page, `Undo approval ${rejected}`);
  await press(page, `Then: Approve ${rejected}`);
  await press(page, `Approve ${other}`);
  await bookings.take(rejected, "cancelled");
  await mendNetwork(kiosk);

  const alerts = page.getByRole("alert");
  await expect(alerts).toHaveCount(2);
  await expect(alerts.first()).toContainText("“Undo approval” did not go through for Aisha Patel");
  await expect(alerts.first()).toContainText("This booking is “Cancelled” by now, so it cannot become “Submitted”.");
  await expect(alerts.last()).toContainText("Not sent, because “Undo approval” before it was refused.");
  await expect(cards(page, "Approved")).toContainText(other);
  await expect(card(page, rejected)).toHaveCount(0);
  expect(await bookings.status(other)).toBe("approved");
  expect(await bookings.status(rejected)).toBe("cancelled");
});

test("while the server is busy an action waits and goes out by itself", async ({ bookings, visitors, page }) => {
  const id = await bookings.book("Aisha Patel");
  visitors.expected.push(/status of 503/);
  await page.goto("/staff");
  await page.route("**/approve", (route) => route.fulfill({ status: 503, json: {} }), { times: 1 });
  await press(page, `Approve ${id}`);
  await expect(cards(page, "Approved")).toContainText(id);
  expect(await bookings.changes()).toEqual([`${id} submitted -> approved`]);
});

test("an action that the server fails at again and again lets those of others go, and can be given up", async ({
  bookings,
  visitors,
  page,
}) => {
  const failing = await bookings.book("Aisha Patel");
  const other = await bookings.book("Johan Botha");
  visitors.expected.push(/status of 500/);
  await page.goto("/staff");
  const answer = { error: { code: "internal", message: "Something went wrong on our side" }, request_id: "r" };
  await page.route(`**/${failing}/approve`, (route) => route.fulfill({ status: 500, json: answer }));
  await press(page, `Approve ${failing}`);
  await press(page, `Approve ${other}`);
  await expect(cards(page, "Approved")).toContainText(other);
  expect(await bookings.changes()).toEqual([`${other} submitted -> approved`]);
  await page.getByText("1 action waits for the network").click();
  await expect(page.getByText("Something went wrong on our side")).toBeVisible();
  await page.getByRole("button", { name: `Give up: Approve ${failing}` }).click();
  await expect(page.getByRole("alert")).toContainText("It was given up here");
  await expect(card(page, failing).getByRole("button", { name: `Approve ${failing}` })).toBeVisible();
});

test("two tabs of one kiosk send what waits once", async ({ bookings, kiosk, page }) => {
  const id = await bookings.book("Aisha Patel");
  const other = await kiosk.newPage();
  await page.goto("/staff");
  await other.goto("/staff");
  for (const tab of [page, other]) await expect(cards(tab, "Submitted")).toContainText(id);
  await cutNetwork(kiosk);
  await isLost(page);
  await isLost(other);
  await press(page, `Approve ${id}`);
  await expect(cards(other, "Submitted")).toContainText("Approve");
  await mendNetwork(kiosk);
  await expect(cards(page, "Approved")).toContainText(id);
  await expect(cards(other, "Approved")).toContainText(id);
  expect(await bookings.changes()).toEqual([`${id} submitted -> approved`]);
});
