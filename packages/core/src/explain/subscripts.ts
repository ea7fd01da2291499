import { symbol } from '../maths/symbol.js';
import type { QuantityName, Reference } from './reference.js';

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/**
 * An entry has a small letter, as in docs/notation.md: zᵢ is an entry of Z. An input is an
 * activation of layer 0.
 */
const LETTERS: Readonly<Record<QuantityName, string>> = {
  X: 'a',
  Y: 'y',
  Z: 'z',
  A: 'a',
  dZ: 'dz',
  dW: 'dw',
  db: 'db',
  W: 'w',
  b: 'b',
  J: 'J',
};

/**
 * How the board writes an entry, with the layer above and the indices below: `w¹₈,₂₃₁`, `db²₄`. If
 * there is only one example, its index is left out: `z¹₈`, not `z¹₈,₀`.
 *
 * @param m the number of examples
 */
export function entrySymbol({ quantity, layer, row, column }: Reference, m: number): string {
  const letter = LETTERS[quantity];
  if (quantity === 'J') return letter;
  const name = quantity === 'Y' ? letter : symbol(letter, layer);
  return name + subscript(...indicesOf(quantity, row, column, m));
}

function indicesOf(quantity: QuantityName, row: number, column: number, m: number): number[] {
  if (quantity === 'W' || quantity === 'dW') return [row, column];
  return quantity === 'b' || quantity === 'db' || m === 1 ? [row] : [row, column];
}

/** 8, 231 → `₈,₂₃₁`. */
export function subscript(...indices: number[]): string {
  return indices
    .map((index) => [...String(index)].map((digit) => SUBSCRIPTS[Number(digit)]).join(''))
    .join(',');
}
