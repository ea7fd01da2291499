/** What a learner's program computes in one round, by the names that the files use. */
export type QuantityName =
  | 'Z1'
  | 'A1'
  | 'Z2'
  | 'A2'
  | 'loss'
  | 'dZ2'
  | 'dW2'
  | 'db2'
  | 'dZ1'
  | 'dW1'
  | 'db1'
  | 'W1_new'
  | 'b1_new'
  | 'W2_new'
  | 'b2_new';

/** All there is to say of a quantity, except how it is computed (recipes.ts). */
export interface Quantity {
  /** The name in the files. */
  readonly name: QuantityName;
  /** How it follows from the earlier ones. */
  readonly equation: string;
  /** One column for each example, so that a program with rows as examples has it transposed. */
  readonly isPerExample?: boolean;
  /** The chapter of Learn that explains it. */
  readonly chapter: number;
}

/** Every quantity, in the order in which they are computed. */
export const QUANTITIES: readonly Quantity[] = [
  { name: 'Z1', equation: 'Z1 = W1 X + b1', isPerExample: true, chapter: 3 },
  { name: 'A1', equation: 'A1 = ReLU(Z1)', isPerExample: true, chapter: 4 },
  { name: 'Z2', equation: 'Z2 = W2 A1 + b2', isPerExample: true, chapter: 3 },
  { name: 'A2', equation: 'A2 = softmax(Z2), column by column', isPerExample: true, chapter: 5 },
  { name: 'loss', equation: 'loss = −1/m Σ Y ⊙ log A2', chapter: 6 },
  { name: 'dZ2', equation: 'dZ2 = A2 − Y', isPerExample: true, chapter: 8 },
  { name: 'dW2', equation: 'dW2 = 1/m dZ2 A1ᵀ', chapter: 8 },
  { name: 'db2', equation: 'db2 = 1/m Σ dZ2, one sum for each unit', chapter: 8 },
  { name: 'dZ1', equation: 'dZ1 = W2ᵀ dZ2 ⊙ ReLU′(Z1)', isPerExample: true, chapter: 9 },
  { name: 'dW1', equation: 'dW1 = 1/m dZ1 Xᵀ', chapter: 9 },
  { name: 'db1', equation: 'db1 = 1/m Σ dZ1, one sum for each unit', chapter: 9 },
  { name: 'W1_new', equation: 'W1_new = W1 − α dW1', chapter: 10 },
  { name: 'b1_new', equation: 'b1_new = b1 − α db1', chapter: 10 },
  { name: 'W2_new', equation: 'W2_new = W2 − α dW2', chapter: 10 },
  { name: 'b2_new', equation: 'b2_new = b2 − α db2', chapter: 10 },
];
