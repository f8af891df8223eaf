import type { Page } from "@playwright/test";
import axe from "axe-core";
import { expect } from "./fixtures";

function violationsOf(page: Page, rules: axe.RunOptions): Promise<string[]> {
  return page.evaluate(
    async (options) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(options);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    },
    { resultTypes: ["violations"], ...rules } satisfies axe.RunOptions,
  );
}

/** That axe finds no violation in what the page shows, in light and in dark. Leaves it in light. */
export async function expectNoViolation(page: Page, what: string): Promise<void> {
  await page.evaluate(axe.source);
  await page.evaluate(() => {
    // From light to dark colours change slowly, and halfway there nothing has to be legible.
    const atOnce = new CSSStyleSheet();
    atOnce.replaceSync("*, ::before, ::after { transition: none !important }");
    document.adoptedStyleSheets.push(atOnce);
  });
  await page.emulateMedia({ colorScheme: "dark" });
  // It differs in its colours alone.
  expect(await violationsOf(page, { runOnly: ["color-contrast", "link-in-text-block"] }), `${what}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await violationsOf(page, {}), `${what}, light`).toEqual([]);
}
