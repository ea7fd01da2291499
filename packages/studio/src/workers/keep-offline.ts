/** Lets the service worker keep digits that have been loaded, by their paths; some may have come before it was there. */
export async function keepOffline(paths: readonly string[]): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  // Where none could be registered this waits for ever, and nothing is kept.
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage(paths);
}
