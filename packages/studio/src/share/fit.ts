/** How much larger or smaller a page is made. */
interface Limits {
  readonly least: number;
  readonly most: number;
}

/** Rounds of halving: the zoom is found within a hundredth. */
const ROUNDS = 8;
/** A change of the contents that is smaller than this share makes nothing larger: it would jump. */
const CALM = 0.12;

/**
 * The largest zoom at which something fits.
 *
 * @returns the least one if none fits
 */
export function largestZoom(fits: (zoom: number) => boolean, { least, most }: Limits): number {
  if (fits(most)) return most;
  let [low, high] = [least, most];
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Keeps the last child of an element as large as it fits into the element, with CSS zoom: when the
 * element changes its size, when the child no longer fits, when it has become much smaller, and when
 * another child takes its place.
 *
 * @returns a function that ends it
 */
export function keepFitted(element: HTMLElement, limits: Limits): () => void {
  let contents: HTMLElement | undefined;
  let zoom = 1;
  let frame = 0;
  let last = '';
  const overflows = () =>
    element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1;
  const set = (to: number) => {
    zoom = to;
    contents!.style.zoom = String(to);
  };
  const fits = (to: number) => {
    set(to);
    return !overflows();
  };
  function fit(): void {
    const size = `${element.clientWidth} ${element.clientHeight}`;
    if (size === last && !overflows()) {
      const before = zoom;
      const after = largestZoom(fits, limits);
      if (after < before * (1 + CALM)) set(before);
      return;
    }
    last = size;
    set(Math.floor(largestZoom(fits, limits) * 100) / 100);
  }
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(fit);
  });
  observer.observe(element);
  const take = () => {
    if (contents) observer.unobserve(contents);
    contents = element.lastElementChild as HTMLElement;
    last = '';
    observer.observe(contents);
  };
  take();
  const children = new MutationObserver(take);
  children.observe(element, { childList: true });
  return () => {
    children.disconnect();
    observer.disconnect();
    cancelAnimationFrame(frame);
    contents!.style.zoom = '';
  };
}
