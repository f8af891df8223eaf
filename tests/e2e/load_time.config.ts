import { defineConfig } from "@playwright/test";
import base from "./browser.config";

export default defineConfig(base, { testMatch: ["load_time.ts", "photo_time.ts"], workers: 1 });
