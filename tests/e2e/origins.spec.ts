import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Page } from "@playwright/test";
import { chromium as browserOptions } from "./chromium";
import { expect, test } from "./fixtures";
import { seedBooking } from "./seeded_booking";

/** A site of somebody else's, at every name on one port. */
interface Site {
  port: number;
  stop(): Promise<void>;
}

async function startSite(): Promise<Site> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>Cheap storage</title>");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

/** A browser that has the names of a stranger lead to this machine, as a stranger's name service can. */
function launch() {
  const rules = "--host-resolver-rules=MAP *.example 127.0.0.1";
  return chromium.launch({ ...browserOptions, args: [...(browserOptions.args ?? []), rules] });
}

/** What the page hears of a call: its status, "unreadable", or "no answer". */
function call(page: Page, url: string, options: { method?: string; role?: string; plain?: unknown; json?: unknown } = {}) {
  return page.evaluate(
    async ([address, { method, role, plain, json }]) => {
      const body = plain ? new Blob([JSON.stringify(plain)]) : json ? JSON.stringify(json) : null;
      const headers: Record<string, string> = {
        ...(role ? { "X-HSS-Role": role } : {}),
        ...(json ? { "Content-Type": "application/json" } : {}),
      };
      const mode = plain ? "no-cors" : "cors";
      try {
        const answer = await fetch(address, { method: method ?? (body ? "POST" : "GET"), headers, body, mode });
        return answer.type === "opaque" ? "unreadable" : String(answer.status);
      } catch {
        return "no answer";
      }
    },
    [url, options] as const,
  );
}

const booking = {
  customer_name: "Mallory",
  email: "mallory@evil.example",
  pickup_date: "2030-12-01",
  pickup_window: "08:00 – 11:00",
  address: "1 Nowhere",
  items: [{ type: "bed" }],
  pricing: { duration: 1 },
};

test("a page of another site that is open beside the demo reads and changes nothing", async ({ server, request }) => {
  const site = await startSite();
  const browser = await launch();
  const id = await seedBooking(request, server.url);
  const page = await browser.newPage();
  await page.goto(`http://evil.example:${site.port}/`);
  const api = `${server.url}/api/v1`;
  expect(await call(page, `${api}/bookings`)).toBe("no answer");
  expect(await call(page, `${api}/admin/bookings`, { role: "admin" })).toBe("no answer");
  expect(await call(page, `${api}/bookings`, { json: booking })).toBe("no answer");
  // No Content-Type, and no question asked first.
  expect(await call(page, `${api}/bookings`, { plain: booking })).toBe("unreadable");
  expect(await call(page, `${api}/bookings/${id}/payment`, { plain: {} })).toBe("unreadable");
  // A form needs no script at all.
  await page.evaluate((address) => {
    const form = Object.assign(document.createElement("form"), { method: "POST", action: address, enctype: "text/plain" });
    form.append(Object.assign(document.createElement("input"), { name: '{"message":"', value: '"}' }));
    document.body.append(form);
    form.submit();
  }, `${api}/notifications`);
  await page.waitForURL(`${api}/notifications`);
  await expect(page.locator("body")).toContainText("forbidden");

  const { bookings } = (await (await request.get(`${api}/bookings`)).json()) as { bookings: { id: string; status: string }[] };
  expect(bookings.map(({ id: one, status }) => [one, status])).toEqual([[id, "submitted"]]);
  const { events } = (await (await request.get(`${api}/audit`, { headers: { "X-HSS-Role": "staff" } })).json()) as { events: unknown[] };
  expect(events).toHaveLength(1);
  await browser.close();
  await site.stop();
});

test("a name that was made to lead to this machine is not served, and plants no webhook", async ({ server, request }) => {
  const browser = await launch();
  const rebound = server.url.replace("127.0.0.1", "evil.example");
  const page = await browser.newPage();
  // Even what refuses it is of its origin, so its scripts may ask whatever it likes.
  const answer = await page.goto(`${rebound}/`);
  expect(answer?.status()).toBe(421);
  await expect(page.locator("body")).toContainText("--allow-host evil.example");
  expect(await call(page, `${rebound}/api/v1/bookings`)).toBe("421");
  expect(await call(page, `${rebound}/api/v1/admin/webhooks`, { role: "admin", json: { url: "http://127.0.0.1:9/x" } })).toBe("421");
  expect(await call(page, `${rebound}/api/v1/bookings`, { json: booking })).toBe("421");
  const webhooks = await request.get(`${server.url}/api/v1/admin/webhooks`, { headers: { "X-HSS-Role": "admin" } });
  expect(((await webhooks.json()) as { webhooks: unknown[] }).webhooks).toEqual([]);
  await browser.close();
});

test("a frontend that this machine serves on another port works beside the demo", async ({ server }) => {
  const site = await startSite();
  const browser = await launch();
  for (const name of ["localhost", "127.0.0.1"]) {
    const page = await browser.newPage();
    await page.goto(`http://${name}:${site.port}/`);
    const api = `${server.url}/api/v1`;
    expect(await call(page, `${api}/catalog`)).toBe("200");
    expect(await call(page, `${api}/bookings`, { json: booking })).toBe("201");
    expect(await call(page, `${api}/admin/overview`, { role: "admin" })).toBe("200");
    expect(await call(page, `${api}/bookings/HSS-0000000000/status`, { method: "PATCH", json: { status: "cancelled" } })).toBe("404");
  }
  await browser.close();
  await site.stop();
});
