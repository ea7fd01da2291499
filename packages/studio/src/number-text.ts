import { formatNumber } from '@longhand/core/explain';
import { count } from './text.js';

/** A fixed number of decimals, with a true minus sign, but none before zero. */
export function fixed(value: number, places = 3): string {
  const text = value.toFixed(places);
  if (!text.startsWith('-')) return text;
  return Number(text) === 0 ? text.slice(1) : `−${text.slice(1)}`;
}

/**
 * A loss with three decimals, without decimals if it is in the thousands, and in words if it is not
 * finite.
 */
export function lossText(loss: number): string {
  if (!Number.isFinite(loss)) return 'too large';
  if (loss < 1000) return fixed(loss);
  return loss < 1e9 ? count(loss) : formatNumber(loss, 2);
}
