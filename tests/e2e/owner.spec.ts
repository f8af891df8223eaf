import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import type { APIRequestContext, Download, Page } from "@playwright/test";
import { comingDate } from "./booking_form";
import { csvRows } from "./csv_rows";
import { expect, test } from "./fixtures";
import { seedBooking, seedPayment, seedStatus } from "./seeded_booking";

test.use({ visitor: "admin" });

interface Statistics {
  weeks: { week: string; bookings: number; revenue: number }[];
  items: { type: string; label: string; count: number }[];
  durations: { duration_months: number; count: number }[];
}

async function statistics(request: APIRequestContext, url: string, weeks = 12): Promise<Statistics> {
  const answer = await request.get(`${url}/api/v1/admin/statistics?weeks=${weeks}`, { headers: { "X-HSS-Role": "admin" } });
  expect(answer.status()).toBe(200);
  return (await answer.json()) as Statistics;
}

function chart(page: Page, title: string) {
  return page.getByRole("region", { name: title, exact: true });
}

/** Numbers are grouped by a space that does not break. */
function plain(text: string): string {
  return text.replace(/\s/g, " ");
}

/** The rows of a chart's table, below its head. */
async function tableRows(page: Page, title: string): Promise<string[][]> {
  await chart(page, title).getByRole("button", { name: "Show as table" }).click();
  const rows = await chart(page, title).locator("tbody tr").all();
  return Promise.all(rows.map(async (row) => (await row.locator("th, td").allInnerTexts()).map(plain)));
}

function tableOfBookings(page: Page) {
  return page.getByRole("table").locator("tbody tr");
}

async function seedMany(request: APIRequestContext, url: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 1; index <= count; index++) {
    ids.push(await seedBooking(request, url, { name: `Student ${String(index).padStart(3, "0")}` }));
  }
  return ids;
}

async function savedCsv(download: Download): Promise<string> {
  return readFile(await download.path(), "utf8");
}

test.describe("overview", () => {
  test("shows what was booked and paid by week, item, months and state", async ({ server, visitors, request }) => {
    const paid = await seedBooking(request, server.url, { items: [{ type: "bed" }, { type: "box" }, { type: "box" }], months: 3 });
    await seedPayment(request, server.url, paid);
    await seedBooking(request, server.url, { months: 3 });
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin");

    await expect(page.locator("dl > div").filter({ hasText: "Paid revenue" })).toContainText(/R\s1\s460/);
    await expect(page.locator("dl > div").filter({ hasText: "Booked value" })).toContainText(/R\s1\s990/);
    await expect(page.getByRole("link", { name: /^Waiting for approval\s*1$/ })).toBeVisible();
    await expect(page.getByRole("link", { name: /^To collect\s*1$/ })).toBeVisible();
    await expect(chart(page, "Bookings by week").getByRole("img", { name: /^Week of .*, still running: 2 bookings$/ })).toBeVisible();
    await expect(chart(page, "Bookings by week")).toContainText("2 bookings in 12 weeks");
    await expect(chart(page, "Revenue by week").getByRole("img", { name: /, still running: R\s1\s460 paid$/ })).toBeVisible();
    await expect(chart(page, "Items booked").getByRole("listitem").first()).toHaveText(/^Box\s*3 · 75%$/);
    await expect(chart(page, "Months booked").getByRole("img", { name: "3 months: 2 bookings" })).toBeVisible();
    await expect(chart(page, "Bookings by state").getByRole("listitem").filter({ hasText: "Paid" })).toHaveText(/^Paid\s*1$/);
  });

  test("declined and cancelled bookings are bookings, but no booked value", async ({ server, visitors, request }) => {
    await seedBooking(request, server.url, { months: 2 });
    await seedStatus(request, server.url, await seedBooking(request, server.url), "declined", "Outside our area");
    await seedStatus(request, server.url, await seedBooking(request, server.url), "cancelled");
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin");
    const booked = page.locator("dl > div").filter({ hasText: "Booked value" });
    await expect(booked).toContainText(/R\s470/);
    await expect(booked).toContainText("without declined and cancelled");
    await expect(page.locator("dl > div").filter({ hasText: "whatever became of them" })).toContainText(/^Bookings\s*3/);
  });

  test("charts can be read as tables, which agree with the API", async ({ server, visitors, request }) => {
    await seedPayment(
      request,
      server.url,
      await seedBooking(request, server.url, { items: [{ type: "fridge" }, { type: "suitcase" }], months: 5 }),
    );
    await seedBooking(request, server.url, { items: [{ type: "box" }] });
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin");
    const { weeks, items, durations } = await statistics(request, server.url);

    weeks.reverse();
    const byWeek = await tableRows(page, "Bookings by week");
    expect(byWeek.map(([, bookings]) => Number(bookings))).toEqual(weeks.map(({ bookings }) => bookings));
    expect(byWeek[0]?.[0]).toContain("still running");
    const revenue = await tableRows(page, "Revenue by week");
    expect(revenue.map(([, rand = ""]) => Number(rand.replace(/[R ]/g, "").replace(",", ".")))).toEqual(weeks.map((week) => week.revenue));
    const stored = await tableRows(page, "Items booked");
    expect(new Map(stored.map(([label, count]) => [label, Number(count)]))).toEqual(
      new Map(items.map(({ label, count }) => [label, count])),
    );
    const months = await tableRows(page, "Months booked");
    expect(months.map(([month, count]) => [Number(month), Number(count)])).toEqual(
      durations.map((one) => [one.duration_months, one.count]),
    );
    expect(await tableRows(page, "Bookings by state")).toContainEqual(["Paid", "1"]);
  });

  test("shows as many weeks as are asked for, also after a reload", async ({ server, visitors, request }) => {
    await seedBooking(request, server.url);
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin");
    const columns = chart(page, "Bookings by week").getByRole("img");
    await expect(columns).toHaveCount(12);
    await page.getByRole("radio", { name: "26 weeks" }).check({ force: true });
    await expect(columns).toHaveCount(26);
    await page.reload();
    await expect(page.getByRole("radio", { name: "26 weeks" })).toBeChecked();
    await expect(columns).toHaveCount(26);
  });

  test("columns are walked through by the arrow keys, and tell their figure", async ({ server, visitors, request }) => {
    await seedBooking(request, server.url);
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin");
    const weeks = chart(page, "Bookings by week");
    const columns = weeks.getByRole("img");
    await weeks.getByRole("button", { name: "Show as table" }).focus();
    await page.keyboard.press("Tab");
    await expect(columns.last()).toBeFocused();
    await expect(weeks).toContainText(/1 booking so far · Week of/);
    await page.keyboard.press("ArrowLeft");
    await expect(columns.nth(10)).toBeFocused();
    await expect(weeks).toContainText(/0 bookings · Week of/);
    await page.keyboard.press("Home");
    await expect(columns.first()).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(chart(page, "Revenue by week").getByRole("button", { name: "Show as table" })).toBeFocused();
  });

  test("a state leads to the bookings in it", async ({ server, visitors, request }) => {
    await seedBooking(request, server.url);
    const gone = await seedBooking(request, server.url, { name: "Sipho Dlamini" });
    await seedStatus(request, server.url, gone, "cancelled");
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin");
    await chart(page, "Bookings by state").getByRole("link", { name: "Cancelled" }).click();
    await expect(page).toHaveURL(/\/admin\/bookings\?status=cancelled$/);
    await expect(tableOfBookings(page)).toHaveText([/Sipho Dlamini/]);
    await expect(page.getByLabel("State", { exact: true })).toHaveValue("cancelled");
  });

  test("of a new business says that nothing is there yet, and begins by itself", async ({ server, visitors, request }) => {
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin");
    await expect(page.getByText("No bookings yet")).toBeVisible();
    await expect(page.locator(".charts")).toHaveCount(0);
    await seedBooking(request, server.url);
    await expect(chart(page, "Bookings by week").getByRole("img").last()).toHaveAccessibleName(/: 1 booking$/);
  });
});

interface CountedBooking {
  id: string;
  status: string;
  total: number;
  duration_months: number;
  created_at: string;
  payment_reference: string | null;
}

/** The Monday of a time's week in South Africa. */
function mondayOf(time: string): string {
  const day = new Date(new Date(time).getTime() + 2 * 3_600_000);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

function countBy<T>(all: readonly T[], name: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(name(one), (counts.get(name(one)) ?? 0) + 1);
  return counts;
}

const numberOf = (text = "") => Number(plain(text).replace(/[R ]/g, "").replace(",", "."));

test.describe("overview of the demo", { tag: "@demo" }, () => {
  test.use({ serverKind: "demo" });

  test("every figure is what a recount of the bookings gives", async ({ server, visitors, request }) => {
    const fetched = await request.get(`${server.url}/api/v1/bookings?limit=200`);
    const { bookings, next_cursor } = (await fetched.json()) as { bookings: CountedBooking[]; next_cursor: string | null };
    expect(next_cursor).toBeNull();
    const items: { item_type: string }[] = [];
    for (const { id } of bookings) {
      const detail = (await (await request.get(`${server.url}/api/v1/bookings/${id}`)).json()) as { items: { item_type: string }[] };
      items.push(...detail.items);
    }
    const audit = await request.get(`${server.url}/api/v1/audit?event_type=payment_captured&limit=200`, {
      headers: { "X-HSS-Role": "admin" },
    });
    const { events } = (await audit.json()) as { events: { booking_id: string; created_at: string }[] };
    const totals = new Map(bookings.map(({ id, total }) => [id, total]));
    const sum = (some: readonly CountedBooking[]) => some.reduce((all, { total }) => all + total, 0);
    const byStatus = countBy(bookings, ({ status }) => status);
    expect(byStatus.get("declined")).toBeGreaterThan(0);
    expect(byStatus.get("cancelled")).toBeGreaterThan(0);

    const page = await (await visitors.open()).newPage();
    await page.goto("/admin?weeks=52");
    const headline = (name: string) => page.locator("dl > div").filter({ hasText: name }).locator("strong");
    await expect(headline("Paid revenue")).toBeVisible();
    expect(numberOf(await headline("Bookings").innerText())).toBe(bookings.length);
    expect(numberOf(await headline("Booked value").innerText())).toBe(
      sum(bookings.filter(({ status }) => !["declined", "cancelled"].includes(status))),
    );
    expect(numberOf(await headline("Paid revenue").innerText())).toBe(sum(bookings.filter(({ payment_reference }) => payment_reference)));
    for (const [name, status] of [
      ["Waiting for approval", "submitted"],
      ["Waiting for payment", "approved"],
      ["To collect", "paid"],
      ["In storage", "in_storage"],
    ] as const) {
      const entry = page.getByRole("list", { name: "Where bookings stand" }).getByRole("link", { name });
      expect(numberOf(await entry.locator("strong").innerText()), name).toBe(byStatus.get(status) ?? 0);
    }

    const counts = (rows: string[][]) => new Map(rows.map(([name = "", count]) => [name, numberOf(count)]));
    const labels: Record<string, string> = { in_storage: "In storage" };
    const labelOf = (status: string) => labels[status] ?? status[0]?.toUpperCase() + status.slice(1);
    expect(counts(await tableRows(page, "Bookings by state"))).toEqual(
      new Map([...byStatus].map(([status, count]) => [labelOf(status), count])),
    );
    const types: Record<string, string> = { bed: "Bed", fridge: "Fridge", box: "Box", suitcase: "Suitcase", other: "Other item" };
    const byType = countBy(items, ({ item_type }) => types[item_type] ?? item_type);
    expect(counts(await tableRows(page, "Items booked"))).toEqual(byType);
    await expect(chart(page, "Items booked")).toContainText("also those declined, cancelled or returned");
    const months = counts(await tableRows(page, "Months booked"));
    const byMonths = countBy(bookings, ({ duration_months }) => String(duration_months));
    for (const [month, count] of months) expect(count, `${month} months`).toBe(byMonths.get(month) ?? 0);

    const shownWeeks = (await statistics(request, server.url, 52)).weeks.map(({ week }) => week).reverse();
    const bookingsByWeek = countBy(bookings, ({ created_at }) => mondayOf(created_at));
    const weekRows = await tableRows(page, "Bookings by week");
    expect(weekRows.map(([, count]) => numberOf(count))).toEqual(shownWeeks.map((week) => bookingsByWeek.get(week) ?? 0));
    const revenue = new Map<string, number>();
    for (const { booking_id, created_at } of events)
      revenue.set(mondayOf(created_at), (revenue.get(mondayOf(created_at)) ?? 0) + (totals.get(booking_id) ?? 0));
    const revenueRows = await tableRows(page, "Revenue by week");
    expect(revenueRows.map(([, rand]) => numberOf(rand))).toEqual(shownWeeks.map((week) => revenue.get(week) ?? 0));
  });
});

test.describe("large figures", { tag: "@demo" }, () => {
  const large = {
    total_bookings: 1_234_567,
    gross_value: 9_876_543_210.5,
    booked_value: 8_765_432_109.5,
    paid_revenue: 7_654_321_098.5,
    status_breakdown: ["submitted", "approved", "paid", "collected", "in_storage", "returned", "declined", "cancelled"].map(
      (status, index) => ({ status, count: 10 ** index + 10 }),
    ),
    request_id: "large",
  };
  const weeks = Array.from({ length: 12 }, (_, index) => ({
    week: new Date(Date.UTC(2026, 8, 7 + 7 * index)).toISOString().slice(0, 10),
    bookings: 10 + index * 18_234,
    revenue: 2_898 + index * 1_827_340.5,
  }));

  for (const width of [320, 360, 768, 1100, 1280]) {
    test(`stand on one line, and no label is cut off, at ${width} pixels`, async ({ server, visitors, request }) => {
      const real = await statistics(request, server.url);
      const page = await (await visitors.open({ viewport: { width, height: 800 } })).newPage();
      await page.route("**/api/v1/admin/overview", (route) => route.fulfill({ json: large }));
      await page.route("**/api/v1/admin/statistics*", (route) => route.fulfill({ json: { ...real, weeks, request_id: "large" } }));
      await page.goto("/admin");
      await expect(chart(page, "Revenue by week").getByRole("img").last()).toBeVisible();
      const figures = page.locator(".totals strong, .todo strong, .bar-count, .totals dt, .todo span, .bars a, .chart-toggle");
      const broken = await figures.evaluateAll((all) =>
        all.flatMap((one) => {
          const words = (one.textContent ?? "").split(/ /);
          const node = one.firstChild;
          if (!node) return [];
          let from = 0;
          return words.filter((word) => {
            const range = document.createRange();
            range.setStart(node, from);
            range.setEnd(node, from + word.length);
            from += word.length + 1;
            return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
          });
        }),
      );
      expect(broken).toEqual([]);
      const cut = await page.locator(".chart-frame svg").evaluateAll((charts) =>
        charts.flatMap((drawn) => {
          const frame = drawn.getBoundingClientRect();
          const reaches = ({ left, right, top, bottom }: DOMRect) =>
            left < frame.left - 0.5 || right > frame.right + 0.5 || top < frame.top - 0.5 || bottom > frame.bottom + 0.5;
          return [...drawn.querySelectorAll("text")]
            .filter((label) => reaches(label.getBoundingClientRect()))
            .map((label) => label.textContent);
        }),
      );
      expect(cut).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
      const texts = await chart(page, "Revenue by week").locator("text").allTextContents();
      expect(texts.join(" ")).not.toMatch(/K/);
      expect(texts.some((text) => /M/.test(text))).toBe(true);
      expect((await chart(page, "Bookings by week").locator("text").allTextContents()).some((text) => /\dk$/.test(text))).toBe(true);
    });
  }
});

test.describe("table of bookings", () => {
  test("pages by cursor, and a reload gives the same page", async ({ server, visitors, request }) => {
    const ids = await seedMany(request, server.url, 53);
    const page = await (await visitors.open()).newPage();
    const rows = tableOfBookings(page);
    await page.goto("/admin/bookings");
    await expect(rows).toHaveCount(25);
    await expect(rows.first()).toContainText(ids[52] ?? "");
    await expect(page.getByRole("link", { name: "Newer" })).toHaveAttribute("aria-disabled", "true");
    await page.getByRole("link", { name: "Older" }).click();
    await expect(rows.first()).toContainText(ids[27] ?? "");
    await page.getByRole("link", { name: "Older" }).click();
    await expect(rows).toHaveCount(3);
    await expect(rows.last()).toContainText(ids[0] ?? "");
    await expect(page.getByText("Page 3")).toBeVisible();
    await expect(page.getByRole("link", { name: "Older" })).toHaveAttribute("aria-disabled", "true");

    await page.getByRole("link", { name: "Newer" }).click();
    await expect(rows.first()).toContainText(ids[27] ?? "");
    await page.goBack();
    await expect(rows).toHaveCount(3);
    await page.reload();
    await expect(rows).toHaveCount(3);
    await expect(page.getByText("Page 3")).toBeVisible();
    await page.getByRole("link", { name: "First page" }).click();
    await expect(rows.first()).toContainText(ids[52] ?? "");
  });

  test("filters, searches and keeps what was asked in its address", async ({ server, visitors, request }) => {
    const ids = await seedMany(request, server.url, 28);
    await seedStatus(request, server.url, ids[3] ?? "", "cancelled");
    const page = await (await visitors.open()).newPage();
    const rows = tableOfBookings(page);
    await page.goto("/admin/bookings");
    await page.getByRole("link", { name: "Older" }).click();
    await expect(rows).toHaveCount(3);
    await page.getByLabel("State", { exact: true }).selectOption("Cancelled");
    await expect(rows).toHaveCount(1);
    await page.reload();
    await expect(rows).toHaveText([new RegExp(ids[3] ?? "")]);
    await page.getByLabel("State", { exact: true }).selectOption("All");
    await page.getByRole("searchbox").fill("student.017@");
    await expect(rows).toHaveText([/Student 017/]);
    await page.reload();
    await expect(page.getByRole("searchbox")).toHaveValue("student.017@");
    await expect(rows).toHaveCount(1);

    await page.getByRole("searchbox").fill("nobody");
    await page.getByRole("link", { name: "Show all bookings" }).click();
    await expect(rows).toHaveCount(25);
    await expect(page.getByRole("searchbox")).toHaveValue("");
    await page.getByLabel("Rows").selectOption("50");
    await expect(rows).toHaveCount(28);
    await expect(page).toHaveURL(/rows=50/);
  });

  test("what is typed and what is chosen right after it both hold", async ({ server, visitors, request }) => {
    const ids = await seedMany(request, server.url, 3);
    await seedStatus(request, server.url, ids[0] ?? "", "cancelled");
    await seedStatus(request, server.url, ids[1] ?? "", "cancelled");
    const page = await (await visitors.open()).newPage();
    const rows = tableOfBookings(page);
    await page.clock.install();
    await page.goto("/admin/bookings");
    await expect(rows).toHaveCount(3);
    await page.clock.pauseAt(Date.now() + 3_600_000);
    await page.getByRole("searchbox").fill("student.002@");
    await page.getByLabel("State", { exact: true }).selectOption("Cancelled");
    await expect(page).toHaveURL(/status=cancelled/);
    await page.clock.runFor(400);
    await expect(page).toHaveURL(/\?status=cancelled&q=student\.002/);
    await expect(page.getByRole("searchbox")).toHaveValue("student.002@");
    await page.getByLabel("State", { exact: true }).selectOption("All");
    await page.getByRole("searchbox").fill("student.003@");
    await page.clock.runFor(400);
    await expect(page).toHaveURL(/bookings\?q=student\.003/);
    await expect(rows).toHaveText([/Student 003/]);
  });

  test("an address that changes takes nothing away from somebody who types", async ({ server, visitors, request }) => {
    await seedMany(request, server.url, 2);
    const page = await (await visitors.open()).newPage();
    await page.clock.install();
    await page.goto("/admin/bookings");
    await page.getByRole("link", { name: "Overview" }).click();
    await page.goto("/admin/bookings?q=student.001@");
    const box = page.getByRole("searchbox");
    await expect(tableOfBookings(page)).toHaveCount(1);
    await page.evaluate(() => history.pushState(null, "", "/admin/bookings"));
    await page.goBack();
    await expect(box).toHaveValue("student.001@");
    await page.clock.pauseAt(Date.now() + 3_600_000);
    await box.fill("student.002@");
    await page.goForward();
    await expect(page).toHaveURL(/\/admin\/bookings$/);
    await page.clock.runFor(100);
    await expect(box).toHaveValue("student.002@");
    await page.clock.runFor(400);
    await expect(page).toHaveURL(/q=student\.002/);
    await expect(tableOfBookings(page)).toHaveText([/Student 002/]);
  });

  test("sorts by the day of pickup and of booking, and says which way", async ({ server, visitors, request }) => {
    const last = await seedBooking(request, server.url, { pickup_date: comingDate(30) });
    const first = await seedBooking(request, server.url, { pickup_date: comingDate(5) });
    const middle = await seedBooking(request, server.url, { pickup_date: comingDate(9) });
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin/bookings");
    const shows = (...ids: string[]) => expect(tableOfBookings(page).locator("th")).toHaveText(ids);
    const head = (name: string) => page.getByRole("columnheader", { name });
    await shows(middle, first, last);
    await expect(head("Booked")).toHaveAttribute("aria-sort", "descending");
    await head("Pickup").getByRole("button").click();
    await shows(first, middle, last);
    await expect(head("Pickup")).toHaveAttribute("aria-sort", "ascending");
    await expect(head("Booked")).toHaveAttribute("aria-sort", "none");
    await head("Pickup").getByRole("button").click();
    await shows(last, middle, first);
    await page.reload();
    await shows(last, middle, first);
    await head("Booked").getByRole("button").click();
    await head("Booked").getByRole("button").click();
    await shows(last, first, middle);
    await expect(head("Booked")).toHaveAttribute("aria-sort", "ascending");
  });

  test("on a phone each booking is a card, and sorting has a list of its own", async ({ server, visitors, request }) => {
    const last = await seedBooking(request, server.url, { pickup_date: comingDate(30) });
    const first = await seedBooking(request, server.url, { pickup_date: comingDate(5) });
    const page = await (await visitors.open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })).newPage();
    await page.goto("/admin/bookings");
    await expect(page.locator("tbody th").first()).toHaveText(first);
    await page.getByLabel("Sort").selectOption("Pickup, latest first");
    await expect(page.locator("tbody th").first()).toHaveText(last);
    await expect(page.locator("thead")).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  test("a row opens the booking for staff", async ({ server, visitors, request }) => {
    const id = await seedBooking(request, server.url, { name: "Lerato Nkosi" });
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin/bookings");
    await page.getByRole("cell", { name: /Lerato Nkosi/ }).click();
    await expect(page).toHaveURL(`${server.url}/staff/bookings/${id}`);
    await page.goBack();
    await page.getByRole("link", { name: id }).click();
    await expect(page).toHaveURL(`${server.url}/staff/bookings/${id}`);
  });
});

test.describe("CSV export", () => {
  test("gives each cell as it was typed, and none that a spreadsheet would run", async ({ server, visitors, request }) => {
    const formula = await seedBooking(request, server.url, {
      name: "=cmd|' /C calc'!A0",
      items: [{ type: "bed" }, { type: "other" }],
      months: 3,
    });
    const quoted = await seedBooking(request, server.url, { name: 'Anna "Ané" Nel', address: "Flat 3, Erika\n12 Roper Street" });
    await seedBooking(request, server.url, { name: "+27 82", address: "@home" });
    await seedBooking(request, server.url, { name: "-1+1" });
    await seedPayment(request, server.url, formula, "eft");
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin/bookings");
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export CSV" }).click();
    const download = await saving;
    await expect(page.getByText("4 bookings exported")).toBeVisible();
    expect(download.suggestedFilename()).toMatch(/^hss-bookings-\d{4}-\d\d-\d\d\.csv$/);

    const text = await savedCsv(download);
    expect(text.startsWith("\uFEFF")).toBe(true);
    const [head = [], ...rows] = csvRows(text.slice(1));
    const cell = (row: string[] | undefined, name: string) => row?.[head.indexOf(name)];
    expect(rows.map((row) => cell(row, "Customer"))).toEqual(["'-1+1", "'+27 82", 'Anna "Ané" Nel', "'=cmd|' /C calc'!A0"]);
    expect(cell(rows[1], "Address")).toBe("'@home");
    expect(cell(rows[2], "Address")).toBe("Flat 3, Erika\n12 Roper Street");
    expect(cell(rows[2], "Reference")).toBe(quoted);
    expect(["State", "Items", "Months", "Rand a month", "Handling fee", "Total"].map((name) => cell(rows[3], name))).toEqual([
      "Paid",
      "2",
      "3",
      "370",
      "350",
      "1460",
    ]);
    expect(cell(rows[3], "Payment")).toMatch(/^PAY-/);
    expect(cell(rows[3], "Booked (SAST)")).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(text).toMatch(/,2,3,370,350,1460,/);
  });

  test("gives every page of what is filtered, and nothing else", async ({ server, visitors, request }) => {
    const ids = await seedMany(request, server.url, 203);
    await seedBooking(request, server.url, { name: "Somebody Else" });
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin/bookings?q=student&sort=created_at");
    await expect(tableOfBookings(page)).toHaveCount(25);
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export CSV" }).click();
    const rows = csvRows(await savedCsv(await saving)).slice(1);
    expect(rows.map(([reference]) => reference)).toEqual(ids);
  });

  test("can be cancelled, and then saves no file", async ({ server, visitors, request }) => {
    await seedBooking(request, server.url);
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin/bookings");
    let downloads = 0;
    page.on("download", () => downloads++);
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    await page.route("**/admin/bookings?*limit=200*", async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    await page.getByRole("button", { name: "Export CSV" }).click();
    await page.getByRole("button", { name: "Cancel export" }).click();
    await expect(page.getByText("Export cancelled")).toBeVisible();
    release();
    await expect(page.getByRole("button", { name: "Export CSV" })).toBeFocused();
    expect(downloads).toBe(0);
  });

  test("that breaks off says so and can be tried again", async ({ server, visitors, request }) => {
    await seedBooking(request, server.url);
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin/bookings");
    visitors.expected.push(/net::ERR_FAILED/);
    await page.route("**/admin/bookings?*limit=200*", (route) => route.abort(), { times: 1 });
    await page.getByRole("button", { name: "Export CSV" }).click();
    await expect(page.getByRole("alert")).toContainText("The export did not finish");
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Try again" }).click();
    expect(csvRows(await savedCsv(await saving))).toHaveLength(2);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
});

test.describe("audit trail", () => {
  test("the trail says who booked, took the payment and wrote where it was not the student", async ({ request, server, visitors }) => {
    const headers = { "X-HSS-Role": "staff" };
    const data = {
      customer_name: "Priya Naidoo",
      email: "priya.naidoo@tuks.co.za",
      pickup_date: "2027-01-05",
      pickup_window: "08:00 – 11:00",
      address: "12 Burnett Street, Hatfield",
      items: [{ type: "box" }],
      pricing: { duration: 1 },
    };
    const { booking_id } = (await (await request.post(`${server.url}/api/v1/bookings`, { headers, data })).json()) as {
      booking_id: string;
    };
    await seedStatus(request, server.url, booking_id, "approved");
    await request.post(`${server.url}/api/v1/bookings/${booking_id}/payment`, { headers, data: { method: "cash" } });
    await request.post(`${server.url}/api/v1/notifications`, { headers, data: { message: "See you", booking_id } });
    const page = await (await visitors.open()).newPage();
    await page.goto(`/admin/audit?booking_id=${booking_id}`);
    const events = page.locator(".event");
    await expect(events).toHaveCount(4);
    const team = "(Staff|An admin \\(.+@.+\\))";
    const member = "(staff|an admin, .+@.+)";
    await expect(events.nth(3)).toContainText(new RegExp(`${team} booked storage for 1 item for priya.naidoo@tuks.co.za`));
    await expect(events.nth(1)).toContainText(new RegExp(`recorded, by cash \\(by ${member}\\)`));
    await expect(events.nth(0)).toContainText(new RegExp(`Notification: See you \\(written by ${member}\\)`));
    // The student reads that it was us, and no account's name.
    await page.goto(`/booking/${booking_id}`);
    const progress = page.getByRole("region", { name: "Progress" }).getByRole("listitem");
    await expect(progress.nth(0)).toContainText("By our staff");
    await expect(progress.nth(2)).toContainText("By cash, recorded by our staff");
  });

  test("tells each kind of event in plain words, with who and when", { tag: "@demo" }, async ({ server, visitors, request }) => {
    const id = await seedBooking(request, server.url, { name: "Priya Naidoo", items: [{ type: "bed" }, { type: "box" }] });
    await seedPayment(request, server.url, id, "eft");
    const other = await seedBooking(request, server.url, { name: "Johan Botha" });
    await seedStatus(request, server.url, other, "declined", "Outside our area");
    await request.post(`${server.url}/api/v1/notifications`, {
      headers: { "X-HSS-Role": "staff", "X-Request-Id": "desk-7" },
      data: { message: "Come early", booking_id: id },
    });
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin/audit");
    const events = page.locator(".event");
    await expect(events).toHaveCount(6);
    await expect(events.nth(5)).toContainText("priya.naidoo@tuks.co.za");
    await expect(events.nth(5)).toContainText("booked storage for 2 items");
    await expect(events.nth(4)).toContainText("Staff approved the booking");
    await expect(events.nth(3)).toContainText(/Payment PAY-\w+ recorded, by EFT/);
    await expect(events.nth(2)).toContainText("booked storage for 1 item");
    await expect(events.nth(2)).toContainText("johan.botha@tuks.co.za");
    await expect(events.nth(1)).toContainText("Staff declined the booking: “Outside our area”");
    await expect(events.nth(0)).toContainText("Notification: Come early");
    await expect(events.nth(0).getByRole("time")).toHaveText(/^\d\d:\d\d$/);
    await events.nth(0).getByText("Details").click();
    await expect(events.nth(0)).toContainText("desk-7");
    await expect(events.nth(0)).toContainText("No. 6, notification");
    await events.nth(1).getByRole("link", { name: other }).click();
    await expect(page).toHaveURL(`${server.url}/staff/bookings/${other}`);
  });

  test(
    "is narrowed to a booking, however its reference is typed, and to a kind of event",
    { tag: "@demo" },
    async ({ server, visitors, request }) => {
      const id = await seedBooking(request, server.url, { name: "Priya Naidoo" });
      await seedStatus(request, server.url, id, "cancelled");
      await seedBooking(request, server.url, { name: "Johan Botha" });
      const page = await (await visitors.open()).newPage();
      await page.goto("/admin/audit");
      const events = page.locator(".event");
      await expect(events).toHaveCount(3);
      await page.getByRole("searchbox").fill(id.replace("HSS-", "").toLowerCase());
      await expect(events).toHaveCount(2);
      await page.getByLabel("Event", { exact: true }).selectOption("Status changes");
      await expect(events).toHaveText([/cancelled the booking/]);
      await page.reload();
      await expect(events).toHaveCount(1);
      await page.getByRole("searchbox").fill("HSS-000");
      await expect(page.getByText("No event matches")).toBeVisible();
      await page.getByRole("link", { name: "Show all events" }).click();
      await expect(events).toHaveCount(3);
    },
  );

  test("pages through what happened", { tag: "@demo" }, async ({ server, visitors, request }) => {
    await seedMany(request, server.url, 52);
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin/audit");
    await expect(page.locator(".event")).toHaveCount(50);
    await page.getByRole("link", { name: "Older" }).click();
    await expect(page.locator(".event")).toHaveCount(2);
    await expect(page.locator(".event").last()).toContainText("student.001@tuks.co.za");
    await page.getByRole("link", { name: "Newer" }).click();
    await expect(page.locator(".event")).toHaveCount(50);
  });

  test(
    "says that its chain is intact, and no longer once the file was changed behind the program",
    { tag: "@demo" },
    async ({ server, visitors, request }) => {
      await seedStatus(request, server.url, await seedBooking(request, server.url), "approved");
      const page = await (await visitors.open()).newPage();
      await page.goto("/admin/audit");
      const chain = page.getByRole("region", { name: "Audit chain" });
      await expect(chain).toContainText("The audit trail is intact");
      await expect(chain).toContainText("2 events checked");

      execFileSync("python3", [
        "-c",
        `import sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("DROP TRIGGER audit_events_keep")
file.execute("UPDATE audit_events SET actor = 'nobody' WHERE id = 1")`,
        server.database,
      ]);
      await chain.getByRole("button", { name: "Check again" }).click();
      await expect(chain.getByRole("alert")).toContainText("The audit trail is not intact");
      await expect(chain).toContainText("Audit event 1 was changed.");
      await expect(chain).toContainText("Keep the database file as it is");
      await expect(chain).not.toContainText("The audit trail is intact");
    },
  );

  test("is open to staff, who do not check its chain", { tag: "@demo" }, async ({ server, visitors, request }) => {
    await seedBooking(request, server.url);
    const page = await (await visitors.open()).newPage();
    await page.goto("/staff");
    await page.goto("/admin/audit");
    await expect(page.locator(".event")).toHaveCount(1);
    await expect(page.getByRole("region", { name: "Audit chain" })).toHaveCount(0);
  });
});

for (const path of ["/admin", "/admin/bookings", "/admin/audit"]) {
  test(`a visitor who may not see ${path} is told so kindly`, { tag: "@demo" }, async ({ visitors }) => {
    const page = await (await visitors.open()).newPage();
    await page.route(/\/api\/v1\/(admin|audit)/, (route) => {
      return route.continue({ headers: { ...route.request().headers(), "x-hss-role": "customer" } });
    });
    await page.goto(path);
    await expect(page.getByText("This page is for the owner")).toBeVisible();
    await expect(page.getByText("required_roles")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
  });
}

test("on a phone the charts show their columns", async ({ server, visitors, request }) => {
  await seedBooking(request, server.url);
  const page = await (await visitors.open({ viewport: { width: 360, height: 740 } })).newPage();
  await page.goto("/admin");
  const week = page.getByRole("img", { name: /still running: 1 booking/ });
  await expect(week).toBeVisible();
  const height = await week.evaluate((column) => column.getBoundingClientRect().height);
  expect(height).toBeGreaterThan(50);
});

test("the owner sees how old the newest backup is, and why there is none newer", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  const backup = { last_at: new Date(Date.now() - 3 * 3_600_000).toISOString(), every_seconds: 3_600, problem: "The disk is full" };
  await page.route("**/api/v1/admin/overview", async (route) => {
    // A poll that names the answer it has would get none.
    const { "if-none-match": _, ...headers } = route.request().headers();
    const answer = await route.fetch({ headers });
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), backup } });
  });
  await page.goto("/admin");
  await expect(page.getByText("Last backup 3 h ago. The disk is full.")).toBeVisible();
});
