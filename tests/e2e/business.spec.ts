import type { APIRequestContext, Page } from "@playwright/test";
import { expectNoViolation } from "./axe";
import { expect, test } from "./fixtures";
import { seedBooking, seedPayment, seedStatus } from "./seeded_booking";

const boxes = {
  name: "Menlyn Moving and Storage Boxes",
  legal_name: "Menlyn Boxes (Pty) Ltd",
  vat_number: "4123456789",
  phone: "012 555 0134",
  whatsapp: "082 555 0134",
  email: "hello@boxes.co.za",
  address: "1 Atterbury Road\nMenlyn, Pretoria",
  terms: { text: "Be kind.\n\nPay in time.\n<b>Nothing</b> else." },
  prohibited: "Gas bottles",
};

async function change(request: APIRequestContext, url: string, body: object): Promise<void> {
  const answer = await request.patch(`${url}/api/v1/admin/business`, { data: body, headers: { "X-HSS-Role": "admin" } });
  expect(answer.status()).toBe(200);
}

const save = (page: Page) => page.getByRole("button", { name: "Save" }).click();
const footer = (page: Page) => page.getByRole("contentinfo");

async function open(page: Page): Promise<void> {
  await page.goto("/admin/business");
  await expect(page.getByLabel("Name", { exact: true })).toBeVisible();
}

for (const auth of ["demo", "accounts"] as const) {
  test.describe(`in ${auth} mode`, () => {
    test.use({ auth });

    test("what the owner saves stands at the foot of a customer's page, with its own pages", async ({ visitors }) => {
      const owner = await (await visitors.open({ as: "admin" })).newPage();
      await owner.goto("/admin");
      await owner.getByRole("link", { name: "Business", exact: true }).click();
      await owner.getByLabel("Name", { exact: true }).fill("Menlyn Boxes");
      await owner.getByLabel("Telephone").fill("012 555 0134");
      await owner.getByLabel("WhatsApp").fill("082 555 0134");
      await owner.getByLabel("E-mail").fill("hello@boxes.co.za");
      await owner.getByLabel("Terms").fill(boxes.terms.text);
      await owner.getByLabel("Most that you pay").fill("R 5 000,50");
      await save(owner);
      await expect(owner.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
      await expect(owner.getByLabel("Most that you pay")).toHaveValue("5000.5");
      await expect(footer(owner)).toContainText("Menlyn Boxes");

      const customer = await (await visitors.open({ as: "nobody" })).newPage();
      await customer.goto("/");
      await expect(customer).toHaveTitle("Book a pickup · Menlyn Boxes");
      await expect(customer.locator(".brand")).toHaveText(/Menlyn\s*Boxes/);
      await expect(footer(customer)).not.toContainText("Hatfield");
      await expect(footer(customer).getByRole("link", { name: "012 555 0134", exact: true })).toHaveAttribute("href", "tel:+27125550134");
      await expect(footer(customer).getByRole("link", { name: "WhatsApp" })).toHaveAttribute("href", "https://wa.me/27825550134");
      await expect(footer(customer).locator('a[href="mailto:hello@boxes.co.za"]')).toHaveText("hello@boxes.co.za");
      await expect(footer(customer).getByRole("link", { name: "Privacy" })).toHaveCount(0);
      await footer(customer).getByRole("link", { name: "Terms" }).click();
      await expect(customer.getByRole("heading", { name: "Terms" })).toBeVisible();
      await expect(customer.locator(".lead")).toContainText("Version 1");
      // Text is text, whatever it looks like.
      await expect(customer.locator(".document p")).toHaveText(["Be kind.", /Pay in time\.\s*<b>Nothing<\/b> else\./]);
    });

    test("the trail tells in plain words what was changed", async ({ visitors, server, request }) => {
      await change(request, server.url, { phone: "012 555 0134", terms: { text: "Be kind." } });
      await change(request, server.url, { phone: "" });
      const page = await (await visitors.open({ as: "admin" })).newPage();
      await page.goto("/admin/audit?event_type=business_changed");
      await expect(page.locator(".event-words > p").first()).toHaveText(
        /changed the business: the telephone number “012 555 0134” removed$/,
      );
      await expect(page.locator(".event-words > p").last()).toHaveText(
        /the telephone number “012 555 0134” added, version 1 of the terms, the terms from nothing to 8 characters$/,
      );
    });
  });
}

test("nothing is at the foot of a page but the name while nothing is saved", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await expect(footer(page)).toHaveText("Hatfield Storage Solutions · student storage in Hatfield, Pretoria");
  await expect(footer(page).getByRole("link")).toHaveCount(0);
  await page.goto("/terms");
  await expect(page.getByText("There is nothing here yet")).toBeVisible();
});

test("a receipt says whose it is and how to reach them", async ({ visitors, server, request }) => {
  await change(request, server.url, boxes);
  const id = await seedBooking(request, server.url);
  await seedPayment(request, server.url, id);
  const page = await (await visitors.open()).newPage();
  await page.goto(`/booking/${id}/receipt`);
  const receipt = page.locator(".receipt");
  await expect(receipt).toContainText("Menlyn Moving and Storage Boxes");
  await expect(receipt).toContainText("Menlyn Boxes (Pty) Ltd · VAT 4123456789");
  await expect(receipt).toContainText(/1 Atterbury Road\s*Menlyn, Pretoria/);
  await expect(receipt.locator('a[href="mailto:hello@boxes.co.za"]')).toBeVisible();
  await page.goto("/admin/sheet");
  await expect(page.locator(".sheet header")).toContainText("Menlyn Moving and Storage Boxes");
  await expect(page.locator(".sheet header")).toContainText("012 555 0134");
});

test("a customer is offered the ways to pay that the business has", async ({ visitors, server, request }) => {
  await change(request, server.url, { payment_methods: ["eft", "cash"] });
  const id = await seedBooking(request, server.url);
  await seedStatus(request, server.url, id, "approved");
  const page = await (await visitors.open()).newPage();
  await page.goto(`/booking/${id}`);
  await expect(page.getByRole("radio", { name: "Card" })).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "EFT" })).toBeChecked();
});

test("who comes back to unsaved changes is told what somebody else has saved meanwhile", async ({ visitors, server, request }) => {
  const page = await (await visitors.open({ as: "admin" })).newPage();
  await open(page);
  await page.getByLabel("Terms").fill("Be kind.");
  await change(request, server.url, { phone: "012 555 0134" });
  await page.reload();
  await expect(page.getByLabel("Terms")).toHaveValue("Be kind.");
  await expect(page.getByLabel("Telephone")).toHaveValue("012 555 0134");
  await expect(page.getByText("Somebody else has saved changes meanwhile")).toHaveCount(0);
  await change(request, server.url, { terms: { text: "Pay in time." } });
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("Somebody else has saved changes meanwhile");
  await expect(page.getByLabel("Terms")).toHaveValue("Be kind.");
});

test("faults stand at their fields, and what was typed stays", async ({ visitors }) => {
  const page = await (await visitors.open({ as: "admin" })).newPage();
  await open(page);
  await page.getByLabel("Name", { exact: true }).fill("");
  await page.getByLabel("Telephone").fill("call me");
  await page.getByLabel("Most that you pay").fill("a lot");
  for (const method of ["Card", "EFT", "Cash"]) await page.getByRole("checkbox", { name: method }).uncheck();
  await save(page);
  await expect(page.getByText("Write the name.")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(page.getByText("This does not look like a telephone number")).toBeVisible();
  await expect(page.getByText("Write an amount in rand, such as 5000.")).toBeVisible();
  await expect(page.getByText("Offer at least one way to pay.")).toBeVisible();
  await expect(page.getByLabel("Telephone")).toHaveValue("call me");
});

test("what is typed and not saved survives a reload and another page, until it is discarded", async ({ visitors }) => {
  const page = await (await visitors.open({ as: "admin" })).newPage();
  await open(page);
  await expect(page.getByRole("button", { name: "Discard changes" })).toHaveCount(0);
  await page.getByLabel("Opening hours").fill("Monday 08:00");
  await page.reload();
  await expect(page.getByLabel("Opening hours")).toHaveValue("Monday 08:00");
  await page.getByRole("link", { name: "Audit" }).click();
  await expect(page.getByRole("heading", { name: "Audit trail" })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("Opening hours")).toHaveValue("Monday 08:00");
  await page.getByRole("button", { name: "Discard changes" }).click();
  await expect(page.getByLabel("Opening hours")).toHaveValue("");
  await page.reload();
  await expect(page.getByLabel("Opening hours")).toHaveValue("");
});

test("two owners at once lose nothing of each other's", async ({ visitors, server, request }) => {
  const page = await (await visitors.open({ as: "admin" })).newPage();
  await open(page);
  await page.getByLabel("Opening hours").fill("Monday 08:00");
  await change(request, server.url, { phone: "012 555 0134" });
  await save(page);
  await expect(page.getByRole("alert")).toContainText("Somebody else has saved changes meanwhile");
  await expect(page.getByLabel("Telephone")).toHaveValue("012 555 0134");
  await expect(page.getByLabel("Opening hours")).toHaveValue("Monday 08:00");
  await save(page);
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  const answer = await request.get(`${server.url}/api/v1/business`);
  expect(await answer.json()).toMatchObject({ phone: "012 555 0134", opening: "Monday 08:00" });
});

for (const width of [320, 360, 1280, 1600]) {
  test(`a long name and every text fit ${width} pixels, without a fault of access`, async ({ visitors, server, request }) => {
    await change(request, server.url, { ...boxes, email: "reception.and.bookings@menlyn-moving-and-storage.co.za" });
    const page = await (await visitors.open({ as: "admin", viewport: { width, height: 740 } })).newPage();
    for (const path of ["/admin/business", "/terms", "/privacy", "/", "/admin/sheet"]) {
      await page.goto(path);
      await expect(page.locator(".loading")).toHaveCount(0);
      await expect(footer(page).getByRole("link", { name: "012 555 0134", exact: true })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
      await expectNoViolation(page, path);
    }
  });
}

test("nothing moves where the name and contact of the business arrive late", async ({ visitors, server, request }) => {
  await change(request, server.url, boxes);
  const page = await (await visitors.open({ viewport: { width: 360, height: 740 } })).newPage();
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/api/v1/auth/session", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  const bed = page.getByRole("button", { name: "Bed: one more" });
  await expect(bed).toBeVisible();
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("main button, nav a, .header .icon-button")].map((one) => Math.round(one.getBoundingClientRect().top)),
    );
  const before = await places();
  release();
  await expect(footer(page).getByRole("link", { name: "012 555 0134", exact: true })).toBeAttached();
  // The switch of roles comes with the same answer, and has its room.
  expect(await places()).toEqual(before);
});

test.describe("in accounts mode", () => {
  test.use({ auth: "accounts" });

  test("staff are told that the business is for administrators", async ({ visitors }) => {
    const page = await (await visitors.open({ as: "staff" })).newPage();
    await page.goto("/admin/business");
    await expect(page.getByText("This page is for administrators")).toBeVisible();
    await expect(page.getByRole("link", { name: "Business", exact: true })).toHaveCount(0);
  });
});
