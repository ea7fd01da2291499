import type { ActivationName } from '../maths/activation.js';
import type { Reference } from './reference.js';

/** A number that enters another, and where it stands, so that one can go on asking. */
export interface Entry {
  readonly reference: Reference;
  readonly value: number;
}

export interface Product {
  readonly factors: readonly [Entry, Entry];
  readonly value: number;
}

/** What is known of every number. */
interface Explained {
  readonly reference: Reference;
  /** What the maths computed, in 64 bits. */
  readonly value: number;
  /** The number of examples. */
  readonly m: number;
}

/** A sum of products; those that are 0 because a factor is are counted alone. All add up to `sum`, in their order. */
interface SumOfProducts {
  readonly terms: readonly Product[];
  /** How many more there are, each exactly 0. */
  readonly zeros: number;
  readonly sum: number;
}

/** An input, a label, or a parameter that nobody updates. */
export interface Given extends Explained {
  readonly kind: 'given';
}

/** z = Σ w·a + b. `zeros` counts the terms whose a is 0: in layer 1 the pixels without ink. */
export interface WeightedSum extends Explained, SumOfProducts {
  readonly kind: 'weighted-sum';
  readonly bias: Entry;
}

/** a = g(z). */
export interface Activated extends Explained {
  readonly kind: 'activation';
  readonly activation: ActivationName;
  readonly z: Entry;
}

/** e to the power of z less the column's maximum. */
export interface Exponential {
  readonly z: Entry;
  readonly value: number;
}

/** a = exp(z − max z) / Σ exp(z − max z). */
export interface SoftmaxShare extends Explained {
  readonly kind: 'softmax';
  readonly maximum: Entry;
  /** One for each unit of the layer, in their order: the one asked for is at `reference.row`. */
  readonly exponentials: readonly Exponential[];
  readonly sum: number;
}

/** Of one example: ℓ = max z + log Σ exp(z − max z) − Σ y·z. */
export interface SoftmaxLoss {
  readonly column: number;
  readonly maximum: Entry;
  /** Σ exp(z − max z). */
  readonly sum: number;
  readonly logSumExp: number;
  /** y·z of every class with a label: of a one-hot label one, with y = 1. */
  readonly labelled: readonly Product[];
  /** In nats. */
  readonly value: number;
}

/** What one unit adds to a loss: max(z, 0) − z·y + log(1 + exp(−|z|)). */
export interface UnitLoss {
  readonly z: Entry;
  readonly y: Entry;
  readonly value: number;
}

/** Of one example: the sum over the units, each of which answers yes or no by itself. */
export interface SigmoidLoss {
  readonly column: number;
  readonly units: readonly UnitLoss[];
  /** In nats. */
  readonly value: number;
}

interface MeanLoss<Output, Loss> extends Explained {
  readonly kind: 'loss';
  readonly output: Output;
  /** One for each example. */
  readonly examples: readonly Loss[];
  readonly sum: number;
}

/** J = Σ ℓ / m, in nats. */
export type LossExplanation = MeanLoss<'softmax', SoftmaxLoss> | MeanLoss<'sigmoid', SigmoidLoss>;

/** dz = a − y, in the last layer. */
export interface OutputDelta extends Explained {
  readonly kind: 'output-delta';
  readonly a: Entry;
  readonly y: Entry;
}

/** dz = (Σ w·dz of the layer above) · g′(z). */
export interface HiddenDelta extends Explained, SumOfProducts {
  readonly kind: 'hidden-delta';
  readonly activation: ActivationName;
  readonly z: Entry;
  /** g′(z). */
  readonly slope: number;
}

/** dw = 1/m Σ dz·a over the examples. `zeros` counts the examples in which dz or a is 0. */
export interface WeightGradient extends Explained, SumOfProducts {
  readonly kind: 'weight-gradient';
}

/** db = 1/m Σ dz over the examples. */
export interface BiasGradient extends Explained {
  readonly kind: 'bias-gradient';
  readonly terms: readonly Entry[];
  /** How many more there are, each exactly 0. */
  readonly zeros: number;
  readonly sum: number;
}

/** old − α·gradient. The `value` is the new one; `old` is what the parameter is now, as all other explanations take it. */
export interface UpdateExplanation extends Explained {
  readonly kind: 'update';
  readonly old: Entry;
  readonly alpha: number;
  readonly gradient: Entry;
}

/** A number of the board's cycle written out in longhand, as data: `kind` says by which formula. */
export type Explanation =
  | Given
  | WeightedSum
  | Activated
  | SoftmaxShare
  | LossExplanation
  | OutputDelta
  | HiddenDelta
  | WeightGradient
  | BiasGradient
  | UpdateExplanation;
