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
 * A small network with one hidden layer of ReLU units that tells pictures as those that were trained on from
 * others. Its inputs are the means of 2 × 2 pixels, 0–1.
 */
export interface StrangerRecord {
  /** The pictures' side after the means are taken. */
  readonly side: number;
  /** Base64 of the weights of the hidden units, one unit after the other, as integers from −127 to 127. */
  readonly weights: string;
  /** What the weights of each hidden unit are multiplied by. */
  readonly scales: readonly number[];
  /** The bias of each hidden unit. */
  readonly biases: readonly number[];
  /** The weight of each hidden unit in the sum. */
  readonly sum: readonly number[];
  /** The bias of the sum. Above 0, the picture is a stranger. */
  readonly bias: number;
}

/** Whether a value from a file has all that answers need. The rest is for people. */
export function isDoubtRecord(value: unknown): value is DoubtRecord {
  const { temperature, sure, stranger } = Object(value);
  const { side, weights, scales, biases, sum, bias } = Object(stranger);
  return (
    [temperature, sure, bias].concat(scales, biases, sum).every(Number.isFinite) &&
    temperature > 0 &&
    biases.length === scales.length &&
    sum.length === scales.length &&
    weights?.length === 4 * Math.ceil((scales.length * side ** 2) / 3)
  );
}
