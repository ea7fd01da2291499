import { formatNumber } from '@longhand/core/explain';
import { count } from '../../text.js';

/** So many places behind the point, with a true minus, and none before a zero. */
export function fixed(value: number, places = 3): string {
  const text = value.toFixed(places);
  if (!text.startsWith('-')) return text;
  return Number(text) === 0 ? text.slice(1) : `−${text.slice(1)}`;
}

/**
 * A loss: three places behind the point, none where it is in the thousands, and plain words where
 * it is no number any more.
 */
export function lossText(loss: number): string {
  if (!Number.isFinite(loss)) return 'too large';
  if (loss < 1000) return fixed(loss);
  return loss < 1e9 ? count(loss) : formatNumber(loss, 2);
}
