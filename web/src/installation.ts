const patienceMs = 5_000;

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
    navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  };
  const timer = setTimeout(register, patienceMs);
  for (const sign of signs) addEventListener(sign, register, { passive: true });
}
