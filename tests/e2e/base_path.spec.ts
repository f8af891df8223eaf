import { createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import { book, thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { startServer } from "./server";

interface Proxy {
  url: string;
  stop(): Promise<void>;
}

/** Shows the server under /hss alone; what it passes on has that path, or not any more. */
async function startProxy(target: string, keepsPath: boolean): Promise<Proxy> {
  const proxy = createServer((incoming, outgoing) => {
    const path = incoming.url ?? "/";
    if (!path.startsWith("/hss/")) return void outgoing.writeHead(404).end("This is another site");
    const passed = ask(
      target + (keepsPath ? path : path.slice("/hss".length)),
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.on("error", () => outgoing.destroy());
    outgoing.on("close", () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((stopped) => {
        proxy.close(() => stopped());
        proxy.closeAllConnections();
      }),
  };
}

for (const keepsPath of [true, false]) {
  test(`behind a path that the proxy ${keepsPath ? "keeps" : "takes off"} the page was blank`, async ({ browser }) => {
    const server = await startServer({ more: ["--base-path", "/hss"] });
    const proxy = await startProxy(server.url, keepsPath);
    const context = await browser.newContext({ baseURL: proxy.url });
    const strays: string[] = [];
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol !== "data:" && !url.pathname.startsWith("/hss/")) strays.push(request.url());
    });
    const page = await context.newPage();
    await page.goto("/hss/");
    await book(page, thandi);
    const id = page.url().slice(`${proxy.url}/hss/booking/`.length);
    expect(id).toMatch(/^HSS-[0-9A-Z]{10}$/);
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Booking ${id}`);
    await page.getByRole("link", { name: "My booking" }).click();
    await expect(page).toHaveURL(`${proxy.url}/hss/booking`);
    await page.goto(`/hss/staff?view=all`);
    await expect(page.getByText(id)).toBeVisible();
    await page.goto(`/hss/admin/audit?booking_id=${id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Audit trail");
    const addresses = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href") ?? ""));
    expect(addresses.length).toBeGreaterThan(3);
    expect(addresses.filter((address) => !/^(\/hss\/|#|mailto:)/.test(address))).toEqual([]);

    // Kept for when the server is away, and under its path alone.
    const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
    expect(scope).toBe(`${proxy.url}/hss/`);
    const manifest = await page.request.get((await page.locator('link[rel="manifest"]').getAttribute("href")) ?? "");
    expect(await manifest.json()).toMatchObject({ start_url: "/hss/", scope: "/hss/" });
    expect(strays).toEqual([]);
    await proxy.stop();
    await server.stop();
    await page.goto("/hss/booking");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("My booking");
    await context.close();
  });
}
