import { signal } from '@preact/signals';
import { afterFirstView } from './first-view.js';

/**
 * Why training has one thread:
 *
 * - `framed`: the page is in a frame of a page that does not share memory with it;
 * - `insecure`: the page came over plain http from another machine;
 * - `forbidden`: the host sends no headers, and there may be no service worker that adds them;
 * - `preparing`: the service worker is being installed;
 * - `reload`: it is ready, and adds the headers when the page is loaded again;
 * - `refused`: the page came with the headers, and the browser shares no memory all the same;
 * - `one-core`: memory is shared, and there is no second core.
 */
export type OneThreadReason =
  | 'framed'
  | 'insecure'
  | 'forbidden'
  | 'preparing'
  | 'reload'
  | 'refused'
  | 'one-core';

/** Why training has one thread; undefined if it can have several. */
export const oneThread = signal<OneThreadReason | undefined>(undefined);

/** What a person does first on a page. */
const TOUCHES = ['pointerdown', 'keydown', 'dragenter'] as const;

/**
 * Starts the service worker, which keeps the page for offline use. Where the host does not send the
 * headers that threads need, it adds them, from the next load of the page on: the page loads itself
 * again for that, unless somebody has begun to use it.
 */
export function startServiceWorker(): void {
  // The page around a frame decides about its memory, and offline use needs a window of its own.
  const isFramed = window !== top;
  const workers = !isFramed && 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  if (!crossOriginIsolated) oneThread.value = isFramed ? 'framed' : reasonAtStart(workers);
  else if (navigator.hardwareConcurrency === 1) oneThread.value = 'one-core';
  if (!workers) return;
  if (oneThread.value === 'preparing') {
    const isUntouched = watchTouches();
    workers.addEventListener('controllerchange', () => {
      if (isUntouched()) location.reload();
      else oneThread.value = 'reload';
    });
  }
  const register = () => {
    workers.register(new URL('service-worker.js', document.baseURI)).catch(() => {
      if (oneThread.value === 'preparing') oneThread.value = 'forbidden';
    });
  };
  // It fetches every file of the page. The first view comes first, unless the page waits for the headers.
  if (oneThread.value === 'preparing') addEventListener('load', register);
  else afterFirstView(register);
}

function reasonAtStart(workers: ServiceWorkerContainer | undefined): OneThreadReason {
  if (!isSecureContext) return 'insecure';
  if (!workers) return 'forbidden';
  return workers.controller ? 'refused' : 'preparing';
}

/** Tells whether nobody has used the page since. A run that a link started changes the address. */
function watchTouches(): () => boolean {
  const { href } = location;
  let touched = false;
  const touch = () => {
    touched = true;
  };
  for (const name of TOUCHES) addEventListener(name, touch, { once: true, capture: true });
  return () => !touched && location.href === href;
}
