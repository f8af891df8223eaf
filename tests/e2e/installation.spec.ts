import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

interface Manifest {
  name: string;
  start_url: string;
  display: string;
  icons: { src: string; sizes: string; type: string; purpose?: string }[];
}

/** Opens the page and waits until the browser has kept it for later. */
async function openKept(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).click();
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state === "activated") return;
    await new Promise((done) => active?.addEventListener("statechange", done, { once: true }));
  });
  return page;
}

test("the page can be installed: its manifest names it and icons that are there", async ({ visitors, request, server }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  const answer = await request.get(`${server.url}${href}`);
  expect(answer.headers()["content-type"]).toBe("application/manifest+json");
  const manifest = (await answer.json()) as Manifest;
  expect(manifest).toMatchObject({ name: "Hatfield Storage Solutions", start_url: "/", display: "standalone" });
  for (const size of ["192x192", "512x512"]) expect(manifest.icons.some((icon) => icon.sizes === size)).toBe(true);
  expect(manifest.icons.some((icon) => icon.purpose === "maskable")).toBe(true);
  for (const icon of manifest.icons.filter(({ type }) => type === "image/png")) {
    const drawn = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, icon.src);
    expect(drawn).toBe(icon.sizes);
  }
});

test("with the server gone the page opens again, and no old answer of the API is shown as new", async ({ visitors, server }) => {
  visitors.expected.push(/ERR_CONNECTION_REFUSED/);
  const page = await openKept(await visitors.open({ serviceWorkers: "allow" }), "/");
  await expect(page.getByRole("button", { name: "Bed: one more" })).toBeVisible();
  await server.stop();
  await page.goto("/admin");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await expect(page.getByRole("alert")).toContainText("No connection to the server");
  const answers = await page.evaluate(() =>
    Promise.all(
      ["/api/v1/catalog", "/api/v1/bookings", "/health"].map((path) =>
        fetch(path).then(
          () => "an answer",
          () => "none",
        ),
      ),
    ),
  );
  expect(answers).toEqual(["none", "none", "none"]);
});

test("the page that was kept is shown only while the server gives none", async ({ visitors, server }) => {
  visitors.expected.push(/ERR_CONNECTION_REFUSED/);
  const page = await openKept(await visitors.open({ serviceWorkers: "allow" }), "/booking");
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const old = new Response("<!doctype html><h1>An old page</h1>", { headers: { "Content-Type": "text/html" } });
      await (await caches.open(name)).put("/", old);
    }
  });
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/booking/);
  await server.stop();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("An old page");
});
