import type { Matrix } from '../maths/matrix.js';
import { transpose } from '../maths/matrix-products.js';
import type { Exercise, Given } from './given.js';
import type { QuantityName } from './quantity.js';
import { type Computed, type PartsOf, RECIPES } from './recipes.js';

/** What a mistake replaces in an equation. */
export type Change<Q extends QuantityName> = Partial<PartsOf[Q]> & {
  /** Whether the result is transposed. */
  readonly turned?: boolean;
  /** What was done to the result afterwards. */
  readonly after?: (result: Matrix) => Matrix;
};

/** How a mistake shows in one quantity. */
export interface Place<Q extends QuantityName> {
  /** What was computed, as an equation: `dW2 = dZ2 A1ᵀ`. */
  readonly wrong: string;
  /** The parts that differ; several if it is made in several ways. `undefined` where it cannot be made. */
  readonly change: (given: Given, parts: PartsOf[Q]) => Change<Q> | readonly Change<Q>[] | undefined;
}

/** A well-known mistake: everything that there is to say of it. */
export interface Mistake {
  /** For programs: `not-divided-by-m`. */
  readonly id: string;
  /** What was done, as the end of a sentence that begins with the quantity: `not divided by m`. */
  readonly name: string;
  /** What it does to the numbers, as a sentence. */
  readonly effect: string;
  /** The chapter of Learn that explains it. */
  readonly chapter: number;
  /** The quantities in which it can be made. */
  readonly places: { readonly [Q in QuantityName]?: Place<Q> };
  /** What the learner's program takes for the data from there on: later quantities may follow from it. */
  readonly carries?: (exercise: Exercise) => readonly Partial<Exercise>[];
}

/** A mistake in a quantity, ready to be computed. */
export interface Candidate {
  readonly mistake: Mistake;
  readonly change: Change<QuantityName>;
}

/** Every way in which the mistakes can be made in a quantity. */
export function candidatesFor(mistakes: readonly Mistake[], name: QuantityName, given: Given): Candidate[] {
  const parts = RECIPES[name].parts(given);
  return mistakes.flatMap((mistake) => {
    const place = mistake.places[name] as Place<QuantityName> | undefined;
    const changes = place?.change(given, parts as never);
    if (changes === undefined) return [];
    return [changes].flat().map((change) => ({ mistake, change: change as Change<QuantityName> }));
  });
}

/** Whether two changes touch different parts, so that both can be made. */
export function canBeMadeTogether(a: Change<QuantityName>, b: Change<QuantityName>): boolean {
  return Object.keys(a).every((part) => !(part in b));
}

/** The quantity with some parts of its equation changed; `undefined` if the shapes do not fit then. */
export function computeWith(
  name: QuantityName,
  given: Given,
  changes: readonly Change<QuantityName>[] = [],
): Computed | undefined {
  const { turned, after, ...parts }: Change<QuantityName> = Object.assign({}, ...changes);
  const recipe = RECIPES[name] as { parts: (given: Given) => object; compute: (parts: object) => Computed };
  let computed: Computed;
  try {
    computed = recipe.compute({ ...recipe.parts(given), ...parts });
  } catch {
    // Only shapes that do not fit are an error here.
    return undefined;
  }
  if (after) {
    const value = after(computed.value);
    const sizes = computed.scale.data.map((size, k) => Math.max(size, Math.abs(value.data[k]!)));
    computed = { value, scale: { ...value, data: sizes } };
  }
  return turned ? { value: transpose(computed.value), scale: transpose(computed.scale) } : computed;
}
