import { expect, test } from "@playwright/test";
import { fast3g, watchLoad } from "./load";
import { startServer, type Server } from "./server";

let server: Server;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.stop());

/** Prints how long a phone on 3G waits until its first touch counts. A figure of this machine, so nothing is asserted of it. */
test("time to the first touch on 3G", async ({ browser }) => {
  for (let visit = 1; visit <= 5; visit++) {
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const load = await watchLoad(page, fast3g);
    const started = Date.now();
    await page.goto("/", { waitUntil: "commit" });
    await page.getByRole("button", { name: "Bed: one more" }).click();
    await expect(page.getByText(/R\s250/).first()).toBeVisible();
    console.log(`visit ${visit}: ${Date.now() - started} ms, ${load.requests.length} requests, ${load.bytes} bytes`);
    await context.close();
  }
});
