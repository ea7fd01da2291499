import type { Matrix } from '../maths/matrix.js';
import type { Computed } from './recipes.js';

/** How a learner's matrix differs from another one. */
export interface Difference {
  readonly agrees: boolean;
  /** How many entries are further away than rounding explains. */
  readonly wrong: number;
  readonly entries: number;
  /** The entry that is furthest away, relative to its terms; counted from 0. */
  readonly row: number;
  readonly column: number;
}

/** Sums of a few hundred products in 32-bit floats stay below this, relative to their terms. */
const LIMIT_32 = 2e-5;
/** A matrix of 32-bit floats is never asked for more than this. */
const FLOOR_32 = 1e-6;
const FLOOR_64 = 1e-11;
/** The same for 16-bit floats, which have 3 digits. */
const LIMIT_16 = 4e-3;
/** An entry may be so many times as far away as the usual one. */
const SPREAD = 30;
/** Below this, 32-bit floats lose their digits, or are 0. */
const TINY = 1e-30;

/**
 * Compares two matrices of one shape. What counts as rounding is seen from the matrix itself: if most entries
 * agree to 13 digits, an entry that agrees to 6 is wrong.
 */
export function compare(own: Matrix, { value, scale }: Computed): Difference {
  const ratios = own.data.map((a, k) => distance(a, value.data[k]!, scale.data[k]!));
  const tolerance = toleranceFor(own, ratios, scale);
  let [wrong, worst] = [0, 0];
  for (let k = 0; k < ratios.length; k++) {
    if (ratios[k]! > tolerance) wrong++;
    if (ratios[k]! > ratios[worst]!) worst = k;
  }
  return {
    agrees: wrong === 0,
    ...{ wrong, entries: ratios.length, row: Math.floor(worst / own.cols), column: worst % own.cols },
  };
}

/** Whether they agree. It stops at the first entry that no rounding explains. */
export function agrees(own: Matrix, computed: Computed): boolean {
  const { value, scale } = computed;
  const limit = limitOf(own);
  if (own.rows !== value.rows || own.cols !== value.cols) return false;
  for (let k = 0; k < own.data.length; k++)
    if (distance(own.data[k]!, value.data[k]!, scale.data[k]!) > limit) return false;
  return compare(own, computed).agrees;
}

function distance(a: number, b: number, scale: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const distance = Math.abs(a - b);
  if (!(distance < Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
  if (distance < TINY) return 0;
  return scale > 0 ? distance / scale : Number.POSITIVE_INFINITY;
}

function toleranceFor(own: Matrix, ratios: Float64Array, scale: Matrix): number {
  const isOf32Bits = own.data.every((a) => Object.is(Math.fround(a), a));
  const apart = ratios.filter((ratio) => ratio > 0).sort();
  const counted = scale.data.filter((size) => size > 0).length;
  const floor = isOf32Bits ? FLOOR_32 : FLOOR_64;
  // A few entries that are apart from others that agree in every bit say nothing of the usual rounding.
  const usual = apart.length * 4 < counted ? 0 : (apart[(apart.length - 1) >> 1] ?? 0);
  return Math.min(limitOf(own), Math.max(floor, SPREAD * usual));
}

/** The most that counts as rounding, relative to the terms. */
function limitOf(own: Matrix): number {
  const isOf16Bits = own.data.every(is16Bit) && !own.data.every(Number.isInteger);
  return isOf16Bits ? LIMIT_16 : LIMIT_32;
}

const bits = new Float32Array(1);
const integer = new Uint32Array(bits.buffer);

/** Whether a 32-bit float has no more than the 10 bits of a 16-bit one after its first. */
function is16Bit(a: number): boolean {
  bits[0] = a;
  return Object.is(bits[0], a) && (integer[0]! & 0x1fff) === 0;
}
