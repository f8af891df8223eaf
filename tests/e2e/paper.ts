import type { Page } from "@playwright/test";

const pixelsPerMm = 96 / 25.4;

/** Sheets, in mm, as the printer offers them, with the margin that the style gives each. */
export const sheets = {
  portrait: { width: 210, height: 297, margin: 12 },
  landscape: { width: 297, height: 210, margin: 12 },
  roll: { width: 80, height: 200, margin: 3 },
  narrowRoll: { width: 58, height: 200, margin: 3 },
} as const;

export type Sheet = keyof typeof sheets;

/** Lays the open page out as on paper, where no script runs, and where what was measured on the screen stays measured. */
export async function layOutOnPaper(page: Page, sheet: Sheet): Promise<void> {
  const { width, height, margin } = sheets[sheet];
  const pixels = (mm: number) => Math.floor((mm - 2 * margin) * pixelsPerMm);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: pixels(width), height: pixels(height) });
}

/** To be called before the page is opened. */
export async function withoutResizing(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.ResizeObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
  });
}

/** Prints into a file, and gives how many sheets it has and the sizes of them in points. */
export async function printPage(page: Page, sheet: Sheet): Promise<{ count: number; sizes: string[] }> {
  const { width, height } = sheets[sheet];
  const file = (await page.pdf({ width: `${width}mm`, height: `${height}mm` })).toString("latin1");
  const boxes = [...file.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, x, y]) => `${Math.round(Number(x))}x${Math.round(Number(y))}`,
  );
  return { count: [...file.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length, sizes: [...new Set(boxes)] };
}

/** What reaches over the edge of the sheet, or is cut off at the edge of what holds it. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isShown = (element: Element) => element.checkVisibility() && !element.closest(".visually-hidden");
    const nameOf = (element: Element) => `${element.tagName} ${element.getAttribute("class") ?? ""} ${element.textContent?.slice(0, 40)}`;
    return [...document.querySelectorAll("main *")].filter(isShown).flatMap((element) => {
      const { left, right } = element.getBoundingClientRect();
      const { overflowX, overflowY } = getComputedStyle(element);
      // What is typed scrolls in its field.
      const isClipped =
        !(element instanceof HTMLInputElement) &&
        ((overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1) ||
          (overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1));
      return left < -1 || right > document.documentElement.clientWidth + 1 || isClipped ? [nameOf(element)] : [];
    });
  });
}

/** Words that begin on one line and end on another, each with its halves; a long e-mail may break at its marks. */
export function brokenWords(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).evaluateAll((roots) => {
    const broken: string[] = [];
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const { 0: word, index } of (node.textContent ?? "").matchAll(/[^\s-]+/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) broken.push(word);
        }
      }
    }
    return broken;
  });
}
