/** What a model knows about its own doubt, learnt at the end of training and kept in its file. */
export interface DoubtRecord {
  /**
   * The temperature T of the probabilities (Guo et al. 2017): each is raised to the power of 1/T, and they are
   * divided by their sum. Above 1, the network is too sure.
   */
  readonly temperature: number;
  /** An answer with less trust than this (`trustIn`) is in doubt. */
  readonly sure: number;
  /** The expected calibration error on the dev examples, with T = 1 and with T. */
  readonly calibrationError: { readonly before: number; readonly after: number };
  /** The dev examples that T and `sure` were chosen on. */
  readonly examples: number;
  /** Tells what the network knows from what it does not. */
  readonly stranger: StrangerRecord;
}

/**
 * A small network with one hidden layer of ReLU units and softmax. It knows one class more than the
 * model: the last one is what belongs to none. Its inputs are the means of 2 × 2 pixels, 0–255.
 */
export interface StrangerRecord {
  /** The pictures' side after the means are taken. */
  readonly side: number;
  /** The hidden units, and the outputs. */
  readonly layers: readonly [hidden: StrangerLayer, outputs: StrangerLayer];
}

/** A layer whose weights take a byte each. */
export interface StrangerLayer {
  /** Base64 of the weights, one unit after the other, as integers from −127 to 127. */
  readonly weights: string;
  /** What the weights of each unit are multiplied by. */
  readonly scales: readonly number[];
  /** The bias of each unit. */
  readonly biases: readonly number[];
}
