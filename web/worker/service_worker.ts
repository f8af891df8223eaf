/**
 * Keeps the page itself (never an answer of the API) in the browser, so that a kiosk can be reloaded
 * while the server is out of reach. What it kept is used for pages only when the network gives none.
 */
export {};

declare const self: ServiceWorkerGlobalScope;
/** The page's files, by the build. */
declare const bundle: { version: string; files: string[] };

const cacheName = `hss-page-${bundle.version}`;
/** Where the server shows its pages: "/", or under a base path. */
const shell = new URL("./", self.location.href).pathname;
const files = bundle.files.map((file) => shell + file.slice(1));

async function keepPage(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll([shell, ...files]);
}

async function forgetEarlierPages(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("hss-page-") && name !== cacheName).map((name) => caches.delete(name)));
}

const patienceMs = 4_000;

/** The page as the server has it now; where it gives none in time, the one that was kept. */
async function pageFor(request: Request): Promise<Response> {
  const kept = await caches.match(shell);
  const fresh = fetch(request);
  if (!kept) return fresh;
  // A network that swallows everything says nothing for minutes, and what stands before a server that is down (a
  // proxy) may answer in its place.
  const late = new Promise<Response>((give) => setTimeout(() => give(kept), patienceMs));
  const prompt = fresh.then(
    (answer) => (answer.status < 400 ? answer : kept),
    () => kept,
  );
  return Promise.race([prompt, late]);
}

/** As the server tells them from pages. */
const ofTheApi = /^\/+(api|health|metrics)(\/|$)/i;

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
  if (request.mode === "navigate" && !ofTheApi.test(url.pathname.slice(shell.length - 1))) {
    event.respondWith(pageFor(request));
  } else if (files.includes(url.pathname)) {
    event.respondWith(fileFor(request));
  }
});
