/// <reference lib="webworker" />
// Keeps the page for offline use. Compiled by itself (build/offline.js), which fills in FILES and VERSION.
declare const FILES: readonly string[];
declare const VERSION: string;

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
/** What a build consists of. */
const PAGE = `page ${VERSION}`;
/** The digits: their names tell their contents, so that a new build may use them again. */
const DATA = 'digits';

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(PAGE)
      .then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' }))))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith('page ') && name !== PAGE)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (!url.href.startsWith(worker.registration.scope)) return;
  event.respondWith(answer(request, url));
});

async function answer(request: Request, url: URL): Promise<Response> {
  const kept = await caches.match(request.mode === 'navigate' ? worker.registration.scope : request, {
    ignoreVary: true,
    ignoreSearch: request.mode === 'navigate',
  });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && url.href.startsWith(new URL('data/', worker.registration.scope).href)) {
    const copy = response.clone();
    const cache = await caches.open(DATA);
    await cache.put(request, copy);
  }
  return response;
}
