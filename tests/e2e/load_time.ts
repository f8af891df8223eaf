import { expect, test } from "@playwright/test";
import { fast3g, watchLoad } from "./load";
import { startServer, type Server } from "./server";

let server: Server;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.stop());

/**
 * Prints when a phone on 3G can be used: when the first page's steppers stand there with their prices and answer to a
 * touch, on the page's own clock. A figure of this machine, so nothing is asserted of it.
 */
test("time to the first page on 3G", async ({ browser }) => {
  for (let visit = 1; visit <= 5; visit++) {
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const load = await watchLoad(page, fast3g);
    await page.addInitScript(() => {
      const isUsable = () => document.querySelector('button[aria-label="Bed: one more"]') && /R\s250/.test(document.body.innerText);
      const watch = new MutationObserver(() => {
        if (!isUsable()) return;
        watch.disconnect();
        requestAnimationFrame(() => performance.mark("usable"));
      });
      watch.observe(document, { childList: true, subtree: true, characterData: true });
    });
    await page.goto("/");
    const more = page.getByRole("button", { name: "Bed: one more" });
    await more.click();
    await expect(
      page
        .getByRole("textbox", { name: /^Bed/ })
        .or(page.getByRole("spinbutton", { name: /^Bed/ }))
        .first(),
    ).toHaveValue("1");
    const usable = await page.evaluate(() => performance.getEntriesByName("usable")[0]?.startTime ?? NaN);
    console.log(`visit ${visit}: usable after ${Math.round(usable)} ms, ${load.requests.length} requests, ${load.bytes} bytes`);
    await context.close();
  }
});
