import type { Page } from "@playwright/test";
import { expect, test as base } from "./fixtures";
import { Desk } from "./kiosk_bookings";
import { card, scan, typeKeys } from "./kiosk_page";

const test = base.extend<{ desk: Desk; page: Page }>({
  desk: async ({ request, server }, use) => use(new Desk(request, server.url)),
  page: async ({ visitors }, use) => use(await (await visitors.open()).newPage()),
});

const staffPage = (id: string) => new RegExp(`/staff/bookings/${id}$`);

test("a scan opens the booking from the board, whatever has the focus", async ({ desk, page }) => {
  const other = await desk.book("Sipho Dlamini");
  const id = await desk.book("Aisha Patel");
  await page.goto("/staff");
  await expect(card(page, id)).toBeVisible();
  await scan(page, id);
  await expect(page).toHaveURL(staffPage(id));
  await page.goBack();
  await page.getByRole("button", { name: `Approve ${other}` }).focus();
  await scan(page, id.replace("-", "").toLowerCase());
  await expect(page).toHaveURL(staffPage(id));
  expect(await desk.status(other)).toBe("submitted");
});

test("a scan into the search box searches nothing", async ({ desk, page }) => {
  const id = await desk.book("Aisha Patel");
  await page.goto("/staff?q=sipho");
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
  await page.getByRole("searchbox").focus();
  await scan(page, id);
  await expect(page).toHaveURL(staffPage(id));
  await page.goBack();
  await expect(page).toHaveURL(/\/staff\?q=sipho$/);
  await expect(page.getByRole("searchbox")).toHaveValue("sipho");
});

test("a scan while a booking is being declined declines nothing", async ({ desk, page }) => {
  const id = await desk.book("Aisha Patel");
  const other = await desk.book("Sipho Dlamini");
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
  expect(await desk.status(other)).toBe("submitted");
});

test("a scan leaves a field of another page as it was", async ({ desk, page }) => {
  const id = await desk.book("Aisha Patel");
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

test("a scan on a list of choices chooses nothing", async ({ desk, page }) => {
  const id = await desk.book("Aisha Patel");
  await page.goto("/admin/bookings");
  await page.getByLabel("View as").focus();
  await scan(page, id);
  await expect(page).toHaveURL(staffPage(id));
  await expect(page.getByLabel("View as")).toHaveValue("admin");
});

test("a customer's scan opens the customer's page", async ({ desk, page }) => {
  const id = await desk.book("Aisha Patel");
  await page.goto("/booking");
  await page.getByLabel("Booking reference").focus();
  await scan(page, id);
  await expect(page).toHaveURL(new RegExp(`/booking/${id}$`));
});

test("what a person types is left alone", async ({ desk, page }) => {
  const id = await desk.book("Aisha Patel");
  await page.goto("/staff");
  await page.goto("/settings");
  await page.getByLabel("API address").focus();
  await typeKeys(page, id, 120);
  await expect(page.getByLabel("API address")).toHaveValue(id);
  await expect(page.getByText(/begins with http/)).toBeVisible();
  await expect(page).toHaveURL(/\/settings$/);
});
