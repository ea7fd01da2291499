/** A number with three decimals, a true minus sign, and none before zero. */
export function signedNumber(value: number, places = 3): string {
  const text = value.toFixed(places);
  if (!text.startsWith('-')) return text;
  return Number(text) === 0 ? text.slice(1) : `−${text.slice(1)}`;
}

/** A loss: three decimals, or words if it is no number any more. */
export function lossText(loss: number): string {
  if (Number.isNaN(loss)) return 'NaN';
  return Number.isFinite(loss) ? signedNumber(loss, loss < 1000 ? 3 : 0) : 'infinite';
}
