import { symbol } from '../maths/symbol.js';

/** Sizes outside this range are written with a power of ten. */
const SMALLEST_PLAIN = 1e-4;
const LARGEST_PLAIN = 1e6;

/**
 * A number with this many significant digits, a true minus sign and no zeros at the end: `−0.3125`,
 * `1.5·10⁻⁷`.
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
