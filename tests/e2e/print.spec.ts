import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { demoBookings, pagesOf, show } from "./pages";
import { brokenWords, cutOff, layOutOnPaper, printPage, sheets, withoutResizing, type Sheet } from "./paper";
import { seedBooking, seedPayment, seedStatus } from "./seeded_booking";
import { expect, test } from "./fixtures";

const pressable = "button:not(.sort), .button, input, select, textarea, summary, nav, [role=search], dialog";
const longName = (number: number) => `Crate ${number} with winter clothes, lecture notes and the good crockery of grandmother`.slice(0, 80);

/** What only paper says there. */
function printedWords(place: Locator): Promise<string> {
  return place.evaluate((element) => getComputedStyle(element, "::after").content.replace(/^"|"$/g, ""));
}

async function bookManyItems(request: APIRequestContext, url: string): Promise<string> {
  const items = Array.from({ length: 200 }, (_, index) => ({ type: "other", name: longName(index + 1) }));
  const id = await seedBooking(request, url, { email: "a.very.long.address.of.somebody.who.stores@students.tuks.co.za", items });
  await seedPayment(request, url, id);
  return id;
}

async function show200(page: Page, path: string): Promise<void> {
  await show(page, { name: path, path });
  await expect(page.getByText(longName(200))).toBeVisible();
}

test.describe("on paper", () => {
  test.use({ serverKind: "demo" });

  for (const sheet of ["portrait", "landscape"] as const) {
    test(`the overview keeps the week that is still running, ${sheet}`, async ({ visitors }) => {
      const page = await (await visitors.open({ viewport: { width: 1280, height: 800 } })).newPage();
      await withoutResizing(page);
      await show(page, { name: "overview", path: "/admin" });
      await layOutOnPaper(page, sheet);
      expect(await cutOff(page)).toEqual([]);
      for (const title of ["Bookings by week", "Revenue by week"]) {
        const week = await page
          .getByRole("region", { name: title })
          .getByRole("img", { name: /still running/ })
          .boundingBox();
        const card = await page.getByRole("region", { name: title }).boundingBox();
        if (!week || !card) throw new Error("The week is not there at all");
        expect(week.x + week.width).toBeLessThanOrEqual(card.x + card.width);
      }
    });
  }

  test("the board shows all five columns, each with all its cards", async ({ visitors }) => {
    const page = await (await visitors.open({ viewport: { width: 390, height: 844 } })).newPage();
    await show(page, { name: "board", path: "/staff" });
    const columns = page.locator(".column");
    await expect(columns.nth(4)).toBeHidden();
    for (const sheet of ["portrait", "landscape"] as const) {
      await layOutOnPaper(page, sheet);
      for (const column of await columns.all()) {
        const cards = column.locator(".board-card");
        await expect(cards).toHaveCount(Number(await column.locator(".count").textContent()));
        await expect(cards.first()).toBeVisible();
        await expect(cards.last()).toBeVisible();
      }
      expect(await cutOff(page)).toEqual([]);
    }
  });

  test("nothing is printed that can only be pressed, nothing is cut off, and everything says when it was true", async ({
    server,
    visitors,
  }) => {
    test.setTimeout(120_000);
    const page = await (await visitors.open()).newPage();
    const ids = await demoBookings(page, server.url);
    const paths = [
      "/admin",
      "/admin/bookings",
      "/admin/audit",
      "/admin/events",
      "/staff/day",
      "/staff",
      `/staff/bookings/${ids["submitted"]}`,
      `/staff/bookings/${ids["approved"]}`,
      `/booking/${ids["submitted"]}`,
      `/booking/${ids["approved"]}`,
      `/booking/${ids["declined"]}`,
      `/booking/${ids["in_storage"]}/receipt`,
    ];
    for (const path of paths) {
      await page.emulateMedia({ media: null });
      await show(page, { name: path, path });
      for (const sheet of ["portrait", "landscape"] as const) {
        await layOutOnPaper(page, sheet);
        const controls = await page
          .locator(pressable)
          .evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).map((one) => one.outerHTML.slice(0, 80)));
        expect(controls, `${path} ${sheet}`).toEqual([]);
        expect(await cutOff(page), `${path} ${sheet}`).toEqual([]);
      }
      if (path.endsWith("/receipt")) continue;
      expect(await printedWords(page.locator(".freshness")), path).toMatch(/As of \d\d? \w+ \d{4}, \d\d:\d\d SAST/);
    }
  });

  test("what is not sent yet is printed without its ways back, and facts stay on one sheet", async ({ server, visitors }) => {
    const page = await (await visitors.open()).newPage();
    const pages = pagesOf(await demoBookings(page, server.url));
    await show(
      page,
      pages.find(({ name }) => name === "review")!,
    );
    await layOutOnPaper(page, "portrait");
    await expect(page.getByText("Edit", { exact: false })).toHaveCount(3);
    for (const way of await page.getByText("Edit", { exact: false }).all()) await expect(way).toBeHidden();
    await page.emulateMedia({ media: null });
    await show(
      page,
      pages.find(({ name }) => name === "schedule")!,
    );
    await layOutOnPaper(page, "portrait");
    await expect(page.getByText(/^We come on /)).toBeVisible();
    await expect(page.locator(".calendar")).toBeHidden();
    await page.emulateMedia({ media: null });
    await show(
      page,
      pages.find(({ name }) => name === "booking-in_storage")!,
    );
    await layOutOnPaper(page, "portrait");
    expect(await page.locator(".facts").evaluate((facts) => getComputedStyle(facts).breakInside)).toBe("avoid");
  });

  test("the size of the sheet is the printer's", async ({ server, visitors }) => {
    const page = await (await visitors.open()).newPage();
    const ids = await demoBookings(page, server.url);
    await show(page, { name: "receipt", path: `/booking/${ids["in_storage"]}/receipt` });
    for (const [sheet, size] of [
      ["portrait", "595x842"],
      ["landscape", "842x595"],
      ["roll", "227x567"],
    ] as const) {
      const { sizes } = await printPage(page, sheet);
      // Chromium rounds to whole pixels.
      const [width = 0, height = 0] = (sizes[0] ?? "").split("x").map(Number);
      const [wantedWidth = 0, wantedHeight = 0] = size.split("x").map(Number);
      expect(sizes).toHaveLength(1);
      expect(Math.abs(width - wantedWidth) + Math.abs(height - wantedHeight), `${sheet}: ${sizes}`).toBeLessThanOrEqual(3);
    }
  });

  test("a table of figures is printed to its last row", async ({ visitors }) => {
    const page = await (await visitors.open()).newPage();
    await show(page, { name: "overview", path: "/admin?weeks=52" });
    await page.getByRole("button", { name: "Show as table: Bookings by week" }).click();
    const frame = page.getByRole("region", { name: "Bookings by week, as a table" });
    const isScrolled = () => frame.evaluate((element) => element.scrollHeight > element.clientHeight + 1);
    expect(await isScrolled()).toBe(true);
    await layOutOnPaper(page, "portrait");
    expect(await isScrolled()).toBe(false);
    await expect(frame.getByRole("row")).toHaveCount(53);
  });

  test("a list says what was chosen of it, and that more follow", async ({ visitors }) => {
    const page = await (await visitors.open()).newPage();
    await show(page, { name: "bookings", path: "/admin/bookings?sort=pickup_date" });
    const choice = () => printedWords(page.locator(".print-only"));
    await expect(page.locator(".print-only")).toBeHidden();
    await layOutOnPaper(page, "portrait");
    expect(await choice()).toBe("All states · Pickup, earliest first · Page 1, more follow");
    await page.emulateMedia({ media: null });
    await show(page, { name: "bookings", path: "/admin/bookings?status=declined" });
    await layOutOnPaper(page, "portrait");
    expect(await choice()).toBe("State: Declined · Booked, newest first · Page 1");
    await expect(page.getByRole("columnheader", { name: "Reference" })).toBeVisible();
  });
});

for (const sheet of ["roll", "narrowRoll", "portrait"] as const satisfies readonly Sheet[]) {
  test(`a receipt on ${sheets[sheet].width} mm breaks no word, reference or amount`, async ({ server, visitors, request }) => {
    const id = await seedBooking(request, server.url, {
      items: [{ type: "bed" }, { type: "box" }, { type: "other", name: "Microwave" }],
      months: 12,
    });
    await seedPayment(request, server.url, id);
    const page = await (await visitors.open()).newPage();
    await show(page, { name: "receipt", path: `/booking/${id}/receipt` });
    await expect(page.getByText("Total paid")).toBeVisible();
    await layOutOnPaper(page, sheet);
    expect(await brokenWords(page, ".receipt")).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
    for (const code of await page.locator(".receipt .code").all()) {
      expect(
        await code.evaluate(
          (one) =>
            one.getClientRects().length + Math.round(one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)),
        ),
      ).toBe(2);
    }
    expect((await printPage(page, sheet)).count).toBeLessThanOrEqual(sheet === "narrowRoll" ? 2 : 1);
  });
}

test("a booking of 200 long items is printed on every paper, and its receipt as well", async ({ server, visitors, request }) => {
  test.setTimeout(120_000);
  const id = await bookManyItems(request, server.url);
  const page = await (await visitors.open()).newPage();
  for (const [path, most] of [
    [`/booking/${id}/receipt`, 14],
    [`/booking/${id}`, 14],
    [`/staff/bookings/${id}`, 14],
  ] as const) {
    await page.emulateMedia({ media: null });
    await show200(page, path);
    for (const sheet of ["portrait", "landscape", "roll", "narrowRoll"] as const) {
      const { count } = await printPage(page, sheet);
      expect(count, `${path} on ${sheet}`).toBeGreaterThan(1);
      expect(count, `${path} on ${sheet}`).toBeLessThanOrEqual(sheet.includes("oll") ? 40 : most);
    }
    await layOutOnPaper(page, "portrait");
    await expect(page.getByText(longName(200))).toBeVisible();
    expect(await cutOff(page)).toEqual([]);
  }
});

test("a column of the board with more than a page says how many are not printed", async ({ server, visitors, request }) => {
  test.setTimeout(120_000);
  for (let index = 0; index < 52; index++) await seedBooking(request, server.url, { name: `Student ${index}` });
  await seedStatus(request, server.url, await seedBooking(request, server.url), "approved");
  const page = await (await visitors.open()).newPage();
  await show(page, { name: "board", path: "/staff" });
  await layOutOnPaper(page, "portrait");
  await expect(page.locator(".print-only")).toHaveText("The first 50 of 52.");
  await expect(page.locator(".print-only")).toBeVisible();
});
