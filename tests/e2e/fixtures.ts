import { test as base, expect, type Browser, type BrowserContext, type BrowserContextOptions } from "@playwright/test";
import { Accounts, type Role } from "./accounts";
import { startDemo, startServer, type Auth, type Server } from "./server";

/** Accounts mode: whose browser it is. In demo mode everybody is anybody. */
export type Visitor = Role | "nobody";

/** Opens browser contexts that share nothing, each watched for what a page must never do. */
export interface Visitors {
  open(options?: BrowserContextOptions & { as?: Visitor }): Promise<BrowserContext>;
  /** Console errors, uncaught exceptions, CSP violations and requests that left the server. */
  complaints: string[];
  /** Complaints that a test causes on purpose. */
  expected: RegExp[];
}

interface Fixtures {
  /** "empty" is a new business; "demo" has bookings in every state. */
  serverKind: "empty" | "demo";
  auth: Auth;
  /** Who opens a browser where the test does not say. */
  visitor: Visitor;
  /** Seconds. */
  lockAfter: number;
  server: Server;
  /** Accounts mode: the people of the server. */
  accounts: Accounts;
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
  auth: ["demo", { option: true }],
  visitor: ["customer", { option: true }],
  lockAfter: [60, { option: true }],
  server: async ({ serverKind, auth, lockAfter }, use) => {
    const server = serverKind === "demo" ? await startDemo() : await startServer({ auth, lockAfter });
    await use(server);
    await server.stop();
  },
  accounts: async ({ server }, use) => use(new Accounts(server)),
  // Another program that sets the scene, with every right.
  request: async ({ playwright, auth, accounts }, use) => {
    const headers: Record<string, string> = auth === "accounts" ? { Authorization: `Bearer ${(await accounts.get("admin")).token}` } : {};
    const request = await playwright.request.newContext({ extraHTTPHeaders: headers });
    await use(request);
    await request.dispose();
  },
  visitors: async ({ browser, server, auth, accounts, visitor }, use) => {
    const complaints: string[] = [];
    const contexts: BrowserContext[] = [];
    const expected: RegExp[] = [];
    await use({
      complaints,
      expected,
      async open({ as = visitor, ...options } = {}) {
        const storageState = auth === "accounts" && as !== "nobody" ? { storageState: await accounts.browserOf(as) } : {};
        const context = await openWatched(browser, server.url, complaints, { ...storageState, ...options });
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
