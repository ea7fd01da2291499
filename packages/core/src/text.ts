// `@longhand/core/text`: numbers as an English reader expects them. Separate, since no computation needs it.

/** 59000 → `59,000`. Without `toLocaleString`, whose first call loads tables for some 50 ms. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** 0.8643 → `86.43%`. */
export function percent(share: number, decimals = 2): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(decimals)}%` : 'not a number';
}

/** A loss in nats: four decimals, or a power of ten if it is huge. */
export function nats(loss: number): string {
  if (!Number.isFinite(loss)) return 'not a number';
  return loss < 1000 ? loss.toFixed(4) : loss.toExponential(2);
}

/** A time in words: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A large number with three digits: 8,400,000 → `8.4 million`. */
export function large(value: number): string {
  if (value >= 1e9) return `${significant(value / 1e9)} billion`;
  if (value >= 1e6) return `${significant(value / 1e6)} million`;
  return value >= 100 ? count(value) : significant(value);
}

/** Three significant digits, no exponent: 5.8317 → `5.83`. */
export function significant(value: number): string {
  return value >= 100 ? count(value) : String(Number(value.toPrecision(3)));
}

/** A number with its sign, and a real minus: −1.20. */
export function signed(value: number, decimals = 2): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(decimals)}`;
}

/** `1 example`, `2 examples`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}
