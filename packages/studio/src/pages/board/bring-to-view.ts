/** What stays free around what one looks at, in CSS pixels. */
const AIR = 8;

/** Scrolls by no more than it takes until an element stands between the step buttons above and the sheet in longhand below. */
export function bringToView(element: Element): void {
  const edge = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
  const top = Math.max(0, edge('.step-buttons')?.bottom ?? 0) + AIR;
  const bottom = Math.min(innerHeight, edge('.longhand')?.top ?? innerHeight) - AIR;
  const box = element.getBoundingClientRect();
  // Of what is higher than the room, the head is seen.
  if (box.top < top || box.height > bottom - top) scrollBy(0, box.top - top);
  else if (box.bottom > bottom) scrollBy(0, box.bottom - bottom);
}
