import type { Page, Request } from "@playwright/test";
import { demoBookings, pagesOf, show } from "./pages";
import { brokenWords } from "./paper";
import { seedBooking, seedPayment } from "./seeded_booking";
import { expect, test } from "./fixtures";

/** A shift as the browser counts it, with what moved. */
interface Shift {
  value: number;
  moved: string[];
}

declare global {
  interface Window {
    shifts?: Shift[];
  }
}

/** How many requests wait for their answer; a stream is answered all the time. */
function countOpen(page: Page): () => number {
  const open = new Set<Request>();
  page.on("request", (request) => {
    // What the page that is left has asked for may never be told as ended.
    if (request.isNavigationRequest()) open.clear();
    if (!request.url().endsWith("/api/v1/events")) open.add(request);
  });
  page.on("requestfinished", (request) => open.delete(request));
  page.on("requestfailed", (request) => open.delete(request));
  return () => open.size;
}

/** Counts what moves by itself from now on, on every page that is opened. The API takes its time, so that every page is seen while it waits. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node?: Node }[];
      })[]) {
        const moved = entry.sources.map(({ node }) =>
          node instanceof Element ? `${node.tagName} ${node.className}` : String(node?.nodeName),
        );
        if (!entry.hadRecentInput) window.shifts?.push({ value: entry.value, moved });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.route("**/api/v1/**", async (route) => {
    await new Promise((done) => setTimeout(done, 100));
    await route.continue().catch(() => undefined);
  });
}

test.describe("every page of the demo", () => {
  test.use({ serverKind: "demo" });

  for (const viewport of [
    { width: 360, height: 740 },
    { width: 1280, height: 800 },
  ]) {
    test(`keeps still while it loads, at ${viewport.width} pixels`, async ({ server, visitors }) => {
      test.setTimeout(180_000);
      const page = await (await visitors.open({ viewport })).newPage();
      const shown = pagesOf(await demoBookings(page, server.url)).filter(({ prepare }) => !prepare);
      await watchShifts(page);
      const open = countOpen(page);
      for (const one of shown) {
        await show(page, one);
        await expect.poll(open).toBe(0);
        // Two frames: what the last answer moved is counted by then.
        const shifts = await page.evaluate(
          () =>
            new Promise<Shift[]>((done) =>
              requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(window.shifts ?? []), 0))),
            ),
        );
        const sum = shifts.reduce((all, { value }) => all + value, 0);
        expect(sum, `${one.path}: ${JSON.stringify(shifts)}`).toBeLessThan(0.05);
      }
    });
  }

  for (const width of [320, 360]) {
    test(`is no wider than a phone of ${width} pixels, and cuts no choice short`, async ({ server, visitors }) => {
      test.setTimeout(180_000);
      const page = await (await visitors.open({ viewport: { width, height: 640 } })).newPage();
      for (const one of pagesOf(await demoBookings(page, server.url)).filter(({ prepare }) => !prepare)) {
        await show(page, one);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), one.path).toBeLessThanOrEqual(width);
        const cut = await page.locator("select").evaluateAll((all) =>
          all.flatMap((select) => {
            const style = getComputedStyle(select);
            const pen = document.createElement("canvas").getContext("2d");
            if (!(select instanceof HTMLSelectElement) || !pen || !select.checkVisibility()) return [];
            pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
            const text = select.selectedOptions[0]?.text ?? "";
            // The arrow takes some 20 pixels.
            const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 20;
            return pen.measureText(text).width > room ? [text] : [];
          }),
        );
        expect(cut, one.path).toEqual([]);
      }
    });
  }
});

test("an e-mail that takes two lines at the desk stands over nothing else", async ({ server, visitors, request }) => {
  const id = await seedBooking(request, server.url, { email: "thandi.mokoena.nkosi@students.up.ac.za" });
  const page = await (await visitors.open({ as: "staff", viewport: { width: 320, height: 640 } })).newPage();
  await page.goto(`/staff/bookings/${id}`);
  const words = page.getByRole("link", { name: "thandi.mokoena" });
  await expect(words).toBeVisible();
  const lines = await words.evaluate((link) => {
    const text = document.createRange();
    text.selectNodeContents(link);
    const value = link.closest("dd")!.getBoundingClientRect();
    return {
      tops: new Set([...text.getClientRects()].map(({ top }) => top)).size,
      over: text.getBoundingClientRect().bottom - value.bottom,
    };
  });
  expect(lines.tops).toBeGreaterThan(1);
  expect(lines.over).toBeLessThanOrEqual(1);
});

for (const width of [320, 360]) {
  test(`a receipt on a phone of ${width} pixels breaks no reference, e-mail or word in its middle`, async ({
    server,
    visitors,
    request,
  }) => {
    const id = await seedBooking(request, server.url, {
      email: "thandi.mokoena.nkosi@students.up.ac.za",
      items: [{ type: "suitcase" }, { type: "other", name: "Microwave oven" }],
      months: 12,
    });
    await seedPayment(request, server.url, id, "eft");
    const page = await (await visitors.open({ viewport: { width, height: 640 } })).newPage();
    for (const path of [`/booking/${id}/receipt`, `/booking/${id}`]) {
      await show(page, { name: path, path });
      await expect(page.locator("main").getByText(id).first()).toBeVisible();
      const broken = await brokenWords(page, "main");
      // An e-mail may break at its marks, and nowhere else.
      expect(
        broken.filter((word) => !/[@.]/.test(word)),
        path,
      ).toEqual([]);
    }
    const codes = await page
      .locator(".code")
      .evaluateAll((all) => all.map((one) => new Set([...one.getClientRects()].map(({ top }) => top)).size));
    expect(codes.every((lines) => lines === 1)).toBe(true);
  });
}
