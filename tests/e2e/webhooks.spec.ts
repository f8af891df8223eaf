import type { Page } from "@playwright/test";
import { expect, test as base } from "./fixtures";
import { startReceiver, type Receiver } from "./receiver";
import { seedBooking } from "./seeded_booking";

const test = base.extend<{ receiver: Receiver }>({
  receiver: async ({}, use) => {
    const receiver = await startReceiver();
    await use(receiver);
    await receiver.stop();
  },
});

test.use({ visitor: "admin" });

/** Gives the secret that is shown. */
async function addWebhook(page: Page, url: string): Promise<string> {
  await page.getByRole("button", { name: "Add webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address").fill(url);
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  const secret = await dialog.getByLabel("Secret").inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  return secret;
}

test("the owner adds a webhook, tests it, and sees what it was told", async ({ server, visitors, request, receiver }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/admin");
  await page.getByRole("link", { name: "Events" }).click();
  await expect(page.getByText("No webhooks yet")).toBeVisible();
  const secret = await addWebhook(page, receiver.url);
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
  await expect(page.getByText(secret)).toHaveCount(0);

  await page.getByRole("button", { name: "Test http" }).click();
  await expect(page.getByText("The test message arrived")).toBeVisible();
  expect(receiver.received).toHaveLength(1);
  expect(receiver.received[0]?.body.event_type).toBe("test");
  expect(receiver.received[0]?.isSignedWith(secret)).toBe(true);

  const id = await seedBooking(request, server.url);
  await page.getByRole("link", { name: "Log of http" }).click();
  await expect(page.getByRole("navigation", { name: "Main" }).locator("[aria-current]")).toHaveText(["Events"]);
  const line = page.getByRole("listitem").filter({ hasText: id });
  await expect(line).toContainText("Booking submitted");
  await expect(line).toContainText("Delivered");
  await expect(line).toContainText(/Answered 204 after \d+ ms/);
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[1]?.body).toMatchObject({ event_type: "booking_submitted", booking_id: id });
  expect(receiver.received[1]?.isSignedWith(secret)).toBe(true);

  await line.getByRole("button", { name: /^Send event \d+ again$/ }).click();
  await expect.poll(() => receiver.received.length).toBe(3);
  expect(receiver.received[2]?.id).toBe(receiver.received[1]?.id);
  await expect(line).toContainText("Delivered");
});

test("a receiver that wants no more is told no more; what was set aside can be sent again", async ({
  server,
  visitors,
  request,
  receiver,
}) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/admin/events");
  await addWebhook(page, receiver.url);
  receiver.status = 410;
  await seedBooking(request, server.url);
  await expect(page.getByText("Its receiver answered 410 Gone: it wants no more messages.")).toBeVisible();
  await expect(page.getByText("Disabled", { exact: true })).toBeVisible();

  receiver.status = 200;
  await page.getByRole("button", { name: "Enable http" }).click();
  await expect(page.getByText("Enabled", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^Send event \d+ again$/ }).click();
  await expect.poll(() => receiver.received.length).toBe(2);
  await expect(page.getByRole("heading", { name: "Set aside" })).toHaveCount(0);

  await page.getByRole("button", { name: "Remove http" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("button", { name: "Remove http" }).click();
  await page.getByRole("button", { name: "Remove webhook" }).click();
  await expect(page.getByText("No webhooks yet")).toBeVisible();

  await page.goto("/admin/audit");
  for (const line of [/added the webhook http/, /HSS disabled the webhook http/, /enabled the webhook http/, /removed the webhook http/]) {
    await expect(page.getByText(line)).toBeVisible();
  }
});

test("an address that will not do is explained beside the field", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/admin/events");
  await page.getByRole("button", { name: "Add webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address").fill("ftp://hooks.example");
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await expect(dialog.getByText(/^Write a whole address that begins with http:\/\/ or https:\/\//)).toBeVisible();
  await expect(dialog.getByLabel("Address")).toBeFocused();
});

test("an address where nobody listens fails its test, in words", async ({ visitors, receiver }) => {
  await receiver.stop();
  const page = await (await visitors.open()).newPage();
  await page.goto("/admin/events");
  await addWebhook(page, receiver.url);
  await page.getByRole("button", { name: "Test http" }).click();
  await expect(page.getByRole("alert")).toContainText("takes no connection");
});
