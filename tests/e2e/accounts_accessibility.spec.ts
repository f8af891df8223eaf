import AxeBuilder from "@axe-core/playwright";
import { accountsPages } from "./accounts_pages";
import { expect, test } from "./fixtures";
import { show } from "./pages";

test.use({ auth: "accounts" });

for (const colorScheme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries({ phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } })) {
    test(`axe finds no violation on any page of accounts mode, and none scrolls sideways: ${size}, ${colorScheme}`, async ({ visitors, accounts }) => {
      test.setTimeout(180_000);
      for (const { as, ...shown } of await accountsPages(accounts)) {
        const look = { colorScheme, viewport, reducedMotion: "reduce" } as const;
        const device = { as: "nobody", storageState: await accounts.deviceBrowser(60) } as const;
        const context = await visitors.open(as === "device" ? { ...device, ...look } : { as, ...look });
        const page = await context.newPage();
        await show(page, shown);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`), shown.name).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `sideways scroll on ${shown.name}`).toBeLessThanOrEqual(0);
        await context.close();
      }
    });
  }
}
