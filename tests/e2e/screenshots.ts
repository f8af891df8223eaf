import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { chooseItems, fillSchedule, next, requestButton, thandi } from "./booking_form";
import { startDemo, type Server } from "./server";

const folder = fileURLToPath(new URL("./screenshots/", import.meta.url));
const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

let server: Server;
test.beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  server = await startDemo();
});
test.afterAll(() => server.stop());

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${size}, ${colorScheme}`, async ({ browser }) => {
      const context = await browser.newContext({ baseURL: server.url, viewport, colorScheme });
      const page = await context.newPage();
      const answer = await page.request.get("/api/v1/bookings?limit=200");
      const { bookings } = (await answer.json()) as { bookings: { id: string; status: string }[] };
      const reference = (status: string) => bookings.find((booking) => booking.status === status)?.id;
      const save = async (name: string) => {
        await expect(page.locator(".loading")).toHaveCount(0);
        await page.screenshot({ path: `${folder}${name}-${size}-${colorScheme}.png`, fullPage: true, animations: "disabled" });
      };

      // The first page makes the visitor a customer, who also sees the bookings; the later pages need other roles.
      const pages: [string, string][] = [
        ["book", "/"],
        ["find", "/booking"],
        ["unknown", "/booking/HSS-0000000000"],
        ["staff", "/staff"],
        ["overview", "/admin"],
        ["bookings", "/admin/bookings"],
        ["audit", "/admin/audit"],
      ];
      for (const status of ["submitted", "approved", "in_storage", "declined"]) {
        const id = reference(status);
        if (id) pages.unshift([`booking-${status}`, `/booking/${id}`]);
      }
      pages.unshift(["receipt", `/booking/${reference("in_storage")}/receipt`]);
      await page.goto("/");
      for (const [name, path] of pages) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await save(name);
      }

      await page.goto("/");
      await next(page);
      await expect(page.getByRole("alert")).toBeVisible();
      await save("book-faults");
      await chooseItems(page);
      await expect(page.getByText("Price confirmed")).toBeVisible();
      await save("book-items");
      await next(page);
      await fillSchedule(page, thandi);
      await save("book-schedule");
      await next(page);
      await expect(requestButton(page)).toBeVisible();
      await save("book-review");
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("button", { name: "Test connection" }).click();
      await expect(page.getByText("Connected")).toBeVisible();
      await save("settings");
      await context.close();
    });
  }
}
