import { defineConfig } from "@playwright/test";
import base from "./browser.config";
import type { Auth } from "./server";

const inFull = ["book.spec.ts", "kiosk.spec.ts", "messages.spec.ts", "owner.spec.ts", "webhooks.spec.ts"];

export default defineConfig<{ auth: Auth }>(base, {
  projects: [
    { name: "ui" },
    {
      // The same where people sign in: one journey, and with HSS_FULL_TESTS all that both have.
      name: "accounts",
      testMatch: ["journey.spec.ts", ...(process.env["HSS_FULL_TESTS"] ? inFull : [])],
      grepInvert: /@demo/,
      use: { auth: "accounts" },
    },
  ],
});
