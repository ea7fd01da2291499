/** The side of a frame. */
const SIDE = 28;
/** From here on, a pixel is ink. */
const INK = 100;
/** How many numbers describe a shape. */
export const FEATURES = 9;

/**
 * Numbers that say what a digit in its frame looks like, without what it reads: width over height as a logarithm, the
 * length of its outline, how often rows and columns cross it (in the mean, and at most), its holes, and how its ink
 * spreads across, down and aslant.
 */
export function shapeFeatures(pixels: Uint8Array): Float64Array {
  const isInk = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < SIDE && y < SIDE && pixels[y * SIDE + x]! >= INK;
  let [left, right, top, bottom, outline, area] = [SIDE, -1, SIDE, -1, 0, 0];
  let [sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      if (!isInk(x, y)) continue;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), y];
      area++;
      outline += Number(!isInk(x - 1, y)) + Number(!isInk(x + 1, y));
      outline += Number(!isInk(x, y - 1)) + Number(!isInk(x, y + 1));
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumYY += y * y;
      sumXY += x * y;
    }
  }
  if (area === 0) return new Float64Array(FEATURES);
  const [rows, columns] = [crossings(isInk), crossings((x, y) => isInk(y, x))];
  const [varX, varY] = [sumXX / area - (sumX / area) ** 2, sumYY / area - (sumY / area) ** 2];
  const together = sumXY / area - (sumX / area) * (sumY / area);
  return Float64Array.of(
    Math.log((right - left + 1) / (bottom - top + 1)),
    outline / 40,
    rows.mean,
    columns.mean,
    rows.most + columns.most,
    holesIn(isInk),
    Math.log(1 + varX),
    Math.log(1 + varY),
    together / Math.sqrt((varX + 1) * (varY + 1)),
  );
}

/** How often rows with ink cross it, in the mean and at most. */
function crossings(isInk: (x: number, y: number) => boolean): { mean: number; most: number } {
  let [sum, inked, most] = [0, 0, 0];
  for (let y = 0; y < SIDE; y++) {
    let runs = 0;
    for (let x = 0; x < SIDE; x++) if (isInk(x, y) && !isInk(x - 1, y)) runs++;
    if (runs === 0) continue;
    inked++;
    sum += runs;
    most = Math.max(most, runs);
  }
  return { mean: sum / inked, most };
}

/** Regions of paper that ink surrounds; specks of one pixel do not count. */
function holesIn(isInk: (x: number, y: number) => boolean): number {
  const seen = new Uint8Array(SIDE * SIDE);
  let holes = 0;
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 1 || isInk(start % SIDE, Math.floor(start / SIDE))) continue;
    const found = [start];
    seen[start] = 1;
    let [size, isOpen] = [0, false];
    for (let at = found.pop(); at !== undefined; at = found.pop()) {
      const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
      size++;
      if (x === 0 || y === 0 || x === SIDE - 1 || y === SIDE - 1) isOpen = true;
      for (const [u, v] of [
        [x - 1, y],
        [x + 1, y],
        [x, y - 1],
        [x, y + 1],
      ] as const) {
        if (u < 0 || v < 0 || u >= SIDE || v >= SIDE || seen[v * SIDE + u] === 1 || isInk(u, v)) continue;
        seen[v * SIDE + u] = 1;
        found.push(v * SIDE + u);
      }
    }
    if (!isOpen && size > 1) holes++;
  }
  return holes;
}
