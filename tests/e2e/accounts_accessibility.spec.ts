import { accountsPages } from "./accounts_pages";
import { expectNoViolation } from "./axe";
import { expect, test } from "./fixtures";
import { show } from "./pages";

test.use({ auth: "accounts" });

for (const [size, viewport] of Object.entries({ phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } })) {
  test(`axe finds no violation on any page of accounts mode, and none scrolls sideways: ${size}`, async ({ visitors, accounts }) => {
    test.setTimeout(180_000);
    for (const { as, ...shown } of await accountsPages(accounts)) {
      const who = as === "device" ? ({ as: "nobody", storageState: await accounts.deviceBrowser(60) } as const) : { as };
      const context = await visitors.open({ ...who, viewport, reducedMotion: "reduce" });
      const page = await context.newPage();
      await show(page, shown);
      await expectNoViolation(page, shown.name);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `sideways scroll on ${shown.name}`).toBeLessThanOrEqual(0);
      await context.close();
    }
  });
}
