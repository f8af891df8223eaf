import { expect, test as base, type Page } from "@playwright/test";
import { expectNoViolation } from "./axe";
import { startDesktop, type DesktopHss } from "./desktop";
import { watchLoad } from "./load";

const test = base.extend<{ hss: DesktopHss }>({
  hss: async ({}, use) => {
    const hss = await startDesktop();
    await use(hss);
    await hss.remove();
  },
});

const person = { name: "Lerato Nkosi", email: "lerato@hss.example", password: "three blue suitcases" };

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

async function becomeAdministrator(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Set up my business" }).click();
  await expect(heading(page)).toHaveText("Welcome to HSS");
  await page.getByLabel("Name", { exact: true }).fill(person.name);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("New password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: /Create|Set|Begin/ }).click();
  await expect(heading(page)).toHaveText("Overview");
}

test("the start page offers the demo, the business and the kiosk, and keeps its key to itself", async ({ page, hss }) => {
  await page.goto(hss.link);
  await expect(heading(page)).toHaveText("HSS runs on this computer");
  for (const name of ["Look around", "My business", "Kiosk"]) await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText(hss.database, { exact: false }).first()).toBeVisible();
  expect(page.url()).toBe(`${hss.url}/start`);
  // A reload of the tab needs no other link.
  await page.reload();
  await expect(page.getByRole("heading", { name: "My business" })).toBeVisible();
});

test("the demo opens beside the start page", async ({ page, hss }) => {
  await page.goto(hss.link);
  const [demo] = await Promise.all([page.waitForEvent("popup"), page.getByRole("link", { name: "Open the demo" }).click()]);
  await expect(heading(demo)).toHaveText("Board");
  // The tab beside it has no key.
  await demo.goto(`${hss.url}/start`);
  await expect(heading(demo)).toHaveText("Please open HSS once more");
});

test("somebody without a terminal sets up their business, and finds it the next time", async ({ page, hss }) => {
  await page.goto(hss.link);
  await expect(page.getByText("First set up your business.")).toBeVisible();
  await becomeAdministrator(page);
  const business = new URL(page.url()).origin;
  expect(business).not.toBe(hss.url);

  await page.goto(await hss.doubleClick());
  await expect(page.getByRole("link", { name: "Open my business" })).toHaveAttribute("href", `${business}/`);
  await expect(page.getByRole("link", { name: "Open the board" })).toHaveAttribute("href", `${business}/staff`);
});

test("Stop HSS ends it, and the page says how to begin again", async ({ page, hss }) => {
  await page.goto(hss.link);
  await page.getByRole("button", { name: "Stop HSS" }).click();
  await expect(heading(page)).toHaveText("HSS has ended");
  expect(await hss.ended).toBe(0);
});

test("a tab whose HSS has ended says so", async ({ page, hss, context }) => {
  await page.goto(hss.link);
  await expect(page.getByRole("heading", { name: "My business" })).toBeVisible();
  const other = await context.newPage();
  await other.goto(await hss.doubleClick());
  await other.getByRole("button", { name: "Stop HSS" }).click();
  await expect(heading(other)).toHaveText("HSS has ended");
  await hss.ended;
  await page.getByRole("button", { name: "Set up my business" }).click();
  await expect(heading(page)).toHaveText("HSS does not run any more");
});

test("a link that was used opens nothing in another browser", async ({ page, hss, browser }) => {
  await page.goto(hss.link);
  await expect(page.getByRole("heading", { name: "My business" })).toBeVisible();
  const other = await (await browser.newContext()).newPage();
  await other.goto(hss.link);
  await expect(heading(other)).toHaveText("Please open HSS once more");
  await other.context().close();
});

test("a page of another origin stops nothing, whatever it knows", async ({ page, hss, context }) => {
  await page.goto(hss.link);
  await expect(page.getByRole("heading", { name: "My business" })).toBeVisible();
  const key = await page.evaluate(() => sessionStorage.getItem("hss-desktop"));
  const evil = await context.newPage();
  await evil.route("https://evil.example/", (route) => route.fulfill({ contentType: "text/html", body: "<h1>Prize</h1>" }));
  await evil.goto("https://evil.example/");
  const outcomes = await evil.evaluate(
    async ([url, token]) => {
      const tries: RequestInit[] = [
        { method: "POST", mode: "no-cors" },
        { method: "POST", headers: { "X-HSS-Desktop": JSON.parse(token ?? '""') as string } },
      ];
      return Promise.all(
        tries.map((init) =>
          fetch(`${url}/api/v1/desktop/stop`, init).then(
            (answer) => answer.type,
            () => "failed",
          ),
        ),
      );
    },
    [hss.url, key] as const,
  );
  expect(outcomes).not.toContain("basic");
  await page.reload();
  await expect(page.getByRole("button", { name: "Stop HSS" })).toBeVisible();
});

test("a damaged file is said, and the demo is there all the same", async ({ page }) => {
  const hss = await startDesktop({ database: "This was a database once.\n".repeat(400) });
  await page.goto(hss.link);
  await expect(page.getByRole("alert")).toContainText("is not a database");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Open the demo" })).toBeVisible();
  await hss.remove();
});

test("wrong settings are said", async ({ page }) => {
  const hss = await startDesktop({ variables: { HSS_KIOSK_LOCK_AFTER: "soon" } });
  await page.goto(hss.link);
  await expect(page.getByRole("alert")).toContainText("soon");
  await expect(page.getByRole("link", { name: "Open the demo" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "My business" })).toHaveCount(0);
  await hss.remove();
});

test("the first load of the start page is at most 6 requests and 60 KB", async ({ page, hss }) => {
  const load = await watchLoad(page);
  await page.goto(hss.link);
  await expect(page.getByRole("button", { name: "Stop HSS" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(load.bytes).toBeLessThanOrEqual(60_000);
  expect(load.requests.filter((url) => /\.(js|css)$/.test(url)).length, load.requests.join("\n")).toBeLessThanOrEqual(6);
});

for (const width of [320, 390, 768, 1280, 1600]) {
  test(`axe finds no violation on the start page, and it does not scroll sideways: ${width} px`, async ({ page, hss }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(hss.link);
    const scroll = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect(page.getByRole("button", { name: "Stop HSS" })).toBeVisible();
    await expectNoViolation(page, "start page");
    expect(await scroll()).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "Stop HSS" }).click();
    await expect(heading(page)).toHaveText("HSS has ended");
    await expectNoViolation(page, "ended");
    expect(await scroll()).toBeLessThanOrEqual(0);
  });
}

test("axe finds no violation where something is wrong", async ({ page }) => {
  const hss = await startDesktop({ database: "This was a database once.\n".repeat(400) });
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto(hss.link);
  await expect(page.getByRole("alert")).toContainText("is not a database");
  await expectNoViolation(page, "damaged");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await hss.remove();
});
