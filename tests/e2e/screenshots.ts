import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "@playwright/test";
import { demoBookings, pagesOf, show } from "./pages";
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
      for (const shown of pagesOf(await demoBookings(page, server.url))) {
        await show(page, shown);
        const path = `${folder}${shown.name}-${size}-${colorScheme}.png`;
        await page.screenshot({ path, fullPage: true, animations: "disabled" });
      }
      await context.close();
    });
  }
}
