import { defineConfig } from "@playwright/test";
import base from "./playwright.config";

export default defineConfig(base, { testMatch: "screenshots.ts", workers: 1, timeout: 180_000 });
