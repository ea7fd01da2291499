/**
 * Has the service worker keep digits that were loaded, by their paths: some may have been loaded
 * before it was installed.
 */
export async function keepOffline(paths: readonly string[]): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  // If no service worker could be registered, this waits for ever, and nothing is kept.
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage(paths);
}
