// Connected sets of pixels, and printed lines: marks.ts and ruled-lines.ts of data/pictures.

/**
 * Finds the connected sets of pixels that are set, in the order of their first pixels.
 *
 * @param markOf receives for each pixel the number of its set from 1, or 0
 * @param stack room for an integer for each pixel
 * @param table receives six integers for each set: its area, its pixels on the border, its left, right, top
 * and bottom
 * @returns how many there are
 */
export function findMarks(mask: usize, width: i32, height: i32, markOf: usize, stack: usize, table: usize): i32 {
  const size = width * height;
  memory.fill(markOf, 0, <usize>size << 2);
  let number = 0;
  for (let start = 0; start < size; start++) {
    if (load<u8>(mask + start) === 0 || load<i32>(markOf + (<usize>start << 2)) !== 0) continue;
    number++;
    let area = 0;
    let onBorder = 0;
    let left = width;
    let right = -1;
    let top = height;
    let bottom = -1;
    store<i32>(markOf + (<usize>start << 2), number);
    store<i32>(stack, start);
    let next = stack + 4;
    while (next > stack) {
      next -= 4;
      const pixel = load<i32>(next);
      const y = pixel / width;
      const x = pixel - y * width;
      area++;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) onBorder++;
      left = min(left, x);
      right = max(right, x);
      top = min(top, y);
      bottom = max(bottom, y);
      const lastX = min(width - 1, x + 1);
      const lastY = min(height - 1, y + 1);
      for (let v = max(0, y - 1); v <= lastY; v++) {
        for (let u = max(0, x - 1); u <= lastX; u++) {
          const neighbor = v * width + u;
          const place = markOf + (<usize>neighbor << 2);
          if (load<u8>(mask + neighbor) === 0 || load<i32>(place) !== 0) continue;
          store<i32>(place, number);
          store<i32>(next, neighbor);
          next += 4;
        }
      }
    }
    store<i32>(table, area);
    store<i32>(table + 4, onBorder);
    store<i32>(table + 8, left);
    store<i32>(table + 12, right);
    store<i32>(table + 16, top);
    store<i32>(table + 20, bottom);
    table += 24;
  }
  return number;
}

/**
 * How many pixels of each line are set.
 *
 * @param next bytes from one line to the next, `step` from one pixel to the next
 * @param out receives an integer for each line
 */
export function countLines(mask: usize, length: i32, step: i32, count: i32, next: i32, out: usize): void {
  for (let line = 0; line < count; line++) {
    let inked = 0;
    let at = mask + <usize>(line * next);
    for (let i = 0; i < length; i++, at += step) inked += load<u8>(at);
    store<i32>(out + (<usize>line << 2), inked);
  }
}
