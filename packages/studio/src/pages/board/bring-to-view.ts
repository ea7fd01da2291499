/** Free space around the element, in CSS pixels. */
const AIR = 8;

/**
 * Scrolls as little as possible, until an element lies between the step buttons above and the sheet
 * "In longhand" below.
 */
export function bringToView(element: Element): void {
  const edge = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
  const top = Math.max(0, edge('.step-buttons')?.bottom ?? 0) + AIR;
  const bottom = Math.min(innerHeight, edge('.longhand')?.top ?? innerHeight) - AIR;
  const box = element.getBoundingClientRect();
  // An element that does not fit shows its upper part.
  if (box.top < top || box.height > bottom - top) scrollBy(0, box.top - top);
  else if (box.bottom > bottom) scrollBy(0, box.bottom - bottom);
}
