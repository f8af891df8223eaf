import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { demoBookings, pagesOf, show } from "./pages";

async function expectNoViolation(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  expect(found, what).toEqual([]);
}

test.use({ serverKind: "demo" });

for (const colorScheme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries({ phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } })) {
    test(`axe finds no violation on any page: ${size}, ${colorScheme}`, async ({ visitors, server }) => {
      test.setTimeout(180_000);
      const page = await (await visitors.open({ colorScheme, viewport, reducedMotion: "reduce" })).newPage();
      for (const shown of pagesOf(await demoBookings(page, server.url))) {
        await show(page, shown);
        await expectNoViolation(page, shown.name);
      }
    });
  }
}
