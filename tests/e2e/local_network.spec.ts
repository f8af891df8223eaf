import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectNoViolation } from "./axe";
import { makeCertificate, type Certificate } from "./certificate";
import { expect, test as base } from "./fixtures";
import { show } from "./pages";
import { cutOff, layOutOnPaper, printPage } from "./paper";
import { readQrCodes } from "./qr_codes";
import { startServer } from "./server";

const widths = [320, 390, 768, 1280];

/** The server has a certificate of its own making, which this browser does not trust yet. */
const test = base.extend<{ certificate: Certificate }>({
  certificate: async ({}, use) => {
    const certificate = makeCertificate();
    await use(certificate);
    certificate.remove();
  },
  server: async ({ auth, certificate }, use) => {
    const server = await startServer({ auth, more: certificate.words });
    await use(server);
    await server.stop();
  },
});

async function expectNoWiderThan(page: Page, what: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${what} at ${width}`).toBeLessThanOrEqual(width);
    expect(await cutOff(page), `${what} at ${width}`).toEqual([]);
  }
}

/** As the page shows a fingerprint. */
const shown = (lines: readonly string[]) => lines.join(":").replace(/:/g, " ");

test("a device that opens /trust gets the certificate, what to compare it with, and its own steps", async ({ certificate, visitors }) => {
  const page = await (
    await visitors.open({ ignoreHTTPSErrors: true, userAgent: "Mozilla/5.0 (Linux; Android 15; Pixel 8) Chrome/130.0 Mobile" })
  ).newPage();
  await show(page, { name: "trust", path: "/trust" });
  await expect(page.locator(".fingerprint")).toHaveText(shown(certificate.fingerprint));
  await expect(page.getByRole("group").filter({ hasText: "Install anyway" })).toHaveAttribute("open");
  await expect(page.getByText("Profile Downloaded")).toBeHidden();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the certificate" }).click();
  expect(readFileSync(await (await download).path(), "utf8")).toBe(certificate.authority);
});

test("the trust page reads well on every width, in light and dark", async ({ visitors }) => {
  const page = await (await visitors.open({ ignoreHTTPSErrors: true })).newPage();
  await show(page, { name: "trust", path: "/trust" });
  await page.locator("details").evaluateAll((all) => all.forEach((one) => one.setAttribute("open", "")));
  await expectNoWiderThan(page, "/trust");
  await expectNoViolation(page, "/trust");
});

test("the sheet has the address in letters and as a code, what to trust first, and how a kiosk begins", async ({
  certificate,
  visitors,
}) => {
  const page = await (await visitors.open({ ignoreHTTPSErrors: true, as: "admin" })).newPage();
  await show(page, { name: "sheet", path: "/admin/sheet" });
  // Only this machine reaches the address that the page has.
  await expect(page.getByText("No other machine reaches this address")).toBeVisible();
  await page.getByLabel("Address", { exact: true }).fill(" https://desk.local:8081 ");
  await expect(page.getByText("No other machine reaches this address")).toBeHidden();
  await expect(page.locator(".sheet-address")).toHaveText("https://desk.local:8081/");
  await expect(page.getByText("https://desk.local:8081/staff")).toBeVisible();
  await expect(page.locator(".fingerprint")).toHaveText(shown(certificate.fingerprint));
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(new Set(await readQrCodes(page, page.locator(".qr-code")))).toEqual(
      new Set(["https://desk.local:8081/", "https://desk.local:8081/trust"]),
    );
  }
  await page.getByLabel("Address", { exact: true }).fill("desk.local");
  await expect(page.getByText("Write an address that begins with http:// or https://.")).toBeVisible();
  await expect(page.locator(".qr-code")).toHaveCount(0);
});

test("the sheet reads well on every width, in light and dark", async ({ visitors }) => {
  const page = await (await visitors.open({ ignoreHTTPSErrors: true, as: "admin" })).newPage();
  await show(page, { name: "sheet", path: "/admin/sheet" });
  await page.getByLabel("Address", { exact: true }).fill("https://a-laptop-with-a-long-name.local:18081/");
  await expectNoWiderThan(page, "/admin/sheet");
  await expectNoViolation(page, "/admin/sheet");
});

test("the sheet is one page of paper, with nothing to press on it", async ({ visitors }) => {
  const page = await (await visitors.open({ ignoreHTTPSErrors: true, as: "admin" })).newPage();
  await show(page, { name: "sheet", path: "/admin/sheet" });
  await page.getByLabel("Address", { exact: true }).fill("https://a-laptop-with-a-long-name.local:18081/");
  expect(await printPage(page, "portrait")).toMatchObject({ count: 1 });
  await layOutOnPaper(page, "portrait");
  expect(await cutOff(page)).toEqual([]);
  await expect(page.getByRole("button")).toHaveCount(0);
  expect(await readQrCodes(page, page.locator(".qr-code"))).toHaveLength(2);
  expect(await readQrCodes(page, page.locator(".qr-code"))).not.toContain(null);
});

base.describe("where people sign in", () => {
  base.use({ auth: "accounts" });

  base("the sheet is for administrators, and says how staff set up a shared screen", async ({ visitors }) => {
    const staff = await (await visitors.open({ as: "staff" })).newPage();
    await staff.goto("/admin/sheet");
    await expect(staff.getByText("This page is for administrators")).toBeVisible();
    const admin = await (await visitors.open({ as: "admin" })).newPage();
    await show(admin, { name: "sheet", path: "/admin/sheet" });
    await expect(admin.getByText("Make it a shared screen")).toBeVisible();
  });
});

test.describe("where people sign in, over https", () => {
  test.use({ auth: "accounts" });

  test("nobody has to sign in to learn what to trust", async ({ visitors, certificate }) => {
    const page = await (await visitors.open({ ignoreHTTPSErrors: true, as: "nobody" })).newPage();
    await show(page, { name: "trust", path: "/trust" });
    await expect(page.locator(".fingerprint")).toHaveText(shown(certificate.fingerprint));
  });
});

base("a server without https has nothing to trust, and its sheet says nothing of it", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await show(page, { name: "trust", path: "/trust" });
  await expect(page.getByText("There is nothing to trust here")).toBeVisible();
  await show(page, { name: "sheet", path: "/admin/sheet" });
  await page.getByLabel("Address", { exact: true }).fill("http://192.168.1.20:8081/");
  expect(await readQrCodes(page, page.locator(".qr-code"))).toEqual(["http://192.168.1.20:8081/"]);
  await expect(page.getByText("SHA-256")).toHaveCount(0);
});
