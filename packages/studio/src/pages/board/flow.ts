/** How long a value is on its way, and how much later each operand starts, in ms. */
const WAY_MS = 700;
const AFTER_MS = 120;

/**
 * Lets pictures of the operands fly into the result of an equation. With reduced motion nothing
 * flies: the styles frame the operands and the result instead.
 *
 * @returns ends it
 */
export function flow(row: HTMLElement): () => void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return () => undefined;
  const goal = row.querySelector('.tile.result .squares');
  if (!goal) return () => undefined;
  const whole = row.getBoundingClientRect();
  // In a small window the row is zoomed, and lengths in it are zoomed once more.
  const zoom = whole.width / row.offsetWidth || 1;
  const to = goal.getBoundingClientRect();
  const copies = [...row.querySelectorAll<HTMLCanvasElement>('.tile.operand canvas')].map((operand, k) => {
    const from = operand.getBoundingClientRect();
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [operand.width, operand.height];
    copy.getContext('2d')?.drawImage(operand, 0, 0);
    copy.className = 'flying';
    copy.setAttribute('aria-hidden', 'true');
    Object.assign(copy.style, {
      left: `${(from.left - whole.left) / zoom}px`,
      top: `${(from.top - whole.top) / zoom}px`,
      width: `${from.width / zoom}px`,
      height: `${from.height / zoom}px`,
    });
    row.append(copy);
    const [x, y] = [(to.left - from.left) / zoom, (to.top - from.top) / zoom];
    const small = `translate(${x}px, ${y}px) scale(${to.width / from.width}, ${to.height / from.height})`;
    copy
      .animate(
        [
          { transform: 'none', opacity: 0.9 },
          { transform: small, opacity: 0.6, offset: 0.9 },
          { transform: small, opacity: 0 },
        ],
        { duration: WAY_MS, delay: k * AFTER_MS, easing: 'ease-in-out', fill: 'backwards' },
      )
      .finished.then(
        () => copy.remove(),
        () => undefined,
      );
    return copy;
  });
  return () => {
    for (const copy of copies) copy.remove();
  };
}
