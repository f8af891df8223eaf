import { defineConfig } from "@playwright/test";
import base from "./browser.config";

export default defineConfig(base, { testMatch: "screenshots.ts", workers: 1, timeout: 180_000 });
