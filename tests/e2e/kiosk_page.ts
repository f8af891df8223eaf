import type { BrowserContext, Page } from "@playwright/test";

/** The cards of a column, e.g. "Submitted". */
export function cards(page: Page, column: string) {
  return page.getByRole("list", { name: `${column}, oldest first` }).getByRole("listitem");
}

export function card(page: Page, id: string) {
  return page.locator(`[data-booking="${id}"]`);
}

const api = "**/api/**";

/** Cuts the kiosk off from the server; the page itself still loads. */
export async function cutNetwork(context: BrowserContext): Promise<void> {
  await context.route(api, (route) => route.abort("internetdisconnected"));
  // A route stops no answer that goes on already.
  await context.setOffline(true);
  await context.setOffline(false);
}

export async function mendNetwork(context: BrowserContext): Promise<void> {
  await context.unroute(api);
}

/** What the browser itself says of a network that is gone. */
export const networkGone = /net::ERR_/;

/** Types as a USB scanner does: one character in a few milliseconds, then Enter. */
export function scan(page: Page, text: string): Promise<void> {
  return typeKeys(page, text, 4);
}

/** Types at a steady pace, by the time stamps of the keys, so that a slow machine changes nothing. */
export async function typeKeys(page: Page, text: string | readonly string[], gapMs: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  let timestamp = Date.now() / 1000;
  const press = async (key: string, params: { code?: string; text: string; windowsVirtualKeyCode?: number }) => {
    timestamp += gapMs / 1000;
    await session.send("Input.dispatchKeyEvent", { type: "keyDown", key, timestamp, ...params });
    await session.send("Input.dispatchKeyEvent", { type: "keyUp", key, timestamp });
  };
  for (const key of text) await press(key, key === "Tab" ? { code: "Tab", text: "", windowsVirtualKeyCode: 9 } : { text: key });
  await press("Enter", { code: "Enter", text: "\r", windowsVirtualKeyCode: 13 });
  await session.detach();
}
