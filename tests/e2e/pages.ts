import { expect, type Page } from "@playwright/test";
import { chooseItems, fillSchedule, next, requestButton, thandi } from "./booking_form";

/** A page of the UI as a visitor of the demo can open it. */
export interface ShownPage {
  name: string;
  path: string;
  /** Brings the page into the state that is meant, once it is open. */
  prepare?: (page: Page) => Promise<void>;
}

/** A reference of the demo for each status. */
export type DemoBookings = Record<string, string>;

export async function demoBookings(page: Page, url: string): Promise<DemoBookings> {
  const answer = await page.request.get(`${url}/api/v1/bookings?limit=200`);
  const { bookings } = (await answer.json()) as { bookings: { id: string; status: string }[] };
  return Object.fromEntries(bookings.map(({ id, status }) => [status, id]));
}

/** Opens the page as it is meant to be seen, with what it loads. */
export async function show(page: Page, { path, prepare }: ShownPage): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator(".loading")).toHaveCount(0);
  await prepare?.(page);
}

async function showErrors(page: Page): Promise<void> {
  await next(page);
  await expect(page.getByRole("alert")).toBeVisible();
}

async function toItems(page: Page): Promise<void> {
  await chooseItems(page);
  await expect(page.getByText("Price confirmed")).toBeVisible();
}

async function toSchedule(page: Page): Promise<void> {
  await toItems(page);
  await next(page);
  await fillSchedule(page, thandi);
}

async function toReview(page: Page): Promise<void> {
  await toSchedule(page);
  await next(page);
  await expect(requestButton(page)).toBeVisible();
}

async function addWebhook(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address").fill("http://127.0.0.1:9/bookings");
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await expect(dialog.getByLabel("Secret")).toBeVisible();
}

async function testWebhook(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Test http" }).first().click();
  await expect(page.getByRole("alert")).toBeVisible();
}

async function toWebhookLog(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Log of http" }).first().click();
  await expect(page.getByRole("heading", { name: "Log of a webhook" })).toBeVisible();
  await expect(page.locator(".loading")).toHaveCount(0);
}

async function writeMessage(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill("We come at nine. Please have the fridge empty and dry.");
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByText(/^Sent\./)).toBeVisible();
}

async function showPictures(page: Page): Promise<void> {
  await page.getByText("Picture").first().click();
  await page.getByRole("button", { name: "Add a charge" }).click();
}

async function pasteResidences(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Paste a list" }).click();
  await page.getByRole("textbox", { name: "Residences" }).fill("Tuksdorp, Hatfield 0083, 2026-12-04");
}

async function addResidence(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add a residence" }).click();
}

async function toCollected(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "We collect it" }).check({ force: true });
  await page.getByRole("button", { name: "Book", exact: true }).click();
  await expect(page.locator(".faults").first()).toBeVisible();
}

async function addDay(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add a day" }).click();
  // Below those that the calendar has.
  await page.getByLabel("Date").last().fill("2026-12-24");
}

/** Every page, and the states of it that look different. */
export function pagesOf(ids: DemoBookings): ShownPage[] {
  const bookings = ["submitted", "approved", "in_storage", "declined"].map((status) => ({
    name: `booking-${status}`,
    path: `/booking/${ids[status]}`,
  }));
  return [
    { name: "items-empty", path: "/" },
    { name: "items-faults", path: "/", prepare: showErrors },
    { name: "items", path: "/", prepare: toItems },
    { name: "schedule", path: "/", prepare: toSchedule },
    { name: "review", path: "/", prepare: toReview },
    { name: "find", path: "/booking" },
    { name: "booking-unknown", path: "/booking/HSS-0000000000" },
    ...bookings,
    { name: "receipt", path: `/booking/${ids["paid"]}/receipt` },
    { name: "day", path: "/staff/day" },
    { name: "board", path: "/staff" },
    { name: "walk-in", path: "/staff/book" },
    { name: "walk-in-collected", path: "/staff/book", prepare: toCollected },
    { name: "staff-booking", path: `/staff/bookings/${ids["submitted"]}` },
    { name: "events-empty", path: "/admin/events" },
    { name: "webhook-added", path: "/admin/events", prepare: addWebhook },
    { name: "staff-booking-written", path: `/staff/bookings/${ids["submitted"]}`, prepare: writeMessage },
    { name: "booking-written", path: `/booking/${ids["submitted"]}` },
    { name: "overview", path: "/admin" },
    { name: "bookings", path: "/admin/bookings" },
    { name: "audit", path: "/admin/audit" },
    { name: "calendar", path: "/admin/calendar" },
    { name: "calendar-day", path: "/admin/calendar", prepare: addDay },
    { name: "catalog", path: "/admin/catalog", prepare: showPictures },
    { name: "residences", path: "/admin/residences" },
    { name: "residences-paste", path: "/admin/residences", prepare: pasteResidences },
    { name: "residence-add", path: "/admin/residences", prepare: addResidence },
    { name: "events", path: "/admin/events", prepare: testWebhook },
    { name: "webhook-log", path: "/admin/events", prepare: toWebhookLog },
    { name: "business", path: "/admin/business" },
    { name: "sheet", path: "/admin/sheet" },
    { name: "terms-empty", path: "/terms" },
    { name: "nothing-to-trust", path: "/trust" },
    { name: "settings", path: "/settings" },
    { name: "missing", path: "/nowhere" },
  ];
}
