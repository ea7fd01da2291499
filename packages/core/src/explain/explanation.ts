import type { ActivationName } from '../maths/activation.js';
import type { Reference } from './reference.js';

/**
 * A number that another depends on, and where it comes from, so that you can ask for its
 * explanation too.
 */
export interface Entry {
  /** Which number it is. */
  readonly reference: Reference;
  /** Its value. */
  readonly value: number;
}

/** Two numbers multiplied. */
export interface Product {
  /** The two numbers. */
  readonly factors: readonly [Entry, Entry];
  /** Their product. */
  readonly value: number;
}

/** What every explanation has. */
interface Explained {
  /** Which number is explained. */
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
  /** The products, in the order in which they are added. */
  readonly terms: readonly Product[];
  /** How many further terms there are, each exactly 0. */
  readonly zeros: number;
  /** Their sum. */
  readonly sum: number;
}

/** An input, a label, or a parameter that is not updated. */
export interface Given extends Explained {
  readonly kind: 'given';
}

/** z = Σ w·a + b. `zeros` counts the terms with a = 0; in layer 1 those are the blank pixels. */
export interface WeightedSum extends Explained, SumOfProducts {
  readonly kind: 'weighted-sum';
  /** The bias of the unit. */
  readonly bias: Entry;
}

/** a = g(z). */
export interface Activated extends Explained {
  readonly kind: 'activation';
  /** The name of g. */
  readonly activation: ActivationName;
  /** The weighted sum. */
  readonly z: Entry;
}

/** exp(z − max z), where max z is the largest of the column. */
export interface Exponential {
  /** The weighted sum. */
  readonly z: Entry;
  /** The exponential. */
  readonly value: number;
}

/** a = exp(z − max z) / Σ exp(z − max z). */
export interface SoftmaxShare extends Explained {
  readonly kind: 'softmax';
  /** max z of the column. */
  readonly maximum: Entry;
  /** One for each unit of the layer; the unit asked for is at `reference.row`. */
  readonly exponentials: readonly Exponential[];
  /** Σ exp(z − max z). */
  readonly sum: number;
}

/** The loss of one example: ℓ = max z + log Σ exp(z − max z) − Σ y·z. */
export interface SoftmaxLoss {
  /** The example, from 0. */
  readonly column: number;
  /** max z of the column. */
  readonly maximum: Entry;
  /** Σ exp(z − max z). */
  readonly sum: number;
  /** log Σ exp(z − max z). */
  readonly logSumExp: number;
  /** y·z of every class whose y is not 0. A one-hot label has one, with y = 1. */
  readonly labelled: readonly Product[];
  /** In nats. */
  readonly value: number;
}

/** The loss of one sigmoid unit: max(z, 0) − z·y + log(1 + exp(−|z|)). */
export interface UnitLoss {
  /** The weighted sum. */
  readonly z: Entry;
  /** The label of the unit, 0–1. */
  readonly y: Entry;
  /** The loss, in nats. */
  readonly value: number;
}

/** The loss of one example: the sum over the units, each with its own yes-or-no answer. */
export interface SigmoidLoss {
  /** The example, from 0. */
  readonly column: number;
  /** The loss of each unit. */
  readonly units: readonly UnitLoss[];
  /** In nats. */
  readonly value: number;
}

interface MeanLoss<Output, Loss> extends Explained {
  readonly kind: 'loss';
  /** The output whose loss it is. */
  readonly output: Output;
  /** One for each example. */
  readonly examples: readonly Loss[];
  /** Σ ℓ over the examples, in nats. */
  readonly sum: number;
}

/** J = Σ ℓ / m, in nats. */
export type LossExplanation = MeanLoss<'softmax', SoftmaxLoss> | MeanLoss<'sigmoid', SigmoidLoss>;

/** dz = a − y, in the last layer. */
export interface OutputDelta extends Explained {
  readonly kind: 'output-delta';
  /** The answer of the unit. */
  readonly a: Entry;
  /** The label of the unit. */
  readonly y: Entry;
}

/** dz = (Σ w·dz of the next layer) · g′(z). */
export interface HiddenDelta extends Explained, SumOfProducts {
  readonly kind: 'hidden-delta';
  /** The name of g. */
  readonly activation: ActivationName;
  /** The weighted sum. */
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
  /** dz of each example where it is not 0. */
  readonly terms: readonly Entry[];
  /** How many further terms there are, each exactly 0. */
  readonly zeros: number;
  /** Σ dz. */
  readonly sum: number;
}

/**
 * new = old − α·gradient. `value` is the new value; `old` is the present one, which all other
 * explanations use.
 */
export interface UpdateExplanation extends Explained {
  readonly kind: 'update';
  /** The parameter before the update. */
  readonly old: Entry;
  /** The learning rate. */
  readonly alpha: number;
  /** The gradient of the parameter. */
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
