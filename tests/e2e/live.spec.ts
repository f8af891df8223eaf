import type { BrowserContext, Page, Request } from "@playwright/test";
import { thandi } from "./booking_form";
import { expect, test as base } from "./fixtures";
import { BookingsApi } from "./kiosk_bookings";
import { card, cards, networkGone } from "./kiosk_page";
import { bookThroughApi, seedStatus } from "./seeded_booking";

const test = base.extend<{ bookings: BookingsApi }>({
  bookings: async ({ request, server }, use) => use(new BookingsApi(request, server.url)),
});

const isStream = (url: URL) => url.pathname === "/api/v1/events";

function streamOpened(page: Page) {
  return page.waitForResponse((response) => isStream(new URL(response.url())) && response.status() === 200);
}

function streamClosed(page: Page) {
  const isOne = (request: Request) => isStream(new URL(request.url()));
  return Promise.race([page.waitForEvent("requestfailed", isOne), page.waitForEvent("requestfinished", isOne)]);
}

/** Opens a page whose clock a test can stop, and waits until it hears what happens. */
async function openLive(page: Page, path: string): Promise<void> {
  await page.clock.install();
  const opened = streamOpened(page);
  await page.goto(path);
  await opened;
}

// A page polls every 3 seconds at most. What it is told shows within half a second.
const stepMs = 50;
const maxSteps = 12;

/** Expects it while the page's clock stands still but for less than polling takes. */
async function expectTold(page: Page, isShown: () => Promise<boolean>): Promise<void> {
  // A second ahead, as what is behind cannot be paused at.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000);
  let steps = 0;
  await expect
    .poll(async () => {
      if (steps++ < maxSteps) await page.clock.runFor(stepMs);
      return isShown();
    })
    .toBe(true);
  await page.clock.resume();
}

async function cutStream(context: BrowserContext): Promise<void> {
  await context.route(isStream, (route) => route.abort());
  await context.setOffline(true);
  await context.setOffline(false);
}

test("a booking made elsewhere is on the board at once", async ({ bookings, visitors }) => {
  const page = await (await visitors.open({ as: "staff" })).newPage();
  await openLive(page, "/staff");
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
  const id = await bookings.book("Aisha Patel");
  await expectTold(page, () => card(page, id).isVisible());
  await bookings.take(id, "approve");
  await expectTold(page, () => cards(page, "Approved").filter({ hasText: id }).isVisible());
});

test("a customer's timeline moves when staff approve", async ({ request, server, visitors }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  const page = await (await visitors.open()).newPage();
  await openLive(page, `/booking/${id}`);
  const current = page.getByRole("region", { name: "Progress" }).locator("[aria-current]");
  await expect(current).toContainText("Submitted");
  await seedStatus(request, server.url, id, "approved");
  await expectTold(page, async () => (await current.textContent())?.includes("Approved") ?? false);
});

test("an opened booking shows what another desk does at once", async ({ bookings, visitors }) => {
  const id = await bookings.book("Aisha Patel");
  const page = await (await visitors.open({ as: "staff" })).newPage();
  await openLive(page, `/staff/bookings/${id}`);
  await expect(page.getByText("Waits for your approval.")).toBeVisible();
  await bookings.take(id, "approve");
  await expectTold(page, () => page.getByText("Waits for the customer to pay.").isVisible());
});

test("where the stream is cut the board goes on by asking, and hears again once it is back", async ({ bookings, visitors }) => {
  visitors.expected.push(networkGone);
  const context = await visitors.open({ as: "staff" });
  const page = await context.newPage();
  await openLive(page, "/staff");
  // It can go on after an event only once it has heard of one.
  const first = await bookings.book("Zanele Mokoena");
  await expectTold(page, () => card(page, first).isVisible());
  await cutStream(context);
  const id = await bookings.book("Aisha Patel");
  await expect(card(page, id)).toBeVisible();
  const other = await bookings.book("Sipho Dlamini");
  await expect(card(page, other)).toBeVisible();
  const opened = streamOpened(page);
  await context.unroute(isStream);
  expect((await opened).request().headers()["last-event-id"]).toBeTruthy();
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
  const last = await bookings.book("Lerato Nkosi");
  await expectTold(page, () => card(page, last).isVisible());
});

test("a page that nobody sees holds no stream, and one page holds one", async ({ bookings, visitors }) => {
  const page = await (await visitors.open({ as: "staff" })).newPage();
  let streams = 0;
  page.on("request", (request) => (streams += isStream(new URL(request.url())) ? 1 : 0));
  await openLive(page, "/staff");
  const id = await bookings.book("Aisha Patel");
  await card(page, id).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Aisha Patel");
  await page.goBack();
  await expect(card(page, id)).toBeVisible();
  expect(streams).toBe(1);
  const show = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);
  const closed = streamClosed(page);
  await show(true);
  await closed;
  const opened = streamOpened(page);
  await show(false);
  await opened;
});

test.describe("with accounts", () => {
  test.use({ auth: "accounts" });

  test("a customer hears of their own booking, and at once when they are signed out elsewhere", async ({
    accounts,
    server,
    visitors,
    playwright,
  }) => {
    const { token } = await accounts.get("customer");
    const own = await playwright.request.newContext({ extraHTTPHeaders: { Authorization: `Bearer ${token}` } });
    const id = await bookThroughApi(own, server.url, thandi);
    const staff = await playwright.request.newContext({
      extraHTTPHeaders: { Authorization: `Bearer ${(await accounts.get("staff")).token}` },
    });
    const page = await (await visitors.open({ as: "customer" })).newPage();
    await openLive(page, `/booking/${id}`);
    const current = page.getByRole("region", { name: "Progress" }).locator("[aria-current]");
    await expect(current).toContainText("Submitted");
    await seedStatus(staff, server.url, id, "approved");
    await expectTold(page, async () => (await current.textContent())?.includes("Approved") ?? false);
    await accounts.end(token);
    await expectTold(page, () => page.getByRole("dialog", { name: "You were signed out" }).isVisible());
    await own.dispose();
    await staff.dispose();
  });

  test("whoever signs in hears as themselves", async ({ accounts, visitors }) => {
    const person = await accounts.get("staff");
    const page = await (await visitors.open({ as: "staff" })).newPage();
    await openLive(page, "/staff");
    await accounts.end(person.token);
    const dialog = page.getByRole("dialog", { name: "You were signed out" });
    await dialog.getByLabel("Password", { exact: true }).fill(person.password);
    const opened = streamOpened(page);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    const { authorization } = (await opened).request().headers();
    expect(authorization).toMatch(/^Bearer /);
    expect(authorization).not.toBe(`Bearer ${person.token}`);
  });
});
