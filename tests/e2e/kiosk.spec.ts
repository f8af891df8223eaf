import type { Page } from "@playwright/test";
import { comingDate } from "./booking_form";
import { expect, test as base } from "./fixtures";
import { BookingsApi } from "./kiosk_bookings";
import { card, cards, networkGone } from "./kiosk_page";

const test = base.extend<{ bookings: BookingsApi }>({
  bookings: async ({ request, server }, use) => use(new BookingsApi(request, server.url)),
});

test.use({ visitor: "staff" });

const next = (page: Page, name: string) => page.getByRole("button", { name });

test("the board has a column for each state with its true count, the oldest first", async ({ bookings, visitors }) => {
  const ids: string[] = [];
  for (const name of ["Aisha Patel", "Sipho Dlamini", "Lerato Nkosi", "Johan Botha", "Priya Naidoo", "Zanele Zulu"]) {
    ids.push(await bookings.book(name));
  }
  const [first = "", second = "", approved = "", paid = "", collected = "", stored = ""] = ids;
  await bookings.take(approved, "approve");
  await bookings.take(paid, "approve", "pay");
  await bookings.take(collected, "approve", "pay", "collected");
  await bookings.take(stored, "approve", "pay", "collected", "in_storage");
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Submitted 2", "Approved 1", "Paid 1", "Collected 1", "In storage 1"]);
  await expect(cards(page, "Submitted").first()).toContainText(first);
  await expect(cards(page, "Submitted").last()).toContainText(second);
  await expect(card(page, paid)).toContainText("Johan Botha");
  await expect(card(page, paid)).toContainText("1 item");
});

test("a long column counts all and shows more on demand", async ({ bookings, visitors }) => {
  for (let number = 1; number <= 53; number++) await bookings.book(`Student ${number}`);
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await expect(page.getByRole("heading", { name: "Submitted 53" })).toBeVisible();
  await expect(cards(page, "Submitted")).toHaveCount(50);
  await next(page, "Show more: Submitted").click();
  await expect(cards(page, "Submitted")).toHaveCount(53);
  await expect(next(page, "Show more: Submitted")).toHaveCount(0);
});

test("pickups of today and late ones say so in words", async ({ bookings, visitors }) => {
  const late = await bookings.book("Late Student", "2020-01-31");
  const today = await bookings.book("Today Student", new Date(Date.now() + 7_200_000).toISOString().slice(0, 10));
  const ahead = await bookings.book("Coming Student", comingDate());
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await expect(card(page, late)).toContainText("Late: ");
  await expect(card(page, today)).toContainText("Today");
  await expect(card(page, ahead)).not.toContainText(/Late|Today/);
});

test("under To return stands the day of the return, and not that of the pickup", async ({ bookings, visitors }) => {
  const stored = await bookings.book("Stored Student", comingDate());
  const collected = await bookings.book("Collected Student", comingDate());
  await bookings.take(stored, "approve", "pay", "collected", "in_storage");
  await bookings.take(collected, "approve", "pay", "collected");
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await expect(card(page, stored)).toContainText("Return by ");
  await expect(card(page, collected)).toContainText("Collected ");
  for (const id of [stored, collected]) {
    await expect(card(page, id)).toContainText("1 month");
    await expect(card(page, id)).not.toContainText("11:00");
  }
  await card(page, stored).getByRole("link").click();
  await expect(page.getByRole("region", { name: "Pickup" })).toContainText("Return by ");
});

test("one event costs one card, and the counts stay true", async ({ bookings, visitors }) => {
  const first = await bookings.book("Aisha Patel");
  const page = await (await visitors.open()).newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const heard = page.waitForResponse((response) => response.url().endsWith("/events"));
  await page.goto("/staff");
  await heard;
  await expect(card(page, first)).toBeVisible();
  // The board is asked for once more when the stream is there.
  await expect.poll(() => asked.filter((path) => path === "/api/v1/staff/board").length).toBe(2);
  await page.waitForTimeout(1_000);
  asked.length = 0;
  const head = (column: string) => page.getByRole("heading", { name: new RegExp(`^${column}`) });
  const second = await bookings.book("Sipho Dlamini");
  await expect(card(page, second)).toBeVisible();
  await expect(head("Submitted")).toHaveText(/2$/);
  await bookings.take(second, "approve");
  await expect(cards(page, "Approved")).toContainText(second);
  await bookings.take(first, "declined");
  await expect(card(page, first)).toHaveCount(0);
  await expect(head("Submitted")).toHaveText(/0$/);
  await expect(head("Approved")).toHaveText(/1$/);
  await next(page, `Undo approval ${second}`).click();
  await expect(cards(page, "Submitted")).toContainText(second);
  await expect(head("Submitted")).toHaveText(/1$/);
  expect(asked.filter((path) => path === "/api/v1/staff/board")).toEqual([]);
  expect(new Set(asked.filter((path) => path.startsWith("/api/v1/bookings/HSS-") && !path.endsWith("/status")))).toEqual(
    new Set([first, second].map((id) => `/api/v1/bookings/${id}`)),
  );
});

test("a booking made since the kiosk was last looked at is marked new until somebody takes note", async ({ bookings, visitors }) => {
  const old = await bookings.book("Aisha Patel");
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await expect(card(page, old)).toBeVisible();
  await expect(card(page, old)).not.toContainText("New");

  const opened = await bookings.book("Sipho Dlamini");
  const acted = await bookings.book("Lerato Nkosi");
  const left = await bookings.book("Johan Botha");
  await expect(card(page, left)).toContainText("New");
  await expect(page.getByText("3 new")).toBeVisible();
  await expect(page).toHaveTitle(/^\(3\) Board/);
  await page.reload();
  await expect(page).toHaveTitle(/^\(3\) Board/);

  await card(page, opened).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sipho Dlamini");
  await page.goBack();
  await expect(page).toHaveTitle(/^\(2\) Board/);
  await next(page, `Approve ${acted}`).click();
  await expect(page).toHaveTitle(/^\(1\) Board/);
  await next(page, "Mark all as seen").click();
  await expect(page).toHaveTitle(/^Board/);
  await expect(card(page, left)).not.toContainText("New");
});

test("a booking goes the whole way by its next step, from the board and its own page", async ({ bookings, visitors }) => {
  const id = await bookings.book("Aisha Patel");
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await next(page, `Approve ${id}`).click();
  await expect(cards(page, "Approved")).toContainText(id);
  await card(page, id).getByRole("link").click();
  await page.getByRole("radio", { name: "Cash" }).check({ force: true });
  await next(page, "Take payment").click();
  await expect(page.getByText("Paid. Next, collect the items.")).toBeVisible();
  await page.getByRole("link", { name: "Back to the board" }).click();
  await next(page, `Mark collected ${id}`).click();
  await expect(cards(page, "Collected")).toContainText(id);
  await next(page, `Put in storage ${id}`).click();
  await expect(cards(page, "In storage")).toContainText(id);
  await next(page, `Mark returned ${id}`).click();
  await expect(page.getByRole("dialog")).toContainText("Everything handed back?");
  expect(await bookings.status(id)).toBe("in_storage");
  await next(page, "Yes, all handed back").click();
  await expect(card(page, id)).toHaveCount(0);

  await page.goto(`/staff/bookings/${id}`);
  const history = page.getByRole("region", { name: "History" }).getByRole("listitem");
  await expect(history).toHaveText([
    /^Submitted.* by (the customer|an admin)$/,
    /^Approved.* by staff$/,
    /^Paid by cash.* by staff$/,
    /^Collected.* by staff$/,
    /^In storage.* by staff$/,
    /^Returned.* by staff$/,
  ]);
  await page.getByRole("link", { name: "Open the audit trail" }).click();
  await expect(page).toHaveURL(new RegExp(`booking_id=${id}`));
});

test("an approval can be undone at once, and later too", async ({ bookings, visitors }) => {
  const id = await bookings.book("Aisha Patel");
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await next(page, `Approve ${id}`).click();
  await next(page, `Undo approval of ${id}`).click();
  await expect(cards(page, "Submitted")).toContainText(id);
  await expect.poll(() => bookings.status(id)).toBe("submitted");
  await next(page, `Approve ${id}`).click();
  await cards(page, "Approved")
    .getByRole("button", { name: `Undo approval ${id}` })
    .click();
  await expect(cards(page, "Submitted")).toContainText(id);
  expect(await bookings.changes()).toEqual([
    `${id} submitted -> approved`,
    `${id} approved -> submitted`,
    `${id} submitted -> approved`,
    `${id} approved -> submitted`,
  ]);
});

test("a booking is declined with a reason, which its history keeps", async ({ bookings, visitors }) => {
  const id = await bookings.book("Aisha Patel");
  const page = await (await visitors.open()).newPage();
  await page.goto(`/staff/bookings/${id}`);
  await next(page, `Decline ${id}`).click();
  await next(page, "Decline booking").click();
  await expect(page.getByText("Give a reason first.")).toBeVisible();
  await page.getByLabel("Reason").fill("Outside our area");
  await next(page, "Decline booking").click();
  await expect(page.getByText("We declined this booking.")).toBeVisible();
  await expect(page.getByRole("region", { name: "History" })).toContainText("“Outside our area”");
});

test("the search finds by name, e-mail and reference while typing, finished bookings too, and acts", async ({ bookings, visitors }) => {
  const aisha = await bookings.book("Aisha Patel");
  const sipho = await bookings.book("Sipho Dlamini");
  await bookings.take(sipho, "cancelled");
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  const search = page.getByRole("searchbox");
  const found = page.getByRole("list", { name: "Bookings found" }).getByRole("listitem");
  await search.fill("sipho");
  await expect(found).toHaveText([/Cancelled/]);
  await search.fill("aisha.patel@");
  await expect(found).toContainText(aisha);
  await next(page, `Approve ${aisha}`).click();
  await expect(found).toContainText("Approved");
  await search.fill("nobody");
  await expect(page.getByText("No booking matches")).toBeVisible();
  await search.fill(aisha.toLowerCase().replace("hss-", "hss"));
  await search.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/staff/bookings/${aisha}$`));
});

test("an unknown reference is told kindly", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff/bookings/HSS-0000000000");
  await expect(page.getByRole("alert")).toContainText("There is no booking with this reference");
});

test("a kiosk that is slower than another is told why its action was refused", async ({ bookings, visitors }) => {
  const id = await bookings.book("Aisha Patel");
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await page.route("**/approve", async (route) => {
    await bookings.take(id, "declined");
    await route.continue();
  });
  await next(page, `Approve ${id}`).click();
  const rejection = page.getByRole("alert");
  await expect(rejection).toContainText("“Approve” did not go through for Aisha Patel");
  await expect(rejection).toContainText("This booking is “Declined” by now, so it cannot become “Approved”.");
  await expect(card(page, id)).toHaveCount(0);
  await page.reload();
  await expect(rejection).toContainText(id);
  await next(page, `Dismiss: Approve ${id}`).click();
  await expect(rejection).toHaveCount(0);
});

test("two kiosks that approve the same booking approve it once", async ({ bookings, visitors }) => {
  visitors.expected.push(networkGone);
  const id = await bookings.book("Aisha Patel");
  const kiosks = await Promise.all([visitors.open(), visitors.open()].map(async (context) => (await context).newPage()));
  for (const page of kiosks) {
    // Neither hears what the other does before it does the same.
    await page.route("**/events", (route) => route.abort());
    await page.goto("/staff");
    await expect(card(page, id)).toBeVisible();
  }
  await Promise.all(kiosks.map((page) => next(page, `Approve ${id}`).click()));
  for (const page of kiosks) await expect(cards(page, "Approved")).toContainText(id);
  expect(await bookings.changes()).toEqual([`${id} submitted -> approved`]);
});

test("what another desk does appears without reloading", async ({ bookings, visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await expect(page.getByText("Nothing here").first()).toBeVisible();
  const id = await bookings.book("Aisha Patel");
  await expect(cards(page, "Submitted")).toContainText(id);
  await bookings.take(id, "approve");
  await expect(cards(page, "Approved")).toContainText(id);
});

test("a board that has not changed costs a 304", async ({ bookings, visitors }) => {
  await bookings.book("Aisha Patel");
  const page = await (await visitors.open()).newPage();
  const unchanged = page.waitForResponse((response) => response.url().includes("/staff/board") && response.status() === 304);
  await page.goto("/staff");
  expect((await unchanged).request().headers()["if-none-match"]).toBeTruthy();
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
});

test("the keyboard alone approves, and keeps its place", async ({ bookings, visitors }) => {
  const first = await bookings.book("Aisha Patel");
  const second = await bookings.book("Sipho Dlamini");
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await expect(card(page, second)).toBeVisible();
  await page.getByRole("searchbox").focus();
  await page.keyboard.press("Tab");
  await expect(card(page, first).getByRole("link")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(next(page, `Approve ${first}`)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(cards(page, "Approved")).toContainText(first);
  await expect(card(page, second).getByRole("link")).toBeFocused();
  expect(await bookings.status(second)).toBe("submitted");

  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sipho Dlamini");
  await next(page, `Approve ${second}`).focus();
  await page.keyboard.press("Enter");
  await expect(next(page, "Take payment")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("radio", { name: "Card" })).toBeFocused();
});

test("on a phone one column is shown: the first with work, then that which is chosen by its name and count", async ({
  bookings,
  visitors,
}) => {
  const id = await bookings.book("Aisha Patel");
  await bookings.take(id, "approve", "pay");
  const page = await (await visitors.open({ viewport: { width: 390, height: 844 }, hasTouch: true })).newPage();
  await page.goto("/staff");
  await expect(page.getByRole("heading", { name: "Paid 1" })).toBeVisible();
  await next(page, "Submitted 0").click();
  await expect(page.getByRole("heading", { name: "Paid 1" })).toBeHidden();
  await next(page, "Paid 1").click();
  await expect(page.getByRole("heading", { name: "Submitted 0" })).toBeHidden();
  await expect(card(page, id)).toContainText("Burnett Street");
  await card(page, id).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Aisha Patel");
  await page.goBack();
  await expect(card(page, id)).toBeVisible();
});

test("on a kiosk's screen the board fills it, nothing scrolls sideways and every target is large enough", async ({
  bookings,
  visitors,
}) => {
  const long = await bookings.book("Nomvula ".repeat(10).trim());
  for (let number = 1; number <= 6; number++) await bookings.book(`Student ${number}`);
  await bookings.take(long, "approve");
  const page = await (await visitors.open({ viewport: { width: 1280, height: 800 }, hasTouch: true })).newPage();
  for (const path of ["/staff", `/staff/bookings/${long}`]) {
    await page.goto(path);
    await expect(page.getByText(long).first()).toBeVisible();
    const page_size = await page.evaluate(() => ({
      sideways: document.documentElement.scrollWidth - window.innerWidth,
      down: document.documentElement.scrollHeight - window.innerHeight,
    }));
    expect(page_size.sideways).toBeLessThanOrEqual(0);
    if (path === "/staff") expect(page_size.down).toBeLessThanOrEqual(0);
    const small = await page.locator("main").evaluate((main) =>
      [...main.querySelectorAll("a, button, input, summary")]
        .map((element) => ({ element, box: (element.closest("label") ?? element).getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
        .map(({ element, box }) => `${element.textContent} ${box.width} × ${box.height}`),
    );
    expect(small).toEqual([]);
  }
});
