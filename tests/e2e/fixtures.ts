import { test as base, expect, type Browser, type BrowserContext, type BrowserContextOptions } from "@playwright/test";
import { startDemo, startServer, type Server } from "./server";

/** Opens browser contexts that share nothing, each watched for what a page must never do. */
export interface Visitors {
  open(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Console errors, uncaught exceptions, CSP violations and requests that left the server. */
  complaints: string[];
  /** Complaints that a test causes on purpose. */
  expected: RegExp[];
}

interface Fixtures {
  /** "empty" is a new business; "demo" has bookings in every state. */
  serverKind: "empty" | "demo";
  server: Server;
  visitors: Visitors;
}

// The browser reports a refused API request as an error of its own; the page answers for what it shows of it.
const refusedRequest = /Failed to load resource: the server responded with a status of 4\d\d/;

async function openWatched(browser: Browser, url: string, complaints: string[], options?: BrowserContextOptions) {
  // A page that a worker keeps would hide what the server does; tests of the worker ask for it.
  const context = await browser.newContext({ baseURL: url, serviceWorkers: "block", ...options });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  context.on("request", (request) => {
    if (new URL(request.url()).origin !== url) complaints.push(`request to ${request.url()}`);
  });
  context.on("console", (message) => {
    if (message.type() === "error" && !refusedRequest.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(`uncaught: ${error.error().message}`));
  return context;
}

export const test = base.extend<Fixtures>({
  serverKind: ["empty", { option: true }],
  server: async ({ serverKind }, use) => {
    const server = serverKind === "demo" ? await startDemo() : await startServer();
    await use(server);
    await server.stop();
  },
  visitors: async ({ browser, server }, use) => {
    const complaints: string[] = [];
    const contexts: BrowserContext[] = [];
    const expected: RegExp[] = [];
    await use({
      complaints,
      expected,
      async open(options) {
        const context = await openWatched(browser, server.url, complaints, options);
        contexts.push(context);
        return context;
      },
    });
    for (const context of contexts) await context.close();
    const unexpected = complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
    expect(unexpected, "what the pages did and must not").toEqual([]);
  },
});

export { expect };
