import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test, type Page } from "@playwright/test";
import { Accounts } from "./accounts";
import { accountsPages, type AccountsPage } from "./accounts_pages";
import { demoBookings, pagesOf, show } from "./pages";
import { startDemo, startServer, type Server } from "./server";

const folder = fileURLToPath(new URL("./screenshots/", import.meta.url));
const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

let server: Server;
let guarded: Server;
let accounts: Accounts;
let pagesOfAccounts: AccountsPage[];
test.beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  server = await startDemo();
  guarded = await startServer({ auth: "accounts" });
  accounts = new Accounts(guarded);
  pagesOfAccounts = await accountsPages(accounts);
});
test.afterAll(async () => {
  await server.stop();
  await guarded.stop();
});

async function shoot(page: Page, path: string): Promise<void> {
  // A dialog stands over what can be seen, not over the whole page.
  const fullPage = (await page.getByRole("dialog").count()) === 0;
  await page.screenshot({ path, fullPage, animations: "disabled" });
}

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${size}, ${colorScheme}`, async ({ browser }) => {
      const context = await browser.newContext({ baseURL: server.url, viewport, colorScheme });
      const page = await context.newPage();
      for (const shown of pagesOf(await demoBookings(page, server.url))) {
        await show(page, shown);
        const path = `${folder}${shown.name}-${size}-${colorScheme}.png`;
        await shoot(page, path);
      }
      await context.close();
    });

    test(`accounts mode: ${size}, ${colorScheme}`, async ({ browser }) => {
      for (const { as, ...shown } of pagesOfAccounts) {
        const keeps =
          as === "nobody" ? {} : { storageState: await (as === "device" ? accounts.deviceBrowser(60) : accounts.browserOf(as)) };
        const context = await browser.newContext({ baseURL: guarded.url, viewport, colorScheme, ...keeps });
        const page = await context.newPage();
        await show(page, shown);
        const path = `${folder}accounts-${shown.name}-${size}-${colorScheme}.png`;
        await shoot(page, path);
        await context.close();
      }
    });
  }
}
