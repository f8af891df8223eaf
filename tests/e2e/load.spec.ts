import { watchLoad } from "./load";
import { expect, test } from "./fixtures";

test("the first load of the customer's page is at most 6 requests and 60 KB", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  const load = await watchLoad(page);
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Bed: one more" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(load.requests.length, load.requests.join("\n")).toBeLessThanOrEqual(6);
  expect(load.bytes).toBeLessThanOrEqual(60_000);
  expect(load.requests.filter((url) => /\/(back_office|sheet_page|trust_page)-/.test(url))).toEqual([]);
});

test("the prices are asked for once, beside the script and not after it", async ({ visitors, server }) => {
  const page = await (await visitors.open()).newPage();
  const load = await watchLoad(page);
  let isCatalogAsked: () => void = () => undefined;
  const catalogAsked = new Promise<void>((done) => (isCatalogAsked = done));
  page.on("request", (request) => {
    if (request.url().endsWith("/catalog")) isCatalogAsked();
  });
  // Without its script the page can ask for nothing; what comes all the same, the browser was told to fetch.
  await page.route("**/app-*.js", async (route) => {
    await catalogAsked;
    await route.continue();
  });
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Bed: one more" })).toBeVisible();
  expect(load.requests.filter((url) => url === `${server.url}/api/v1/catalog`)).toHaveLength(1);
});

test("a staff page that cannot be fetched says so and comes with the next try", async ({ visitors, server }) => {
  visitors.expected.push(/ERR_FAILED/);
  const page = await (await visitors.open()).newPage();
  await page.route("**/back_office-*.js", (route) => route.abort());
  await page.goto(`${server.url}/staff`);
  await expect(page.getByRole("alert")).toContainText("This page could not be loaded");
  await page.unroute("**/back_office-*.js");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Board" })).toBeVisible();
});
