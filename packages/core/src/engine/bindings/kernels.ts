/**
 * The kernels as the passes call them. A function with more than five numbers takes a record, so
 * that a call says what each number is. Addresses and steps are in bytes; `ld` (the leading
 * dimension) is the number of bytes between the rows of a matrix.
 */
export interface Kernels {
  // The first layer, from sparse rows (kernels/gather.ts, kernels/sparse-rows.ts).

  /** out (+)= Σ value · M[index] over each of `count` sparse rows, in rows of 10 units. */
  gather10: Gather;
  /** The same in rows of 8 units. */
  gather2: Gather;
  /** The same in rows of 32 units. */
  gather8: Gather;
  /** Packs one picture as a sparse row. Returns the address after its last group. */
  packPicture(pixels: number, inputs: number, scale: number, group: number): number;
  /** Packs pictures as sparse rows. Returns the address after the last group. */
  packPictures(pictures: {
    readonly pixels: number;
    readonly count: number;
    readonly inputs: number;
    readonly scale: number;
    readonly row: number;
    readonly group: number;
    readonly sparseRows: number;
  }): number;
  /** How many groups the transposed rows need. */
  countTransposed(rows: SparseRows & { readonly counts: number }): number;
  /** Transposes sparse rows: from examples to pixels. */
  transposeRows(
    rows: SparseRows & {
      readonly rowScale: number;
      readonly capacity: number;
      readonly group: number;
      readonly out: number;
      readonly fill: number;
    },
  ): void;
  /** Collects the sparse rows and labels of a mini-batch. */
  collectBatch(batch: {
    readonly order: number;
    readonly start: number;
    readonly count: number;
    readonly cols: number;
    readonly sparseRows: number;
    readonly labels: number;
    readonly outRows: number;
    readonly outLabels: number;
  }): void;
  /** Collects the weights of a mini-batch's examples. */
  collectWeights(batch: {
    readonly order: number;
    readonly start: number;
    readonly count: number;
    readonly cols: number;
    readonly weights: number;
    readonly out: number;
  }): void;

  // The first layer in int16, from 2 × 2 blocks (kernels/int16-*.ts).

  /** out (+)= scales ⊙ Σ bytes · int16 numbers over each of `count` rows of 2 × 2 blocks. */
  gatherBlocks2x2(rows: {
    readonly rows: number;
    readonly count: number;
    readonly M: number;
    readonly scales: number;
    readonly out: number;
    readonly accumulate: boolean;
  }): void;
  /** Quantizes weights, with error diffusion from each pixel to the next. */
  quantizeRows(W: number, pairs: number, max: number, out: number, scales: number): void;
  /** Quantizes dZ, each number by itself. */
  quantizeColumns(dZ: {
    readonly dZ: number;
    readonly ld: number;
    readonly cols: number;
    readonly max: number;
    readonly out: number;
    readonly scales: number;
  }): void;
  /** Recomputes in floats the sums that are near the threshold of a ReLU. */
  recomputeNearThreshold(sums: {
    readonly sums: number;
    readonly count: number;
    readonly rows: number;
    readonly W: number;
    readonly scales: number;
    readonly factor: number;
    readonly reach: number;
    readonly b: number;
  }): void;
  /** Finds which examples of a block are paired. Returns the bytes that their rows need. */
  pairExamples(pictures: {
    readonly pictures: number;
    readonly count: number;
    readonly stride: number;
    readonly masks: number;
    readonly order: number;
    readonly maxima: number;
  }): number;
  /** Packs pairs of pictures as rows of 2 × 2 blocks. */
  packBlocks2x2(pictures: {
    readonly pictures: number;
    readonly order: number;
    readonly pairs: number;
    readonly stride: number;
    readonly group: number;
    readonly rows: number;
    readonly counts: number;
  }): void;
  /** Transposes rows of 2 × 2 blocks: from pairs of examples to pairs of pixels. */
  transposeBlocks2x2(rows: {
    readonly rows: number;
    readonly pairs: number;
    readonly pixelPairs: number;
    readonly group: number;
    readonly out: number;
    readonly counts: number;
  }): void;

  // Augmentation (kernels/augment.ts, kernels/affine-map.ts).

  /** Draws the affine map of each example. */
  sampleAffineMaps(maps: {
    readonly key: number;
    readonly place: number;
    readonly count: number;
    readonly shift: number;
    readonly rotate: number;
    readonly scale: number;
    readonly shear: number;
    readonly width: number;
    readonly height: number;
    readonly size: number;
    readonly room: number;
    readonly out: number;
  }): void;
  /** Augments some examples of a batch and packs them as sparse rows. The result means nothing. */
  augmentExamples(examples: {
    readonly samples: number;
    readonly count: number;
    readonly pictures: number;
    readonly inputs: number;
    readonly labels: number;
    readonly width: number;
    readonly height: number;
    readonly field: number;
    readonly size: number;
    readonly framed: number;
    readonly picture: number;
    readonly key: number;
    readonly place: number;
    readonly threshold: number;
    readonly scale: number;
    readonly room: number;
    readonly groups: number;
    readonly bytes: number;
    readonly sparseRows: number;
    readonly outLabels: number;
  }): number;

  // Activations and dropout (kernels/activation.ts, kernels/dropout.ts).

  /** A = g(Z + b), in place. */
  activate(layer: {
    readonly kind: number;
    readonly Z: number;
    readonly ld: number;
    readonly b: number;
    readonly rows: number;
    readonly cols: number;
  }): void;
  /** A = g(scale · sums + b), from an example a row to a unit a row. */
  activateFirst(layer: {
    readonly kind: number;
    readonly sums: number;
    readonly rowBytes: number;
    readonly scale: number;
    readonly b: number;
    readonly A: number;
    readonly ld: number;
    readonly units: number;
    readonly cols: number;
  }): void;
  /** A = g(Z) ⊙ D in place, and derivatives = g′(Z) ⊙ D, where D is the dropout mask. */
  activateWithDropout(layer: {
    readonly kind: number;
    readonly A: number;
    readonly derivatives: number;
    readonly ld: number;
    readonly firstRow: number;
    readonly rows: number;
    readonly cols: number;
    readonly key: number;
    readonly first: number;
    readonly threshold: number;
    readonly keep: number;
  }): void;
  /** dZ = dA ⊙ g′(Z) in place, from A = g(Z). */
  activationBackward(layer: {
    readonly kind: number;
    readonly A: number;
    readonly dA: number;
    readonly ld: number;
    readonly rows: number;
    readonly cols: number;
  }): void;
  /** dZ = dA ⊙ derivatives in place, after `activateWithDropout`. */
  activationBackwardWithDropout(layer: {
    readonly kind: number;
    readonly A: number;
    readonly derivatives: number;
    readonly dA: number;
    readonly ld: number;
    readonly rows: number;
    readonly cols: number;
    readonly keep: number;
  }): void;
  /** From a unit a row to an example a row, for the gather of the backward pass. */
  toExampleRows(layer: {
    readonly dZ: number;
    readonly ld: number;
    readonly units: number;
    readonly cols: number;
    readonly out: number;
    readonly rowBytes: number;
  }): void;
  /** From a unit a row to an example a row, without padding: what a caller gets. */
  exampleRows(A: number, ld: number, rows: number, cols: number, out: number): void;

  // Matrix products (kernels/multiply.ts).

  /** C (+)= A · B, where B is packed into panels. */
  multiply(product: {
    readonly A: number;
    readonly aRow: number;
    readonly aCol: number;
    readonly panels: number;
    readonly K: number;
    readonly C: number;
    readonly ldC: number;
    readonly rows: number;
    readonly cols: number;
    readonly accumulate: boolean;
    readonly packed: number;
  }): void;
  /** Packs B into panels of 8 columns. */
  packPanels(B: number, ld: number, K: number, cols: number, out: number): void;
  /** Packs Bᵀ into panels of 8 columns. */
  packTransposed(matrix: {
    readonly B: number;
    readonly ld: number;
    readonly K: number;
    readonly cols: number;
    readonly out: number;
    readonly panelStep: number;
  }): void;

  // Softmax and its loss (kernels/softmax.ts).

  /** A = softmax(Z) in place; the class and the loss of each example. */
  softmax(layer: {
    readonly Z: number;
    readonly ld: number;
    readonly classes: number;
    readonly cols: number;
    readonly labels: number;
    readonly answers: number;
    readonly losses: number;
    readonly room: number;
  }): void;
  /** dZ = A − Y, in place. */
  subtractLabels(layer: {
    readonly A: number;
    readonly ld: number;
    readonly classes: number;
    readonly count: number;
    readonly cols: number;
    readonly labels: number;
  }): void;
  /** What label smoothing adds to each loss. */
  smoothedLosses(layer: {
    readonly Z: number;
    readonly ld: number;
    readonly classes: number;
    readonly cols: number;
    readonly labels: number;
    readonly epsilon: number;
    readonly out: number;
  }): void;
  /** Adds what label smoothing adds to dZ. */
  smoothLabels(layer: {
    readonly dZ: number;
    readonly ld: number;
    readonly classes: number;
    readonly count: number;
    readonly labels: number;
    readonly epsilon: number;
  }): void;
  /** Multiplies each column by its example's weight. */
  scaleColumns(matrix: {
    readonly M: number;
    readonly ld: number;
    readonly rows: number;
    readonly cols: number;
    readonly weights: number;
  }): void;
  /** losses += more. */
  addLosses(losses: number, more: number, count: number): void;
  sumLosses(losses: number, count: number): number;
  countCorrect(answers: number, labels: number, count: number): number;

  // Sums and updates (kernels/sums.ts, kernels/optimizer.ts).

  /** out (+)= the sum of each row. */
  sumRows(matrix: {
    readonly M: number;
    readonly ld: number;
    readonly rows: number;
    readonly cols: number;
    readonly out: number;
    readonly accumulate: boolean;
  }): void;
  /** The sum of `parts` vectors that are `step` bytes apart. */
  sumParts(from: number, parts: number, step: number, out: number, bytes: number): void;
  /** The dot product of two matrices, in 64 bits. */
  dot(A: number, B: number, ld: number, rows: number, cols: number): number;
  /** out = s A + t B. */
  combine(combination: {
    readonly out: number;
    readonly s: number;
    readonly A: number;
    readonly t: number;
    readonly B: number;
    readonly bytes: number;
  }): void;
  /** W −= factor · dW. */
  update(W: number, dW: number, factor: number, bytes: number): void;
  /** Gradient descent with weight decay. */
  updateShrunk(W: number, dW: number, factor: number, shrink: number, bytes: number): void;
  /** One step of an optimizer with state, by its code (maths/optimizers.ts). */
  step(update: {
    readonly code: number;
    readonly W: number;
    readonly dW: number;
    readonly first: number;
    readonly second: number;
    readonly factor: number;
    readonly weightDecay: number;
    readonly shrink: number;
    readonly c0: number;
    readonly c1: number;
    readonly c2: number;
    readonly c3: number;
    readonly bytes: number;
  }): void;
  /** average += share · (W − average). */
  updateAverage(average: number, W: number, share: number, bytes: number): void;
  /** Sets numbers below 10⁻³⁰ to 0, before they become subnormal. */
  flushSubnormals(M: number, bytes: number): void;

  // Threads (kernels/barrier.ts).

  /** Waits until all threads are at the barrier. */
  barrier(at: number, threads: number): void;
  /** The number of the next task that no thread has taken. */
  nextTask(at: number): number;

  // For the tests (kernels/exponential.ts).

  expAll(from: number, to: number, count: number): void;
  logAll(from: number, to: number, count: number): void;
}

/** One loop for both directions: forward, a row is an example; backward, a row is a pixel. */
export type Gather = (sparseRows: number, count: number, M: number, out: number, accumulate: boolean) => void;

/** Sparse rows of examples. An index is the number of a pixel times `scale`. */
interface SparseRows {
  readonly sparseRows: number;
  readonly count: number;
  readonly inputs: number;
  readonly scale: number;
}
