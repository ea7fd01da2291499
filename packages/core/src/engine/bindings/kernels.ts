import { KERNELS } from './kernels.generated.js';

/** The kernels' functions, as their sources in `kernels/` describe them. Addresses and steps are in bytes. */
export interface Kernels {
  activate(kind: number, Z: number, ld: number, b: number, rows: number, cols: number): void;
  activateFirst(
    kind: number,
    sums: number,
    rowBytes: number,
    scale: number,
    b: number,
    A: number,
    ld: number,
    units: number,
    cols: number,
  ): void;
  addLosses(losses: number, more: number, count: number): void;
  activateWithDropout(
    kind: number,
    A: number,
    derivatives: number,
    ld: number,
    firstRow: number,
    rows: number,
    cols: number,
    key: number,
    first: number,
    threshold: number,
    keep: number,
  ): void;
  updateAverage(mean: number, W: number, share: number, bytes: number): void;
  collectBatch(
    order: number,
    start: number,
    count: number,
    cols: number,
    sparseRows: number,
    labels: number,
    outRuns: number,
    outLabels: number,
  ): void;
  combine(out: number, s: number, A: number, t: number, B: number, bytes: number): void;
  countCorrect(answers: number, labels: number, count: number): number;
  countTransposed(sparseRows: number, count: number, inputs: number, scale: number, counts: number): number;
  dot(A: number, B: number, ld: number, rows: number, cols: number): number;
  nextTask(at: number): number;
  sampleAffineMaps(
    key: number,
    place: number,
    count: number,
    shift: number,
    rotate: number,
    scale: number,
    shear: number,
    width: number,
    height: number,
    size: number,
    room: number,
    out: number,
  ): void;
  exampleRows(A: number, ld: number, rows: number, cols: number, out: number): void;
  expAll(from: number, to: number, count: number): void;
  flushSubnormals(M: number, bytes: number): void;
  gather10(sparseRows: number, count: number, M: number, out: number, accumulate: boolean): void;
  gather2(sparseRows: number, count: number, M: number, out: number, accumulate: boolean): void;
  gather8(sparseRows: number, count: number, M: number, out: number, accumulate: boolean): void;
  gatherBlocks2x2(
    sparseRows: number,
    count: number,
    M: number,
    steps: number,
    out: number,
    accumulate: boolean,
  ): void;
  logAll(from: number, to: number, count: number): void;
  augmentExamples(
    samples: number,
    count: number,
    pictures: number,
    inputs: number,
    labels: number,
    width: number,
    height: number,
    displacements: number,
    size: number,
    framed: number,
    picture: number,
    key: number,
    place: number,
    threshold: number,
    scale: number,
    room: number,
    groups: number,
    bytes: number,
    sparseRows: number,
    made: number,
  ): number;
  barrier(at: number, threads: number): void;
  multiply(
    A: number,
    aRow: number,
    aCol: number,
    panels: number,
    K: number,
    C: number,
    ldC: number,
    rows: number,
    cols: number,
    accumulate: boolean,
    packed: number,
  ): void;
  packPanels(B: number, ld: number, K: number, cols: number, out: number): void;
  packBlocks2x2(
    pictures: number,
    order: number,
    pairs: number,
    stride: number,
    group: number,
    sparseRows: number,
    counts: number,
  ): void;
  packPicture(pixels: number, inputs: number, scale: number, group: number): number;
  packPictures(
    pixels: number,
    count: number,
    inputs: number,
    scale: number,
    row: number,
    group: number,
    sparseRows: number,
  ): number;
  packTransposed(B: number, ld: number, K: number, cols: number, out: number, panelStep: number): void;
  pairExamples(
    pictures: number,
    count: number,
    stride: number,
    masks: number,
    order: number,
    sums: number,
  ): number;
  activationBackward(kind: number, A: number, dA: number, ld: number, rows: number, cols: number): void;
  activationBackwardWithDropout(
    kind: number,
    A: number,
    derivatives: number,
    dA: number,
    ld: number,
    rows: number,
    cols: number,
    keep: number,
  ): void;
  quantizeColumns(dZ: number, ld: number, cols: number, most: number, out: number, steps: number): void;
  quantizeRows(W: number, pairs: number, most: number, out: number, steps: number): void;
  recomputeNearThreshold(
    sums: number,
    count: number,
    sparseRows: number,
    W: number,
    steps: number,
    scale: number,
    reach: number,
    b: number,
  ): void;
  smoothLabels(dZ: number, ld: number, classes: number, count: number, labels: number, epsilon: number): void;
  smoothedLosses(
    Z: number,
    ld: number,
    classes: number,
    cols: number,
    labels: number,
    epsilon: number,
    out: number,
  ): void;
  softmax(
    Z: number,
    ld: number,
    classes: number,
    cols: number,
    labels: number,
    answers: number,
    losses: number,
    room: number,
  ): void;
  step(
    code: number,
    W: number,
    dW: number,
    first: number,
    second: number,
    factor: number,
    weightDecay: number,
    shrink: number,
    c0: number,
    c1: number,
    c2: number,
    c3: number,
    bytes: number,
  ): void;
  subtractLabels(A: number, ld: number, classes: number, count: number, cols: number, labels: number): void;
  sumLosses(losses: number, count: number): number;
  sumParts(from: number, parts: number, step: number, out: number, bytes: number): void;
  sumRows(M: number, ld: number, rows: number, cols: number, out: number, accumulate: boolean): void;
  toExampleRows(dZ: number, ld: number, units: number, cols: number, out: number, rowBytes: number): void;
  transposeBlocks2x2(
    sparseRows: number,
    pairs: number,
    pixelPairs: number,
    group: number,
    out: number,
    counts: number,
  ): void;
  transposeRows(
    sparseRows: number,
    count: number,
    inputs: number,
    scale: number,
    rowScale: number,
    capacity: number,
    group: number,
    out: number,
    fill: number,
  ): void;
  update(W: number, dW: number, factor: number, bytes: number): void;
  updateShrunk(W: number, dW: number, factor: number, shrink: number, bytes: number): void;
}

/** The memory import as the compiler wrote it, up to its flags: 3 is shared with a maximum, 1 only with a maximum. */
const MEMORY_IMPORT = '\x03env\x06memory\x02';

const SHARED_FLAGS = 3;
const UNSHARED_FLAGS = 1;

/** The kernels at work in a memory, shared or not: there is one binary for both, and one byte that tells them apart. */
export function instantiateKernels(memory: WebAssembly.Memory, shared: boolean): Kernels {
  // As scripts/build-kernels.js writes them.
  const bytes = Uint8Array.from(KERNELS.match(/[ !]?./g)!, (text) => {
    const code = text.charCodeAt(text.length - 1);
    return code - (code < 92 ? 40 : 41) + (text < '!' ? 90 : text < '"' ? 180 : 0);
  });
  const flags = String.fromCharCode(...bytes).indexOf(MEMORY_IMPORT) + MEMORY_IMPORT.length;
  if (bytes[flags] !== SHARED_FLAGS) throw new Error('the kernels have no import of a shared memory');
  bytes[flags] = shared ? SHARED_FLAGS : UNSHARED_FLAGS;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return instance.exports as unknown as Kernels;
}
