/// <reference lib="webworker" />
// Keeps the page for offline use, and adds the headers that threads need. build/offline.js compiles it separately and fills in FILES,
// DIGITS and VERSION.
/** The page's files, including the first digits: addresses relative to this file's. */
declare const FILES: readonly string[];
/** All other digits: kept once they have been loaded. */
declare const DIGITS: readonly string[];
declare const VERSION: string;

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const { scope } = worker.registration;
/**
 * The cache of a build. Other pages of the same origin may have caches, too: the scope identifies
 * ours.
 */
const PAGE_OF_ANY_BUILD = `longhand page ${scope} `;
const PAGE = `${PAGE_OF_ANY_BUILD}${VERSION}`;
/**
 * The cache of digits. Their names change with their contents, so a new build can use them again.
 */
const DATA = `longhand digits ${scope}`;

/**
 * With the first two headers a page may share memory between threads. Many static hosts cannot send them,
 * so this worker adds them, to the page and to the programs of its workers.
 */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  // A page that shares memory may show this one in a frame.
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** The pages that this page shows in a frame. */
const framedPages = new Set(FILES.filter((file) => /^assets\/.*\.html$/.test(file)).map(addressOf));
const digitsAddresses = new Set(DIGITS.map(addressOf));

// A new build waits until no page of the old one is open: such a page may still need files that the
// new build does not have.
worker.addEventListener('install', (event) => {
  event.waitUntil(keepPage());
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOldBuilds().then(() => worker.clients.claim()));
});

// The page says which digits it has loaded: some may have been loaded before this worker was
// installed.
worker.addEventListener('message', (event: ExtendableMessageEvent) => {
  const paths = event.data as readonly string[];
  event.waitUntil(Promise.all(paths.map(addressOf).map(keepDigits)));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  if (request.mode === 'navigate') {
    if (isPage(new URL(request.url))) event.respondWith(answerPage(request).then(isolating));
    // A frame in a page that is isolated must have the headers, too.
    else if (framedPages.has(request.url)) event.respondWith(answer(request, event).then(isolating));
  } else if (request.destination === 'worker') event.respondWith(answer(request, event).then(isolating));
  else event.respondWith(answer(request, event));
});

function addressOf(path: string): string {
  return new URL(path, scope).href;
}

function isPage({ origin, pathname }: URL): boolean {
  return [scope, addressOf('index.html')].includes(origin + pathname);
}

async function keepPage(): Promise<void> {
  const cache = await caches.open(PAGE);
  const lasting = /^(assets|data)\//;
  // Where a name changes with the contents, the browser's own cache is right.
  const requests = FILES.map(
    (file) => new Request(file, { cache: lasting.test(file) ? 'default' : 'no-cache' }),
  );
  await cache.addAll(requests);
}

async function dropOldBuilds(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PAGE_OF_ANY_BUILD) && name !== PAGE);
  await Promise.all(old.map((name) => caches.delete(name)));
  const data = await caches.open(DATA);
  const unused = (await data.keys()).filter(({ url }) => !digitsAddresses.has(url));
  await Promise.all(unused.map((request) => data.delete(request)));
}

async function keepDigits(address: string): Promise<void> {
  if (!digitsAddresses.has(address)) return;
  const cache = await caches.open(DATA);
  if (!(await cache.match(address, { ignoreVary: true }))) await cache.add(address);
}

/** From the server if it answers, so that a new build is seen at once; otherwise from the cache. */
async function answerPage(request: Request): Promise<Response> {
  const response = await fetch(request).catch(() => undefined);
  if (response?.ok) return response;
  return (await caches.match(scope, { ignoreVary: true })) ?? response ?? Response.error();
}

/** The same response with the headers that isolate. A redirect or a failure remains as it is. */
function isolating(response: Response): Response {
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

async function answer(request: Request, event: FetchEvent): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && digitsAddresses.has(request.url)) {
    const copy = response.clone();
    // The page does not wait for this.
    event.waitUntil(caches.open(DATA).then((cache) => cache.put(request, copy)));
  }
  return response;
}
