/** A number with its sign, as a term of a sum: `−0.31`, `+1.20`. */
export function signed(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return `${value < 0 && text !== '0.00' ? '−' : '+'}${text}`;
}
