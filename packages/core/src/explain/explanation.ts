import type { ActivationName } from '../maths/activation.js';
import type { Reference } from './reference.js';

/**
 * A number that another depends on, and where it comes from, so that you can ask for its
 * explanation too.
 */
export interface Entry {
  readonly reference: Reference;
  readonly value: number;
}

export interface Product {
  readonly factors: readonly [Entry, Entry];
  readonly value: number;
}

/** What every explanation has. */
interface Explained {
  readonly reference: Reference;
  /** The value that the maths computed, in 64 bits. */
  readonly value: number;
  /** The number of examples. */
  readonly m: number;
}

/**
 * A sum of products. Those with a factor 0 are only counted. The others, added in order, give
 * `sum`.
 */
interface SumOfProducts {
  readonly terms: readonly Product[];
  /** How many further terms there are, each exactly 0. */
  readonly zeros: number;
  readonly sum: number;
}

/** An input, a label, or a parameter that is not updated. */
export interface Given extends Explained {
  readonly kind: 'given';
}

/** z = Σ w·a + b. `zeros` counts the terms with a = 0; in layer 1 those are the blank pixels. */
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

/** exp(z − max z), where max z is the largest of the column. */
export interface Exponential {
  readonly z: Entry;
  readonly value: number;
}

/** a = exp(z − max z) / Σ exp(z − max z). */
export interface SoftmaxShare extends Explained {
  readonly kind: 'softmax';
  readonly maximum: Entry;
  /** One for each unit of the layer; the unit asked for is at `reference.row`. */
  readonly exponentials: readonly Exponential[];
  readonly sum: number;
}

/** The loss of one example: ℓ = max z + log Σ exp(z − max z) − Σ y·z. */
export interface SoftmaxLoss {
  readonly column: number;
  readonly maximum: Entry;
  /** Σ exp(z − max z). */
  readonly sum: number;
  readonly logSumExp: number;
  /** y·z of every class whose y is not 0. A one-hot label has one, with y = 1. */
  readonly labelled: readonly Product[];
  /** In nats. */
  readonly value: number;
}

/** The loss of one sigmoid unit: max(z, 0) − z·y + log(1 + exp(−|z|)). */
export interface UnitLoss {
  readonly z: Entry;
  readonly y: Entry;
  readonly value: number;
}

/** The loss of one example: the sum over the units, each with its own yes-or-no answer. */
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

/** dz = (Σ w·dz of the next layer) · g′(z). */
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
  /** How many further terms there are, each exactly 0. */
  readonly zeros: number;
  readonly sum: number;
}

/**
 * new = old − α·gradient. `value` is the new value; `old` is the present one, which all other
 * explanations use.
 */
export interface UpdateExplanation extends Explained {
  readonly kind: 'update';
  readonly old: Entry;
  readonly alpha: number;
  readonly gradient: Entry;
}

/** How one number of a training iteration is computed, as data. `kind` names the formula. */
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
