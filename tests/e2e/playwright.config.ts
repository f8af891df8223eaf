import { defineConfig } from "@playwright/test";
import base from "./browser.config";
import type { Auth } from "./server";

export default defineConfig<{ auth: Auth }>(base, {
  projects: [
    { name: "ui" },
    {
      // The same journeys where people sign in.
      name: "accounts",
      testMatch: ["journey.spec.ts", "book.spec.ts", "kiosk.spec.ts", "messages.spec.ts", "owner.spec.ts", "webhooks.spec.ts"],
      grepInvert: /@demo/,
      use: { auth: "accounts" },
    },
  ],
});
