/** The functions of the WebAssembly module. Places are addresses in its memory, in bytes. */
export interface PictureKernels {
  readonly shrink: (
    data: number,
    channels: number,
    width: number,
    height: number,
    side: number,
    out: number,
  ) => void;
  // biome-ignore format: the numbers of each function in their order
  readonly plane: (rgb: number, step: number, count: number, red: number, green: number, blue: number, out: number) => void;
  readonly histogram: (values: number, count: number, most: number, counts: number) => void;
  // biome-ignore format: as above
  readonly countPlane: (rgb: number, step: number, count: number, red: number, green: number, blue: number, counts: number) => void;
  readonly taps: (width: number, to: number, places: number, weights: number, most: number) => void;
  // biome-ignore format: as above
  readonly scaleRows: (from: number, width: number, height: number, taps: number, weights: number, most: number, count: number, to: number, apart: number) => void;
  readonly paddedStride: (width: number, radius: number) => number;
  // biome-ignore format: as above
  readonly extremesAround: (from: number, width: number, height: number, radius: number, sign: number, room: number, to: number) => void;
  // biome-ignore format: as above
  readonly meanAround: (from: number, width: number, height: number, radius: number, sums: number, rows: number, to: number) => void;
  readonly smooth: (from: number, width: number, height: number, rows: number, to: number) => void;
  readonly laplacians: (data: number, width: number, height: number, step: number, out: number) => number;
  readonly median: (values: number, count: number, counts: number) => number;
  readonly skewness: (values: number, means: number, count: number) => number;
  readonly contrast: (values: number, paper: number, count: number, darkest: number, out: number) => void;
  readonly valuesAbove: (values: number, count: number, floor: number, out: number) => number;
  readonly meanFrom: (values: number, count: number, threshold: number) => number;
  readonly meanWhere: (values: number, mask: number, count: number) => number;
  readonly maskAbove: (values: number, count: number, threshold: number, out: number) => void;
  readonly maskOfMarks: (markOf: number, isKept: number, count: number, out: number) => void;
  // biome-ignore format: as above
  readonly findMarks: (mask: number, width: number, height: number, markOf: number, stack: number, table: number) => number;
  readonly floatsOf: (mask: number, count: number, out: number) => void;
  readonly leftOut: (values: number, kept: number, count: number, threshold: number, out: number) => void;
  readonly erase: (values: number, grown: number, own: number, count: number) => void;
  readonly ramp: (values: number, near: number, count: number, from: number, to: number, out: number) => void;
  readonly outlineOf: (mask: number, width: number, height: number) => number;
  // biome-ignore format: as above
  readonly squaredDistances: (mask: number, width: number, height: number, set: number, room: number, out: number) => void;
  readonly redraw: (toInk: number, toPaper: number, count: number, by: number, out: number) => void;
  readonly boxOfInk: (values: number, width: number, height: number, out: number) => void;
  readonly difference: (a: number, b: number, count: number, out: number) => void;
  // biome-ignore format: as above
  readonly relative: (differences: number, values: number, paper: number, count: number, darkest: number, out: number) => void;
  readonly beside: (values: number, mask: number, width: number, height: number, out: number) => void;
  readonly shares: (values: number, darkest: number, count: number, bare: number) => void;
  readonly withEdges: (ink: number, markOf: number, width: number, count: number, edgeOf: number) => void;
  // biome-ignore format: as above
  readonly thinRuns: (mask: number, length: number, step: number, count: number, next: number, thickness: number, out: number) => number;
  // biome-ignore format: as above
  readonly countLines: (mask: number, length: number, step: number, count: number, next: number, out: number) => void;
}
