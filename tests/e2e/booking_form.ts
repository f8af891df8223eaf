import type { Page } from "@playwright/test";

export interface Customer {
  name: string;
  email: string;
}

export const thandi: Customer = { name: "Thandi Mokoena", email: "thandi@tuks.co.za" };

/** A pickup date that is still ahead whenever the tests run. */
export function comingDate(daysAhead = 14): string {
  return new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10);
}

/** Fills the form in for one bed and one named lamp, three months: R 1 460 by the seeded catalogue. */
export async function fillBooking(page: Page, customer: Customer): Promise<void> {
  await page.getByRole("button", { name: "Bed: one more" }).click();
  await page.getByRole("button", { name: /^Other.*: one more$/ }).click();
  await page.getByLabel("What is the other item?").fill("Study lamp");
  await page.getByLabel("Pickup date").fill(comingDate());
  await page.getByRole("radio", { name: "08:00 – 11:00" }).check({ force: true });
  await page.getByLabel("Name", { exact: true }).fill(customer.name);
  await page.getByLabel("E-mail", { exact: true }).fill(customer.email);
  await page.getByLabel("Pickup address").fill("12 Burnett Street, Hatfield");
}

/** Books in the open form and gives the reference of the page that follows. */
export async function book(page: Page, customer: Customer): Promise<string> {
  await fillBooking(page, customer);
  await page.getByRole("button", { name: "Book pickup" }).click();
  await page.waitForURL(/\/booking\/HSS-[0-9A-Z]{10}$/);
  return new URL(page.url()).pathname.slice("/booking/".length);
}
