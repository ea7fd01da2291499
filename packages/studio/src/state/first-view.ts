/** Resolves when the page shows what was asked for: from then on, the network and the processor are free for what comes later. */
let tell: () => void;
const drawn = new Promise<void>((resolve) => {
  tell = resolve;
});
/** Longer than a first view takes; a page that cannot be drawn is kept for offline use all the same. */
const PATIENCE_MS = 8000;
setTimeout(() => tell(), PATIENCE_MS);

/** Says that the first view can be used. */
export function firstViewIsDrawn(): void {
  // After the frame that shows it.
  requestAnimationFrame(() => setTimeout(() => void isPainted().then(tell)));
}

/** Other threads paint the frame: what comes later would take the processor from them. */
function isPainted(): Promise<void> {
  if (!PerformanceObserver.supportedEntryTypes.includes('paint')) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: 'paint', buffered: true });
  });
}

/** Does what is not part of the first view, after it. */
export function afterFirstView(work: () => void): void {
  void drawn.then(work);
}
