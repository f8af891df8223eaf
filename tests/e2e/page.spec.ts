import type { Page } from "@playwright/test";
import { book, comingDate, fillBooking, thandi } from "./booking_form";
import { expect, test } from "./fixtures";

async function countBookings(page: Page): Promise<number> {
  const answer = await page.request.get("/api/v1/bookings");
  const body = (await answer.json()) as { count: number };
  return body.count;
}

/** The field of a label, with its hint and faults. */
function field(page: Page, label: string) {
  return page.locator(".field").filter({ has: page.getByLabel(label, { exact: true }) });
}

test("every fault stands beside its field, in the server's words", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await page.getByRole("button", { name: "Book pickup" }).click();
  await expect(page.getByRole("alert")).toContainText("things to mend");
  await expect(page.getByRole("group", { name: "What shall we store?" })).toContainText("items must contain at least one entry");
  await expect(field(page, "Name")).toContainText("customer_name ");
  await expect(field(page, "E-mail")).toContainText("email ");
  await expect(field(page, "Pickup date")).toContainText("pickup_date ");
  await expect(page.getByRole("radiogroup", { name: "Pickup time" })).toContainText("pickup_window ");
  await expect(field(page, "Pickup address")).toContainText("address ");

  await fillBooking(page, { name: "T", email: "not an address" });
  await page.getByRole("button", { name: "Book pickup" }).click();
  await expect(field(page, "Name")).toContainText("customer_name must be at least 2 characters");
  await expect(field(page, "E-mail")).toContainText("email is invalid");
  await expect(field(page, "Name").getByRole("textbox")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "Pickup address").getByRole("textbox")).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  expect(await countBookings(page)).toBe(0);
});

test("a pickup in the past is not sent", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await fillBooking(page, thandi);
  await page.getByLabel("Pickup date").fill(comingDate(-3));
  await page.getByRole("button", { name: "Book pickup" }).click();
  await expect(field(page, "Pickup date")).toContainText("must be tomorrow or later");
  expect(await countBookings(page)).toBe(0);
});

test("the price follows the choice and the server confirms it", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  const price = page.getByRole("region", { name: "Your price" });
  await expect(price).toContainText("Choose at least one item");
  await fillBooking(page, thandi);
  await expect(price.getByRole("status")).toHaveText(/Total\s*R\s1\s460/);
  await expect(price).toContainText("Price confirmed");
  await page.getByRole("button", { name: "Months: one more" }).click();
  await expect(price.getByRole("status")).toHaveText(/Total\s*R\s1\s830/);
});

test("a price that changed meanwhile is told before anything is booked", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  visitors.expected.push(/net::ERR_FAILED/);
  // The page sees an older price list once; the server knows the new one.
  await page.route("**/api/v1/catalog", async (route) => {
    const answer = await route.fetch();
    const catalog = (await answer.json()) as { handling_fee: number };
    await route.fulfill({ response: answer, json: { ...catalog, handling_fee: catalog.handling_fee - 50 } });
  });
  await page.route("**/api/v1/quotes", (route) => route.abort());
  await page.goto("/");
  await fillBooking(page, thandi);
  await expect(page.getByRole("region", { name: "Your price" })).toContainText(/R\s1\s410/);
  await page.unroute("**/api/v1/catalog");
  await page.unroute("**/api/v1/quotes");
  await page.getByRole("button", { name: "Book pickup" }).click();
  await expect(page.getByRole("alert")).toContainText(/new total is R\s1\s460, it was R\s1\s410/);
  expect(await countBookings(page)).toBe(0);
  await page.getByRole("button", { name: "Book pickup" }).click();
  await page.waitForURL(/\/booking\/HSS-/);
  expect(await countBookings(page)).toBe(1);
});

test("a double click makes one booking", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await fillBooking(page, thandi);
  await page.getByRole("button", { name: "Book pickup" }).dblclick();
  await page.waitForURL(/\/booking\/HSS-/);
  expect(await countBookings(page)).toBe(1);
});

test("an answer that got lost is asked for again, and one booking stands", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await fillBooking(page, thandi);
  visitors.expected.push(/status of 503/);
  let keys: (string | undefined)[] = [];
  await page.route("**/api/v1/bookings", async (route) => {
    keys = [...keys, route.request().headers()["idempotency-key"]];
    await route.fetch();
    await route.fulfill({ status: 503, contentType: "text/plain", body: "" });
  });
  await page.getByRole("button", { name: "Book pickup" }).click();
  await expect(page.getByRole("alert")).toContainText("it is booked once");
  expect(await countBookings(page)).toBe(1);
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(thandi.name);
  await page.unroute("**/api/v1/bookings");
  const again = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/bookings"));
  await page.getByRole("button", { name: "Book pickup" }).click();
  expect((await again).headers()["idempotency-key"]).toBe(keys[0]);
  await page.waitForURL(/\/booking\/HSS-/);
  expect(await countBookings(page)).toBe(1);
});

test("every page can be linked to and loaded again", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  const id = await book(page, thandi);
  const pages: [string, string][] = [
    ["/", "Book a pickup"],
    ["/booking", "Find a booking"],
    [`/booking/${id}`, `Booking ${id}`],
    ["/staff", "Staff queue"],
    ["/admin", "Overview"],
    ["/admin/bookings?status=submitted", "Bookings"],
    [`/admin/audit?booking_id=${id}`, "Audit trail"],
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
  await page.getByRole("link", { name: "Find a booking" }).click();
  await page.getByLabel("Booking reference").fill(id.toLowerCase().replace("hss-", ""));
  await page.getByRole("button", { name: "Show booking" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Booking ${id}`);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Find a booking");
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Booking ${id}`);
});

test("an unknown reference is told kindly", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/booking/HSS-0000000000");
  await expect(page.getByRole("alert")).toContainText("We do not know this reference");
});

test("the settings test the address of the API", async ({ visitors, server }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByRole("dialog")).toContainText("Connected");
  await page.getByLabel("API address").fill("nonsense");
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByRole("dialog")).toContainText("begins with http://");
  await page.getByLabel("API address").fill(`${server.url}/`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem("hss-api-base"))).toBe(server.url);
  await page.reload();
  await expect(page.getByRole("button", { name: "Bed: one more" })).toBeVisible();
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
  test(`no page scrolls sideways at ${width} px`, async ({ visitors }) => {
    const page = await (await visitors.open({ viewport: { width, height: 800 } })).newPage();
    await page.goto("/");
    const id = await book(page, { name: "Nomvula ".repeat(10).trim(), email: `${"n".repeat(60)}@students.tuks.co.za` });
    const shown: [string, string][] = [
      ["/", "Your price"],
      ["/booking", "Booking reference"],
      [`/booking/${id}`, "Progress"],
      ["/staff", id],
      ["/admin", "Bookings by state"],
      ["/admin/bookings", id],
      ["/admin/audit", id],
    ];
    for (const [path, text] of shown) {
      await page.goto(path);
      await expect(page.getByText(text).first()).toBeVisible();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `sideways scroll on ${path}`).toBeLessThanOrEqual(0);
    }
  });
}

test("a fault goes once its field is changed, and the focus stays", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await page.getByRole("button", { name: "Book pickup" }).click();
  await expect(field(page, "E-mail")).toContainText("email ");
  await page.getByLabel("E-mail", { exact: true }).pressSequentially("thandi");
  await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue("thandi");
  await expect(page.getByLabel("E-mail", { exact: true })).toBeFocused();
  await expect(page.getByLabel("E-mail", { exact: true })).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
});

test("the role is kept and each role starts on its own page", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await page.getByLabel("View as").selectOption("Staff");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Staff queue");
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
