import { basePath } from "../lib/base";

const patienceMs = 5_000;
const updateEveryMs = 3_600_000;

let isReplaced = false;

/** True once a newer version of the page is kept than the one that runs: the next step should load it. */
export function isOutdated(): boolean {
  return isReplaced;
}

// A kiosk's page stays open for weeks, and without being asked the browser would not look for a new one.
async function keepUpToDate(): Promise<void> {
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
 * Lets the browser keep the page for when the server is out of reach (worker/service_worker.ts). Waits for the first
 * touch or a quiet moment, so that the first load is the page's alone. Browsers offer this on https and localhost only.
 */
export function keepPageInstalled(): void {
  if (!("serviceWorker" in navigator)) return;
  const signs = ["pointerdown", "keydown"] as const;
  const register = () => {
    clearTimeout(timer);
    for (const sign of signs) removeEventListener(sign, register);
    // A browser that refuses (private windows do) shows the page all the same.
    void keepUpToDate().catch(() => undefined);
  };
  const timer = setTimeout(register, patienceMs);
  for (const sign of signs) addEventListener(sign, register, { passive: true });
}
