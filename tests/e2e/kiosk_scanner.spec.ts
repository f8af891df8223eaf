import type { Page } from "@playwright/test";
import { expect, test as base } from "./fixtures";
import { BookingsApi } from "./kiosk_bookings";
import { card, scan, typeKeys } from "./kiosk_page";

const test = base.extend<{ bookings: BookingsApi; page: Page }>({
  bookings: async ({ request, server }, use) => use(new BookingsApi(request, server.url)),
  page: async ({ visitors }, use) => use(await (await visitors.open()).newPage()),
});

const staffPage = (id: string) => new RegExp(`/staff/bookings/${id}$`);

test("a scan opens the booking from the board, whatever has the focus", async ({ bookings, page }) => {
  const other = await bookings.book("Sipho Dlamini");
  const id = await bookings.book("Aisha Patel");
  await page.goto("/staff");
  await expect(card(page, id)).toBeVisible();
  await scan(page, id);
  await expect(page).toHaveURL(staffPage(id));
  await page.goBack();
  await page.getByRole("button", { name: `Approve ${other}` }).focus();
  await scan(page, id.replace("-", "").toLowerCase());
  await expect(page).toHaveURL(staffPage(id));
  expect(await bookings.status(other)).toBe("submitted");
});

test("a scan into the search box searches nothing", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel");
  await page.goto("/staff?q=sipho");
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
  await page.getByRole("searchbox").focus();
  await scan(page, id);
  await expect(page).toHaveURL(staffPage(id));
  await page.goBack();
  await expect(page).toHaveURL(/\/staff\?q=sipho$/);
  await expect(page.getByRole("searchbox")).toHaveValue("sipho");
});

test("a scan while a booking is being declined declines nothing", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel");
  const other = await bookings.book("Sipho Dlamini");
  await page.goto(`/staff/bookings/${other}`);
  await page.getByRole("button", { name: `Decline ${other}` }).click();
  const reason = page.getByLabel("Reason");
  await reason.fill("Too far");
  await scan(page, other);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: `Decline ${other}` }).click();
  await reason.focus();
  await scan(page, id);
  await expect(page).toHaveURL(staffPage(id));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Aisha Patel");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await bookings.status(other)).toBe("submitted");
});

test("a scan leaves a field of another page as it was", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel");
  await page.goto("/staff");
  await page.goto("/settings");
  const field = page.getByLabel("API address");
  await field.evaluate((input) => {
    input.addEventListener("input", () => sessionStorage.setItem("last", input instanceof HTMLInputElement ? input.value : "?"));
  });
  await field.pressSequentially("http");
  await typeKeys(page, "", 500);
  await field.focus();
  await scan(page, id);
  await expect(page).toHaveURL(staffPage(id));
  expect(await page.evaluate(() => sessionStorage.getItem("last"))).toBe("http");
  expect(await page.evaluate(() => localStorage.getItem("hss-api-base"))).toBeNull();
});

test("a scan on a list of choices chooses nothing", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel");
  await page.goto("/admin/bookings");
  await page.getByLabel("View as").focus();
  await scan(page, id);
  await expect(page).toHaveURL(staffPage(id));
  await expect(page.getByLabel("View as")).toHaveValue("admin");
});

test("a customer's scan opens the customer's page", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel");
  await page.goto("/booking");
  await page.getByLabel("Booking reference").focus();
  await scan(page, id);
  await expect(page).toHaveURL(new RegExp(`/booking/${id}$`));
});

test("what a person types is left alone", async ({ bookings, page }) => {
  const id = await bookings.book("Aisha Patel");
  await page.goto("/staff");
  await page.goto("/settings");
  await page.getByLabel("API address").focus();
  await typeKeys(page, id, 120);
  await expect(page.getByLabel("API address")).toHaveValue(id);
  await expect(page.getByText(/begins with http/)).toBeVisible();
  await expect(page).toHaveURL(/\/settings$/);
});

/** As scanners and keyboards type a reference. */
const dresses: readonly [string, (id: string) => string][] = [
  ["behind the symbology's name", (id) => `]C0${id}`],
  ["behind a tilde", (id) => `~${id}`],
  ["with a space behind", (id) => `${id} `],
  ["on a German keyboard", (id) => id.replace("-", "ß")],
  ["on a French keyboard", (id) => id.replace("-", ")")],
  ["on a Spanish keyboard", (id) => id.replace("-", "'")],
  ["with a slash", (id) => id.replace("-", "/")],
  ["with an underscore", (id) => id.replace("-", "_")],
  ["without HSS-", (id) => id.slice(4)],
  ["as the page's address", (id) => `https://hss.example.co.za/hss/booking/${id}`],
];

for (const [name, dress] of dresses) {
  test(`a scan ${name} opens its booking, and its Enter presses nothing`, async ({ bookings, page }) => {
    const other = await bookings.book("Sipho Dlamini");
    const id = await bookings.book("Aisha Patel");
    await page.goto("/staff");
    await page.getByRole("button", { name: `Approve ${other}` }).focus();
    await scan(page, dress(id));
    await expect(page).toHaveURL(staffPage(id));
    await page.goBack();
    await page.getByRole("searchbox").focus();
    await scan(page, dress(id));
    await expect(page).toHaveURL(staffPage(id));
    await page.goBack();
    await expect(page.getByRole("searchbox")).toHaveValue("");
    expect(await bookings.status(other)).toBe("submitted");
    expect(await bookings.changes()).toEqual([]);
  });
}

for (const gap of [60, 100]) {
  test(`a scanner that takes ${gap} ms a key opens the booking, too`, async ({ bookings, page }) => {
    const other = await bookings.book("Sipho Dlamini");
    const id = await bookings.book("Aisha Patel");
    await page.goto("/staff");
    await page.getByRole("button", { name: `Approve ${other}` }).focus();
    await typeKeys(page, id, gap);
    await expect(page).toHaveURL(staffPage(id));
    await page.goBack();
    await page.getByRole("searchbox").focus();
    await typeKeys(page, id, gap);
    await expect(page).toHaveURL(staffPage(id));
    expect(await bookings.status(other)).toBe("submitted");
  });
}

test("a scan that ends in a Tab opens the booking, and an Enter behind it presses nothing", async ({ bookings, page }) => {
  const other = await bookings.book("Sipho Dlamini");
  const id = await bookings.book("Aisha Patel");
  await page.goto("/staff");
  await page.getByRole("button", { name: `Approve ${other}` }).focus();
  await typeKeys(page, [...id, "Tab"], 4);
  await expect(page).toHaveURL(staffPage(id));
  expect(await bookings.changes()).toEqual([]);
});

for (const gap of [4, 100]) {
  test(`a scan that holds no reference says so and presses nothing, at ${gap} ms a key`, async ({ bookings, page }) => {
    const other = await bookings.book("Sipho Dlamini");
    await page.goto("/staff");
    for (const code of ["6001087340120", "HSS-7K3M9QX2V", "a b c", "12"]) {
      await page.getByRole("button", { name: `Approve ${other}` }).focus();
      await typeKeys(page, code, gap);
      await expect(page.getByRole("alert")).toHaveText(`There is no booking reference in what was scanned: ${code}`);
      await expect(page.getByRole("alert")).toBeVisible();
    }
    await expect(page).toHaveURL(/\/staff$/);
    expect(await bookings.status(other)).toBe("submitted");
    expect(await bookings.changes()).toEqual([]);
  });
}

test("a scan that holds no reference leaves the field that it fell into as it was, and says so over a dialog", async ({
  bookings,
  page,
}) => {
  const other = await bookings.book("Sipho Dlamini");
  await page.goto(`/staff/bookings/${other}`);
  await page.getByRole("button", { name: `Decline ${other}` }).click();
  await page.getByLabel("Reason").fill("Too far");
  await scan(page, "6001087340120");
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("6001087340120");
  await expect(page.getByLabel("Reason")).toHaveValue("Too far");
  expect(await bookings.status(other)).toBe("submitted");
});

test("a reference is pasted into the search in any dress", async ({ bookings, page, server }) => {
  const id = await bookings.book("Aisha Patel");
  await bookings.book("Sipho Dlamini");
  await page.goto("/staff");
  for (const text of [
    `Ref: ${id}.`,
    `“${id}”`,
    id.replace("-", "–"),
    id.slice(4).toLowerCase(),
    `${server.url}/booking/${id}/receipt`,
    `${id.slice(0, 7)}\u200b${id.slice(7)}`,
  ]) {
    await page.getByRole("searchbox").fill(text);
    await expect(page.getByText("1 booking matches")).toBeVisible();
    await expect(card(page, id)).toBeVisible();
    await page.getByRole("searchbox").fill("");
    await expect(page.getByText("1 booking matches")).toHaveCount(0);
  }
  await page.getByRole("searchbox").fill(`see ${server.url}/booking/${id}`);
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(staffPage(id));
});

test("a customer finds a booking by a reference in any dress, and hears where there is none", async ({ bookings, page, server }) => {
  const id = await bookings.book("Aisha Patel");
  for (const text of [`${server.url}/booking/${id}?sent=earlier`, `Ref: ${id}.`, id.replace("-", "—"), id.slice(4)]) {
    await page.goto("/booking");
    await page.getByLabel("Booking reference").fill(text);
    await page.getByRole("button", { name: "Show booking" }).click();
    await expect(page).toHaveURL(new RegExp(`/booking/${id}$`));
  }
  await page.goto("/booking");
  await page.getByLabel("Booking reference").fill("https://example.com/a/page");
  await page.getByRole("button", { name: "Show booking" }).click();
  await expect(page.getByText("There is no reference in this")).toBeVisible();
  await expect(page).toHaveURL(/\/booking$/);
  await page.goto(`/booking/${id.toLowerCase().replace("-", "")}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Booking ${id}`);
});
