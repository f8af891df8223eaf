// Terms that a customer accepts, a booking that staff make for somebody, and the code by which it gets into an account.
import type { APIRequestContext, Page } from "@playwright/test";
import { bookedReference, fillBooking, requestButton, thandi } from "./booking_form";
import { expect, test } from "./fixtures";

test.use({ auth: "accounts" });

async function saveTerms(request: APIRequestContext, url: string, text: string): Promise<void> {
  const answer = await request.patch(`${url}/api/v1/admin/business`, { data: { terms: { text } } });
  expect(answer.status()).toBe(200);
}

const termsTick = (page: Page) => page.getByRole("checkbox", { name: /^I have read and accept the terms/ });

/** Books a box that Lindiwe has brought; her reference. */
async function bookWalkIn(staff: Page): Promise<string> {
  await staff.goto("/staff/book");
  await staff.getByLabel("Name", { exact: true }).fill("Lindiwe Nkosi");
  await staff.getByLabel("Telephone").fill("082 555 0123");
  await staff.getByRole("button", { name: "Box: one more" }).click();
  await staff.getByRole("button", { name: "Book", exact: true }).click();
  await staff.waitForURL(/\/staff\/bookings\/HSS-[0-9A-Z]{10}$/);
  return new URL(staff.url()).pathname.slice("/staff/bookings/".length);
}

async function claim(customer: Page, reference: string, code: string): Promise<void> {
  await customer.getByLabel("Booking reference").fill(reference);
  await customer.getByLabel("Code").fill(code);
  await customer.getByRole("button", { name: "Add to my bookings" }).click();
}

test("a customer accepts the terms before booking, and reads them again where they change meanwhile", async ({
  visitors,
  server,
  request,
}) => {
  await saveTerms(request, server.url, "Be kind.");
  const page = await (await visitors.open({ as: "customer" })).newPage();
  await page.goto("/");
  await fillBooking(page, thandi);
  await expect(termsTick(page)).toBeEnabled();
  await requestButton(page).click();
  await expect(page.getByText("Tick that you accept our terms.")).toBeVisible();
  await expect(termsTick(page)).toBeFocused();
  await termsTick(page).check();
  await page.getByRole("checkbox", { name: /^You may collect before my cooling-off days/ }).check();
  await saveTerms(request, server.url, "Be kinder.");
  await requestButton(page).click();
  await expect(page.getByText("Our terms have changed meanwhile.")).toBeVisible();
  await expect(termsTick(page)).not.toBeChecked();
  await termsTick(page).check();
  await requestButton(page).click();
  const id = await bookedReference(page);
  await expect(page.getByRole("region", { name: "Pickup" })).toContainText("Version 2, accepted");
  const staff = await (await visitors.open({ as: "staff" })).newPage();
  await staff.goto(`/staff/bookings/${id}`);
  await expect(staff.getByRole("region", { name: "Pickup" })).toContainText("Version 2, accepted");
  await expect(staff.getByRole("region", { name: "Pickup" })).toContainText("May begin before it is over");
});

test("staff book what was brought with a telephone number alone; it is at the store on the day, and nothing stays on the device", async ({
  visitors,
}) => {
  const staff = await (await visitors.open({ as: "staff" })).newPage();
  const id = await bookWalkIn(staff);
  const contact = staff.getByRole("region", { name: "Brought to the store" });
  await expect(contact).toContainText("082 555 0123");
  await expect(contact).not.toContainText("E-mail");
  await expect(contact).not.toContainText("Address");
  const kept = await staff.evaluate(() =>
    JSON.stringify([{ ...sessionStorage }, localStorage.getItem("hss-draft"), localStorage.getItem("hss-details")]),
  );
  expect(kept).not.toContain("Lindiwe");
  await staff.goto("/staff/book");
  await expect(staff.getByLabel("Name", { exact: true })).toHaveValue("");
  await staff.goto("/staff/day");
  const store = staff.getByRole("region", { name: "At the store" });
  await expect(store.locator(`[data-booking="${id}"]`)).toContainText("brings it to the store");
  await expect(store.getByRole("link", { name: /on a map/ })).toHaveCount(0);
  await expect(staff.locator(".day-window").last()).toContainText("Lindiwe Nkosi");
});

test("faults of a booking for somebody stand at their fields, and what we collect needs an address", async ({ visitors }) => {
  const staff = await (await visitors.open({ as: "staff" })).newPage();
  await staff.goto("/staff/book");
  await staff.getByRole("button", { name: "Book", exact: true }).click();
  await expect(staff.getByText("Tell us your name.")).toBeVisible();
  await expect(staff.getByText("Write the e-mail address.")).toBeVisible();
  await expect(staff.getByText("Choose at least one thing to store.")).toBeVisible();
  await expect(staff.getByText("Tell us where to collect.")).toHaveCount(0);
  await staff.getByRole("radio", { name: "We collect it" }).check({ force: true });
  await staff.getByRole("button", { name: "Book", exact: true }).click();
  await expect(staff.getByText("Tell us where to collect.")).toBeVisible();
  await expect(staff.getByText("Choose a time.")).toBeVisible();
});

test("the customer takes the booking into their account with the code on its receipt", async ({ visitors }) => {
  const staff = await (await visitors.open({ as: "staff" })).newPage();
  const id = await bookWalkIn(staff);
  const card = staff.getByRole("region", { name: "For the customer’s own account" });
  await card.getByRole("button", { name: "Make a claim code" }).click();
  const code = staff.locator(".claim-code");
  await expect(code).toHaveText(/^[0-9A-Z]{5} [0-9A-Z]{5}$/);
  const shown = (await code.textContent()) ?? "";

  const customer = await (await visitors.open({ as: "customer" })).newPage();
  await customer.goto("/booking");
  await customer.getByText("Did we book for you at our counter?").click();
  await claim(customer, "", shown);
  await expect(customer.getByText("Type the reference, such as HSS‑7K3M9QX2VD.")).toBeVisible();
  await claim(customer, id, "7K3QX 9M2VA");
  await expect(customer.getByRole("alert")).toContainText("There is no booking with this reference and this code");
  await claim(customer, id.toLowerCase(), shown.toLowerCase());
  await customer.waitForURL(`**/booking/${id}`);
  await expect(customer.getByRole("region", { name: "Progress" })).toContainText("In your account");
  await customer.goto("/booking");
  await expect(customer.getByRole("link", { name: new RegExp(id) })).toBeVisible();

  await staff.reload();
  await expect(staff.getByRole("region", { name: "History" })).toContainText("Claimed into an account");
  await expect(card).toHaveCount(0);
});
