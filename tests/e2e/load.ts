import type { Page } from "@playwright/test";

export interface Load {
  requests: string[];
  /** Bytes on the wire, heads included. */
  bytes: number;
}

/** The browser's own "Fast 3G": 1.44 Mbit/s down, 0.675 up, and 562.5 ms for each request. */
export const fast3g = { offline: false, downloadThroughput: 180_000, uploadThroughput: 84_375, latency: 562.5 };

/** Counts what the network carries for the page from now on, over a slower network where one is given. */
export async function watchLoad(page: Page, network?: typeof fast3g): Promise<Load> {
  const session = await page.context().newCDPSession(page);
  const load: Load = { requests: [], bytes: 0 };
  await session.send("Network.enable");
  session.on("Network.requestWillBeSent", ({ request }) => load.requests.push(request.url));
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (load.bytes += encodedDataLength));
  if (network) await session.send("Network.emulateNetworkConditions", network);
  return load;
}
