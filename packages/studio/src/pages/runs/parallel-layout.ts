/** Where axes and places on them are in the drawing, in CSS pixels. */
export interface ParallelLayout {
  /** Axes stand side by side. On a narrow page, they lie one below the other. */
  readonly isUpright: boolean;
  readonly width: number;
  readonly height: number;
  /** The point of a place (0–1) on the axis with this index. */
  point(axis: number, place: number): readonly [x: number, y: number];
  /** The place on an axis below a point. */
  placeAt(x: number, y: number): number;
}

/** Narrower than this, the axes lie. */
const MIN_UPRIGHT = 620;
const HEIGHT = 330;
/** Of an upright drawing: room for the names above, and below; and at its sides for numbers. */
const [TOP, BOTTOM, SIDE] = [34, 14, 72];
/** Of lying axes: their distance, and the room at the sides. */
const [GAP, LYING_TOP, LYING_SIDE] = [84, 30, 24];

export function parallelLayout(width: number, axes: number): ParallelLayout {
  const last = Math.max(1, axes - 1);
  const within = (place: number) => Math.min(1, Math.max(0, place));
  if (width >= MIN_UPRIGHT) {
    const length = HEIGHT - TOP - BOTTOM;
    return {
      ...{ isUpright: true, width, height: HEIGHT },
      point: (axis, place) => [SIDE + (axis * (width - 2 * SIDE)) / last, TOP + (1 - place) * length],
      placeAt: (_, y) => within(1 - (y - TOP) / length),
    };
  }
  const length = width - 2 * LYING_SIDE;
  return {
    ...{ isUpright: false, width, height: LYING_TOP + last * GAP + 30 },
    point: (axis, place) => [LYING_SIDE + place * length, LYING_TOP + axis * GAP],
    placeAt: (x) => within((x - LYING_SIDE) / length),
  };
}

/** A line through points, which leaves each axis at a right angle. */
export function lineThrough(points: readonly (readonly [number, number])[], isUpright: boolean): string {
  return points
    .map(([x, y], k) => {
      if (k === 0) return `M${x.toFixed(1)} ${y.toFixed(1)}`;
      const [fromX, fromY] = points[k - 1]!;
      const [middleX, middleY] = [(fromX + x) / 2, (fromY + y) / 2];
      const controls = isUpright ? [middleX, fromY, middleX, y] : [fromX, middleY, x, middleY];
      return `C${[...controls, x, y].map((value) => value.toFixed(1)).join(' ')}`;
    })
    .join('');
}
