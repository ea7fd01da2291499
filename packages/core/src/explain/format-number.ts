import { symbol } from '../maths/symbol.js';

/** Outside these a power of ten says the size: 0.0001 and 999,999 are still written plainly. */
const SMALLEST_PLAIN = 1e-4;
const LARGEST_PLAIN = 1e6;

/**
 * A number in so many digits that count, with a true minus and without zeros at its end: `−0.3125`, `1.5·10⁻⁷`.
 *
 * @param digits 1 to 17; 17 are enough for every 64-bit number
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return `${sign}∞`;
  const rounded = Number(size.toPrecision(digits));
  if (rounded === 0 || (rounded >= SMALLEST_PLAIN && rounded < LARGEST_PLAIN)) return `${sign}${rounded}`;
  const [mantissa, exponent] = rounded.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  return `${sign}${mantissa}·${symbol(power < 0 ? '10⁻' : '10', Math.abs(power))}`;
}
