import { expect, type Page } from "@playwright/test";

export interface Customer {
  name: string;
  email: string;
}

export const thandi: Customer = { name: "Thandi Mokoena", email: "thandi@tuks.co.za" };

/** A pickup date that is still ahead whenever the tests run. */
export function comingDate(daysAhead = 14): string {
  return new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10);
}

/** A date in South Africa, as many days after today. */
export function dateIn(days: number): string {
  return new Date(Date.now() + (24 * days + 2) * 3_600_000).toISOString().slice(0, 10);
}

/** A date as the calendar reads it out, e.g. "Tuesday, 01 December 2026". */
export function spokenDate(date: string): string {
  const format: Intl.DateTimeFormatOptions = { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" };
  return new Intl.DateTimeFormat("en-ZA", format).format(new Date(`${date}T00:00:00Z`));
}

/** One bed and one named lamp for three months: R 1 460 by the seeded catalogue. */
export async function chooseItems(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Bed: one more" }).click();
  await page.getByRole("button", { name: "Other item: one more" }).click();
  await page.getByRole("textbox", { name: "Other item 1" }).fill("Study lamp");
}

export const dayButton = (page: Page, date: string) => page.getByRole("button", { name: new RegExp(`^${spokenDate(date)}`) });

/** Turns to the month of a day, from the month shown or one before it. */
export async function showDay(page: Page, date: string): Promise<void> {
  await expect(page.getByRole("grid")).toBeVisible();
  for (let turned = 0; turned < 12 && !(await dayButton(page, date).isVisible()); turned++) {
    await page.getByRole("button", { name: "Next month" }).click();
  }
}

/** Picks a day of the month shown, or of one after it. */
export async function pickDate(page: Page, date: string): Promise<void> {
  await showDay(page, date);
  await dayButton(page, date).click();
}

export async function fillSchedule(page: Page, customer: Customer): Promise<void> {
  await pickDate(page, comingDate());
  await page.getByRole("radio", { name: "08:00 – 11:00" }).check({ force: true });
  await fillDetails(page, customer);
}

export async function fillDetails(page: Page, customer: Customer): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(customer.name);
  await page.getByLabel("E-mail", { exact: true }).fill(customer.email);
  await page.getByLabel("Pickup address").fill("12 Burnett Street, Hatfield");
}

export async function next(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Next", exact: true }).click();
}

/** From the first step to the review, with nothing sent yet. */
export async function fillBooking(page: Page, customer: Customer): Promise<void> {
  await chooseItems(page);
  await next(page);
  await fillSchedule(page, customer);
  await next(page);
  await expect(requestButton(page)).toBeVisible();
}

export function requestButton(page: Page) {
  return page.getByRole("button", { name: "Request pickup" });
}

/** The reference of the booking's page, once it is there. */
export async function bookedReference(page: Page): Promise<string> {
  await page.waitForURL(/\/booking\/HSS-[0-9A-Z]{10}(\?|$)/);
  return new URL(page.url()).pathname.slice("/booking/".length);
}

/** Books from the open first step and gives the reference of the page that follows. */
export async function book(page: Page, customer: Customer): Promise<string> {
  await fillBooking(page, customer);
  await requestButton(page).click();
  return bookedReference(page);
}

/** The bookings that the page's visitor may see. */
export async function countBookings(page: Page): Promise<number> {
  const login = await page.evaluate(() => localStorage.getItem("hss-login"));
  const { token } = login ? (JSON.parse(login) as { token: string }) : { token: null };
  const answer = await page.request.get("/api/v1/bookings", { headers: token ? { Authorization: `Bearer ${token}` } : {} });
  const body = (await answer.json()) as { count: number };
  return body.count;
}

/** The field of a label, with its hint and faults. */
export function field(page: Page, label: string) {
  return page.locator(".field").filter({ has: page.getByLabel(label, { exact: true }) });
}
