// What was filled in is kept for whoever filled it in, and shown to nobody else.
import type { BrowserContext, Page } from "@playwright/test";
import { chooseItems, countBookings, fillBooking, fillDetails, next, pickDate, comingDate, requestButton, thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { bookThroughApi } from "./seeded_booking";

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function reopen(page: Page, path = "/"): Promise<Page> {
  const context = page.context();
  await page.close();
  const opened = await context.newPage();
  await opened.goto(path);
  return opened;
}

test("a booking that is half filled in is there again after the tab was closed", async ({ visitors }) => {
  let page = await (await visitors.open()).newPage();
  await page.goto("/");
  await chooseItems(page);
  await next(page);
  await pickDate(page, comingDate());
  await fillDetails(page, thandi);
  page = await reopen(page);
  await expect(page.getByRole("textbox", { name: "Bed: how many" })).toHaveValue("1");
  await expect(page.getByRole("textbox", { name: "Other item 1" })).toHaveValue("Study lamp");
  await next(page);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(thandi.name);
  await expect(page.getByLabel("Pickup address")).toHaveValue("12 Burnett Street, Hatfield");
});

test("a booking that was made leaves no draft behind, in this tab or the next", async ({ visitors }) => {
  let page = await (await visitors.open()).newPage();
  await page.goto("/");
  await fillBooking(page, thandi);
  await requestButton(page).click();
  await page.waitForURL(/\/booking\/HSS-/);
  page = await reopen(page);
  await expect(page.getByRole("textbox", { name: "Bed: how many" })).toHaveValue("0");
});

test("a request whose answer got lost with the tab is booked once from the next one", async ({ visitors }) => {
  visitors.expected.push(/net::ERR_/);
  let page = await (await visitors.open()).newPage();
  await page.goto("/");
  await fillBooking(page, thandi);
  await page.route("**/api/v1/bookings", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await requestButton(page).click();
  await expect(page.getByText("We did not hear back")).toBeVisible();
  page = await reopen(page, "/book/review");
  await requestButton(page).click();
  await page.waitForURL(/\/booking\/HSS-/);
  expect(await countBookings(page)).toBe(1);
});

test.describe("on a shared screen", () => {
  const aisha = { name: "Aisha Patel", pin: "739152" };
  const sipho = { name: "Sipho Dlamini", pin: "284061" };
  const lockAfter = 10;
  test.use({ auth: "accounts", lockAfter });

  const isLocked = (page: Page) => expect(page.getByRole("heading", { name: "Who are you?" })).toBeVisible();

  async function unlock(page: Page, { name, pin }: typeof aisha): Promise<void> {
    await page.getByRole("button", { name }).click();
    for (const digit of pin) await press(page, digit);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Board");
  }

  async function openKiosk({
    visitors,
    accounts,
  }: {
    visitors: { open(options: object): Promise<BrowserContext> };
    accounts: { deviceBrowser(seconds: number): Promise<unknown>; addWithPin(name: string, pin: string): Promise<unknown> };
  }): Promise<Page> {
    const kiosk = await visitors.open({ as: "nobody", storageState: await accounts.deviceBrowser(lockAfter), hasTouch: true });
    for (const { name, pin } of [aisha, sipho]) await accounts.addWithPin(name, pin);
    return kiosk.newPage();
  }

  test("the idle lock keeps a half-typed message for who typed it, and shows it to nobody else", async ({
    visitors,
    accounts,
    request,
    server,
  }) => {
    const id = await bookThroughApi(request, server.url, thandi);
    const page = await openKiosk({ visitors, accounts });
    await page.clock.install();
    await page.goto("/staff");
    await unlock(page, aisha);
    const open = async () => {
      await page.getByRole("link", { name: id }).click();
      await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
    };
    await open();
    await page.getByRole("textbox", { name: "Message" }).fill("We come at nine, please");
    await page.clock.runFor(lockAfter * 1_000 + 500);
    await isLocked(page);

    await unlock(page, sipho);
    await open();
    await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("");
    await press(page, "Lock");
    await isLocked(page);

    await unlock(page, aisha);
    await open();
    await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("We come at nine, please");
    await press(page, "Send message");
    await expect(page.getByText("Sent. The customer reads it")).toBeVisible();
    await page.reload();
    await expect(page.getByText("We come at nine, please")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("");
  });

  test("nothing of the last customer prefills the next walk-in, and Remember my details is never ticked", async ({
    visitors,
    accounts,
  }) => {
    const page = await openKiosk({ visitors, accounts });
    // As a browser that became a shared screen may have kept them before.
    await page.addInitScript(() =>
      localStorage.setItem(
        "hss-details",
        JSON.stringify({ customer_name: "Old Customer", email: "old@tuks.co.za", address: "1 Old Street", account_id: null }),
      ),
    );
    await page.goto("/staff");
    await unlock(page, aisha);
    const toDetails = async () => {
      await page.goto("/");
      await chooseItems(page);
      await next(page);
      await expect(page.getByRole("grid")).toBeVisible();
    };
    await toDetails();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
    await expect(page.getByLabel("Remember my details on this device")).not.toBeChecked();
    await pickDate(page, comingDate());
    await page.getByRole("radio", { name: "08:00 – 11:00" }).check({ force: true });
    await fillDetails(page, thandi);
    await next(page);
    await requestButton(page).click();
    await page.waitForURL(/\/booking\/HSS-/);

    await toDetails();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
    await expect(page.getByLabel("Pickup address")).toHaveValue("");
    await expect(page.getByLabel("Remember my details on this device")).not.toBeChecked();
    await fillDetails(page, thandi);
    // The walk-in went away: who comes next finds an empty form.
    await page.getByRole("link", { name: "Board" }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Board");
    await toDetails();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
    // But for what the board shows of who has booked, which goes with the kiosk's sign-out.
    expect(await page.evaluate(() => localStorage.getItem("hss-draft"))).toBeNull();
  });
});
