/**
 * Keeps the page itself (never an answer of the API) in the browser, so that a kiosk can be reloaded
 * while the server is out of reach. What it kept is used for pages only when the network gives none.
 */
export {};

declare const self: ServiceWorkerGlobalScope;
/** The page's files, by the build. */
declare const bundle: { version: string; files: string[] };

const cacheName = `hss-page-${bundle.version}`;
const shell = "/";

async function keepPage(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll([shell, ...bundle.files]);
}

async function forgetEarlierPages(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("hss-page-") && name !== cacheName).map((name) => caches.delete(name)));
}

/** The page as the server has it now; where it cannot be reached, the one that was kept. */
async function pageFor(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    // What stands before a server that is down (a proxy) may answer in its place.
    if (answer.status < 500) return answer;
    return (await caches.match(shell)) ?? answer;
  } catch (failure) {
    const kept = await caches.match(shell);
    if (kept) return kept;
    throw failure;
  }
}

async function fileFor(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

self.addEventListener("install", (event) => {
  event.waitUntil(keepPage().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetEarlierPages().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  // The API is between the page and the server: an old answer is never given as a new one.
  if (request.mode === "navigate" && !url.pathname.startsWith("/api/") && url.pathname !== "/health") {
    event.respondWith(pageFor(request));
  } else if (bundle.files.includes(url.pathname)) {
    event.respondWith(fileFor(request));
  }
});
