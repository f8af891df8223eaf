import { book, thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { demoBookings, pagesOf, show } from "./pages";
import { bookThroughApi } from "./seeded_booking";

test("every page can be linked to and loaded again", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  const id = await book(page, thandi);
  const pages: [string, string][] = [
    ["/", "Book a pickup"],
    ["/booking", "My booking"],
    [`/booking/${id}`, `Booking ${id}`],
    [`/booking/${id}/receipt`, "Receipt"],
    ["/staff", "Board"],
    ["/staff/day", "Today"],
    [`/staff/bookings/${id}`, thandi.name],
    ["/admin", "Overview"],
    ["/admin/bookings?status=submitted", "Bookings"],
    [`/admin/audit?booking_id=${id}`, "Audit trail"],
    ["/settings", "Settings"],
    ["/no/such/page", "Page not found"],
  ];
  for (const [path, title] of pages) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    expect(page.url().endsWith(path)).toBe(true);
  }
});

test("back and forward go through the pages", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  const id = await book(page, thandi);
  await page.getByRole("link", { name: "My booking" }).click();
  await page.getByLabel("Booking reference").fill(id.toLowerCase().replace("hss-", ""));
  await page.getByRole("button", { name: "Show booking" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Booking ${id}`);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("My booking");
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Booking ${id}`);
});

test("an unknown reference is told kindly", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/booking/HSS-0000000000");
  await expect(page.getByRole("alert")).toContainText("We do not know this reference");
});

test("the settings say whether the server is well, and keep another address of the API", async ({ visitors, server }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByText("Connected")).toBeVisible();
  await expect(page.getByText(/hss-backend \d+\.\d+\.\d+/)).toBeVisible();
  await page.getByLabel("API address").fill("nonsense");
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("begins with http://")).toBeVisible();
  await expect(page.getByLabel("API address")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("API address").fill(`${server.url}/`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved in this browser.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("API address")).toHaveValue(server.url);
  await page.getByRole("link", { name: "Book a pickup" }).click();
  await expect(page.getByRole("button", { name: "Bed: one more" })).toBeVisible();
});

test("the settings say so where nobody answers at the address", async ({ visitors, server }) => {
  visitors.expected.push(/ERR_CONNECTION_REFUSED/);
  const page = await (await visitors.open()).newPage();
  await page.goto("/settings");
  await expect(page.getByText("Connected")).toBeVisible();
  await server.stop();
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByRole("alert")).toContainText("Not connected");
});

test("dark mode has a dark ground and light letters", async ({ visitors }) => {
  const luminance = async (scheme: "light" | "dark") => {
    const page = await (await visitors.open({ colorScheme: scheme })).newPage();
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    return page.evaluate(() => {
      const brightness = (colour: string) => (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
      const style = getComputedStyle(document.body);
      return { ground: brightness(style.backgroundColor), ink: brightness(style.color) };
    });
  };
  const light = await luminance("light");
  const dark = await luminance("dark");
  expect(light.ground).toBeGreaterThan(600);
  expect(light.ink).toBeLessThan(200);
  expect(dark.ground).toBeLessThan(150);
  expect(dark.ink).toBeGreaterThan(600);
});

for (const width of [360, 768, 1280]) {
  test.describe(`at ${width} px`, () => {
    test.use({ serverKind: "demo" });
    test("no page scrolls sideways", async ({ visitors, server }) => {
      test.setTimeout(120_000);
      const page = await (await visitors.open({ viewport: { width, height: 800 } })).newPage();
      const long = { name: "Nomvula ".repeat(10).trim(), email: `${"n".repeat(60)}@students.tuks.co.za` };
      const id = await bookThroughApi(page.request, server.url, long);
      const ids = { ...(await demoBookings(page, server.url)), submitted: id };
      for (const shown of pagesOf(ids)) {
        await show(page, shown);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `sideways scroll on ${shown.name}`).toBeLessThanOrEqual(0);
      }
    });
  });
}

test("the role is kept and each role starts on its own page", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await page.getByLabel("View as").selectOption("Staff");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Today");
  await page.getByLabel("View as").selectOption("Admin");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await page.goto("/booking");
  await expect(page.getByLabel("View as")).toHaveValue("admin");
  await page.goto("/staff");
  await expect(page.getByLabel("View as")).toHaveValue("admin");
  await page.goto("/");
  await expect(page.getByLabel("View as")).toHaveValue("customer");
  await page.goto("/admin/bookings");
  await expect(page.getByLabel("View as")).toHaveValue("admin");
  await expect(page.getByText("No bookings yet")).toBeVisible();
});
