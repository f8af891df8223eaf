import { defineConfig } from "@playwright/test";
import { chromium } from "./chromium";

/** What every run has in common. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  fullyParallel: true,
  forbidOnly: Boolean(process.env["CI"]),
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: chromium,
    locale: "en-ZA",
    trace: { mode: "retain-on-failure", screenshots: false },
  },
});
