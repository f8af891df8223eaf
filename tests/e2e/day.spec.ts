// What staff have to do today: the stops at the door, without a network, and on paper.
import type { BrowserContext, Page } from "@playwright/test";
import { expectNoViolation } from "./axe";
import { dateIn } from "./booking_form";
import { expect, test as base } from "./fixtures";
import { BookingsApi } from "./kiosk_bookings";
import { card, cutNetwork, mendNetwork, networkGone } from "./kiosk_page";
import { cutOff, layOutOnPaper, printPage } from "./paper";
import { seedBooking, type Seed } from "./seeded_booking";

interface Fixtures {
  bookings: BookingsApi;
  book(seed: Seed): Promise<string>;
  kiosk: BrowserContext;
  page: Page;
}

const morning = "08:00 – 11:00";

const test = base.extend<Fixtures>({
  bookings: async ({ request, server }, use) => use(new BookingsApi(request, server.url)),
  book: async ({ request, server }, use) =>
    use((seed) => seedBooking(request, server.url, { pickup_date: dateIn(0), pickup_window: morning, ...seed })),
  kiosk: async ({ visitors }, use) => use(await visitors.open({ as: "staff", viewport: { width: 1280, height: 800 } })),
  page: async ({ kiosk }, use) => use(await kiosk.newPage()),
});

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const stopsOf = (page: Page, window: string) => page.getByRole("list", { name: window }).getByRole("listitem");
const kept = (page: Page) => page.evaluate(() => JSON.stringify({ ...localStorage }));

/** Three stops of this morning: one that can be collected, one that is not paid, one that is not approved. */
async function bookMorning({ book, bookings }: Pick<Fixtures, "book" | "bookings">) {
  const paid = await book({ name: "Aisha Patel", address: "12 Burnett Street, Hatfield", items: [{ type: "box" }, { type: "bed" }] });
  const approved = await book({ name: "Sipho Dlamini", address: "3 Burnett Street, Hatfield" });
  const submitted = await book({ name: "Lerato Nkosi", address: "1 Arcadia Street, Hatfield" });
  await bookings.take(paid, "approve", "pay");
  await bookings.take(approved, "approve");
  return { paid, approved, submitted };
}

test("today has each window's stops, those that can be collected by address first, and what is owed", async ({ book, bookings, page }) => {
  const { paid, approved, submitted } = await bookMorning({ book, bookings });
  const before = await book({ name: "Zanele Zulu", address: "9 Burnett Street, Hatfield", items: [{ type: "other", name: "Study lamp" }] });
  await bookings.take(before, "approve", "pay");
  const late = await book({ name: "Ben Venter", pickup_window: "at night" });
  await book({ name: "Priya Naidoo", pickup_date: dateIn(1) });
  await page.goto("/staff/day");
  await expect(heading(page)).toHaveText("Today");
  await expect(page.getByText("5 stops, 0 done", { exact: true })).toBeVisible();
  await expect(page.getByText("Priya Naidoo")).toHaveCount(0);
  const ids = await stopsOf(page, morning).evaluateAll((all) => all.map((one) => one.getAttribute("data-booking")));
  expect(ids).toEqual([before, paid, submitted, approved]);
  await expect(stopsOf(page, "at night")).toContainText(late);
  await expect(card(page, before)).toContainText("Study lamp");
  await expect(card(page, paid)).toContainText("1 × Box, 1 × Bed");
  await expect(card(page, paid)).not.toContainText("to pay");
  await expect(card(page, paid).getByRole("link", { name: /on a map/ })).toHaveAttribute("href", /query=12%20Burnett%20Street/);
  for (const id of [approved, submitted]) {
    await expect(card(page, id)).toContainText(/Do not collect: R\s410 to pay/);
    await expect(card(page, id).getByRole("button", { name: /collected/ })).toHaveCount(0);
  }
  await expect(card(page, submitted).getByRole("button", { name: `Approve ${submitted}` })).toBeVisible();
  await card(page, approved)
    .getByRole("link", { name: `Take payment of ${approved}` })
    .click();
  await expect(heading(page)).toHaveText("Sipho Dlamini");
});

test("a stop that is collected stays, ticked, and the other desk sees it at once", async ({ book, bookings, page, visitors }) => {
  const { paid, submitted } = await bookMorning({ book, bookings });
  const other = await (await visitors.open({ as: "staff" })).newPage();
  for (const one of [page, other]) {
    await one.goto("/staff/day");
    await expect(one.getByText(/^Live, updated/)).toBeVisible();
  }
  await press(page, `Mark collected ${paid}`);
  for (const one of [page, other]) {
    await expect(card(one, paid)).toContainText("Done: Aisha Patel");
    await expect(one.locator(".day-totals")).toContainText("3 stops, 1 done");
  }
  await press(other, `Put in storage ${paid}`);
  await expect(card(page, paid)).toContainText("In storage");
  await expect(card(page, paid).getByRole("button")).toHaveCount(0);
  await bookings.take(submitted, "declined");
  await expect(card(page, submitted)).toHaveCount(0);
});

test("with the network cut in the middle the stops go on, outlive a reload, and happen once each", async ({
  book,
  bookings,
  kiosk,
  page,
  visitors,
}) => {
  visitors.expected.push(networkGone);
  const { paid, submitted } = await bookMorning({ book, bookings });
  const second = await book({ name: "Johan Botha", address: "14 Burnett Street, Hatfield" });
  await bookings.take(second, "approve", "pay");
  const before = await bookings.changes();
  await page.goto("/staff/day");
  await press(page, `Mark collected ${paid}`);
  await expect.poll(() => bookings.status(paid)).toBe("collected");
  await expect(card(page, paid)).toContainText("Done: Aisha Patel");
  await cutNetwork(kiosk);
  await expect(page.getByText(/^No connection\. Shown as of/)).toBeVisible();
  await press(page, `Mark collected ${second}`);
  await press(page, `Put in storage ${paid}`);
  await press(page, `Approve ${submitted}`);
  await expect(card(page, second)).toContainText("Waiting to be sent: Mark collected");
  await page.reload();
  await expect(page.getByText("3 actions wait for the network")).toBeVisible();
  await press(page, `Then: Put in storage ${second}`);
  // What comes after is no part of this stop.
  await expect(card(page, second).getByRole("button", { name: /^Then/ })).toHaveCount(0);
  await mendNetwork(kiosk);
  await expect(page.locator(".outbox")).toHaveText("");
  await expect(card(page, second)).toContainText("In storage");
  expect((await bookings.changes()).slice(before.length)).toEqual([
    `${paid} paid -> collected`,
    `${second} paid -> collected`,
    `${paid} collected -> in_storage`,
    `${submitted} submitted -> approved`,
    `${second} collected -> in_storage`,
  ]);
});

test("what a kiosk keeps of a day is gone a day later", async ({ book, kiosk, page, visitors }) => {
  visitors.expected.push(networkGone);
  const id = await book({ name: "Aisha Patel" });
  await page.goto("/staff/day");
  await expect(card(page, id)).toBeVisible();
  await cutNetwork(kiosk);
  await page.reload();
  await expect(card(page, id)).toBeVisible();
  const age = (hours: number) =>
    page.evaluate((ms) => {
      const days = JSON.parse(localStorage.getItem("hss-days") ?? "[]") as { at: number }[];
      localStorage.setItem("hss-days", JSON.stringify(days.map((day) => ({ ...day, at: day.at - ms }))));
    }, hours * 3_600_000);
  await age(23);
  await page.reload();
  await expect(card(page, id)).toBeVisible();
  await age(2);
  await page.reload();
  await expect(page.getByText("The day could not be loaded")).toBeVisible();
  expect(await kept(page)).not.toContain("hss-days");
});

test("tomorrow and any date are one tap away, and a closed day and a full window say so", async ({ book, page, request, server }) => {
  const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const windows = weekdays.map((weekday) => ({ weekday, starts: "08:00", ends: "11:00", capacity: 1 }));
  const saved = await request.put(`${server.url}/api/v1/admin/calendar`, {
    headers: { "X-HSS-Role": "admin" },
    data: { windows, exceptions: [{ date: dateIn(5), closed: "Stocktaking" }], closed_on_holidays: false },
  });
  expect(saved.status(), await saved.text()).toBe(200);
  const id = await book({ name: "Aisha Patel", pickup_date: dateIn(1) });
  await page.goto("/staff/day");
  await expect(page.getByText("No stops; 1 of 1 place free")).toBeVisible();
  await page.getByRole("link", { name: "Tomorrow" }).click();
  await expect(heading(page)).toHaveText("Tomorrow");
  await expect(card(page, id)).toBeVisible();
  await expect(page.getByText("1 stop, 0 done; full")).toBeVisible();
  await page.getByLabel("Date").fill(dateIn(5));
  await expect(page.getByText("Closed: Stocktaking", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`date=${dateIn(5)}$`));
  await page.reload();
  await expect(page.getByText("Closed: Stocktaking", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Today", exact: true }).first().click();
  await expect(heading(page)).toHaveText("Today");
});

test("the run sheet has a line a stop with boxes to tick, and tears none of sixty apart", async ({ book, bookings, page }) => {
  const { paid, approved } = await bookMorning({ book, bookings });
  for (let number = 1; number <= 57; number++) {
    const items = [{ type: "box" }, { type: "other", name: `Crate ${number} with winter clothes and lecture notes` }];
    await book({ name: `Student Number ${number}`, address: `${number} Burnett Street, Hatfield`, pickup_window: "11:00 – 14:00", items });
  }
  await page.goto("/staff/day");
  await expect(page.getByText("60 stops, 0 done", { exact: true })).toBeVisible();
  const lines = page.locator(".run-sheet tbody tr:not(.run-sheet-window)");
  await expect(lines.first()).toBeHidden();
  await layOutOnPaper(page, "portrait");
  await expect(lines).toHaveCount(60);
  await expect(lines.first()).toBeVisible();
  await expect(page.locator(".day")).toBeHidden();
  await expect(lines.filter({ hasText: paid }).locator(".tick-box").first()).toBeVisible();
  await expect(lines.filter({ hasText: approved })).toContainText("Do not collect: approved, not paid.");
  await expect(lines.filter({ hasText: approved }).locator("td").first()).toHaveText("–");
  expect(await cutOff(page)).toEqual([]);
  const torn = await lines.evaluateAll((all) => all.filter((one) => getComputedStyle(one).breakInside !== "avoid").length);
  expect(torn).toBe(0);
  expect(await page.locator(".run-sheet thead").evaluate((head) => getComputedStyle(head).display)).toBe("table-header-group");
  await page.emulateMedia({ media: null });
  const { count } = await printPage(page, "portrait");
  expect(count).toBeGreaterThan(1);
  expect(count).toBeLessThan(7);
});

test("axe finds nothing on a day, and it is no wider than its screen", async ({ book, bookings, page, kiosk, visitors }) => {
  visitors.expected.push(networkGone);
  const { paid } = await bookMorning({ book, bookings });
  const stored = await book({
    name: "Nomvula Mkhize-van der Westhuizen",
    address: "Tuksdorp, room 214, Festival Street, Hatfield, Pretoria",
  });
  await bookings.take(stored, "approve", "pay", "collected", "in_storage");
  await page.goto("/staff/day");
  for (const width of [320, 768, 1600]) {
    await page.setViewportSize({ width, height: 800 });
    await expect(card(page, paid)).toBeVisible();
    await expectNoViolation(page, `a day at ${width} pixels`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await cutNetwork(kiosk);
  await expect(page.getByText(/^No connection\. Shown/)).toBeVisible();
  await press(page, `Mark collected ${paid}`);
  await expect(card(page, paid)).toContainText("Waiting to be sent");
  await expectNoViolation(page, "a stop that waits for the network");
});

test.describe("where people sign in", () => {
  test.use({ auth: "accounts" });

  test("the day is staff's first page, and nothing of it stays after signing out", async ({ accounts, book, visitors }) => {
    const id = await book({ name: "Aisha Patel" });
    const { account } = await accounts.get("staff");
    const page = await (await visitors.open({ as: "staff" })).newPage();
    await page.goto("/staff");
    await page.getByRole("link", { name: "Today" }).click();
    await expect(card(page, id)).toBeVisible();
    expect(await kept(page)).toContain("hss-days");
    await press(page, account.name);
    await press(page, "Sign out");
    await expect(heading(page)).toHaveText("Sign in");
    expect(await kept(page)).not.toContain("Aisha Patel");
    const customer = await (await visitors.open({ as: "customer" })).newPage();
    await customer.goto("/staff/day");
    await expect(heading(customer)).toHaveText("Not for your account");
  });
});

test("a return is a stop of its kind: its customer is called by telephone, and it may fail at the door", async ({
  book,
  bookings,
  page,
  request,
  server,
}) => {
  const stored = await book({ name: "Sipho Dlamini", address: "3 Burnett Street, Hatfield", pickup_date: dateIn(-40) });
  await bookings.take(stored, "approve", "pay", "collected", "in_storage");
  const asked = await request.patch(`${server.url}/api/v1/bookings/${stored}`, {
    headers: { "X-HSS-Role": "staff" },
    data: { return_date: dateIn(0), return_window: morning, return_address: "Tuksdorp B6", phone: "082 555 0123" },
  });
  expect(asked.status(), await asked.text()).toBe(200);
  await page.goto("/staff/day");
  const stop = card(page, stored);
  await expect(stop).toContainText("Return");
  await expect(stop.getByRole("link", { name: "Tuksdorp B6 on a map" })).toBeVisible();
  await expect(stop.getByRole("link", { name: "Call 082 555 0123 (Sipho Dlamini)" })).toHaveAttribute("href", "tel:+27825550123");
  await expect(stop.getByRole("link", { name: "WhatsApp (Sipho Dlamini)" })).toHaveAttribute("href", "https://wa.me/27825550123");
  await press(page, `Failed trip ${stored}`);
  await page.getByLabel("Why?").fill("No lift");
  await page.getByRole("dialog").getByRole("button", { name: "Failed trip", exact: true }).click();
  await expect(stop).toContainText("The trip failed");
  await page.goto("/staff");
  await expect(card(page, stored).getByRole("link", { name: "Call 082 555 0123 (Sipho Dlamini)" })).toBeVisible();
});
