// An owner whose business is new is led through what it needs before its first customer.
import { expect, test } from "./fixtures";

test.use({ auth: "accounts" });

test("the overview says what is missing until customers know whom they book with, and when they can", async ({ visitors }) => {
  const page = await (await visitors.open({ as: "admin" })).newPage();
  await page.goto("/admin");
  const missing = page.getByRole("region", { name: "Before customers book" });
  await expect(missing.getByRole("listitem")).toHaveCount(3);
  await expect(missing).not.toContainText("Done");

  await missing.getByRole("link", { name: /^Say who you are/ }).click();
  await page.getByLabel("Telephone").fill("012 555 0134");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await page.goto("/admin");
  await expect(missing.getByRole("listitem").filter({ hasText: "Done" })).toHaveText(/^Say who you are/);

  await missing.getByRole("link", { name: /^Say when you come/ }).click();
  await page.getByRole("button", { name: "Save the calendar" }).click();
  await expect(page.getByText("The calendar is saved")).toBeVisible();
  await page.goto("/admin");
  await expect(page.getByText("No bookings yet")).toBeVisible();
  await expect(missing).toHaveCount(0);
});

test("who gives others accounts sees that as done", async ({ visitors, accounts }) => {
  await accounts.get("staff");
  const page = await (await visitors.open({ as: "admin" })).newPage();
  await page.goto("/admin");
  const missing = page.getByRole("region", { name: "Before customers book" });
  await expect(missing.getByRole("listitem").filter({ hasText: "Done" })).toHaveText(/^Give those who work with you/);
});

test.describe("in demo mode", () => {
  test.use({ auth: "demo" });

  test("nobody is asked to set anything up", async ({ visitors }) => {
    const page = await (await visitors.open({ as: "admin" })).newPage();
    await page.goto("/admin");
    await expect(page.getByText("No bookings yet")).toBeVisible();
    await expect(page.getByText("Before customers book")).toHaveCount(0);
  });
});
