import { basePath } from "../lib/base";

const registrationDelayMs = 5_000;
const updateEveryMs = 3_600_000;

let isReplaced = false;

/** True once a newer version of the page is installed than the one that runs: the next navigation should load it. */
export function isOutdated(): boolean {
  return isReplaced;
}

// A kiosk's page stays open for weeks, and the browser checks for a new version only at a navigation.
async function registerServiceWorker(): Promise<void> {
  const isFirst = !navigator.serviceWorker.controller;
  const registration = await navigator.serviceWorker.register(`${basePath}/sw.js`);
  let changes = 0;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    changes++;
    if (!isFirst || changes > 1) isReplaced = true;
  });
  setInterval(() => void registration.update().catch(() => undefined), updateEveryMs);
}

/**
 * Registers the service worker, which serves the page while the server is unreachable (worker/service_worker.ts). Waits
 * for the first input or some seconds, so that it does not slow the first load. Browsers offer it on https and localhost.
 */
export function scheduleServiceWorker(): void {
  if (!("serviceWorker" in navigator)) return;
  const inputEvents = ["pointerdown", "keydown"] as const;
  const register = () => {
    clearTimeout(timer);
    for (const type of inputEvents) removeEventListener(type, register);
    // A browser that rejects it (private windows do) shows the page all the same.
    void registerServiceWorker().catch(() => undefined);
  };
  const timer = setTimeout(register, registrationDelayMs);
  for (const type of inputEvents) addEventListener(type, register, { passive: true });
}
