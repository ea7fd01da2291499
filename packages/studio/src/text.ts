import { count as countOf, percent as percentOf } from '@longhand/core/text';

export { count } from '@longhand/core/text';

/** `1 example`, `3 examples`, `1,000 digits`. */
export function amount(number: number, noun: string): string {
  return `${countOf(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** 0.8412 → `84.1%`: the page shows one decimal. */
export function percent(share: number, digits = 1): string {
  return percentOf(share, digits);
}

/** The same for a probability, which never appears as certain: 0.99996 → `> 99.9%`. */
export function probability(share: number): string {
  return share >= 0.9995 ? '> 99.9%' : percent(share);
}

/**
 * The same for a share of many, which appears as 100% only if it is all of them: 0.99996 → `>
 * 99.9%`.
 */
export function shareOfMany(share: number, digits = 1): string {
  const isRounded = share < 1 && Number((100 * share).toFixed(digits)) === 100;
  return isRounded ? `> ${(100 - 10 ** -digits).toFixed(digits)}%` : percent(share, digits);
}

/** 8 → `an 8`, 7 → `a 7`, and `apple` → `an apple`: what a class is called, with its article. */
export function withArticle(name: string | number): string {
  return `${/^(8|11$|18$|[aeiou])/i.test(String(name)) ? 'an' : 'a'} ${name}`;
}

/** `0:07`, `1:05:20`: seconds as a clock shows them. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** 841a11a7b2c3… → `841a11a7`: enough of a hash to compare by eye. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, 8);
}

/** 12,345,678 bytes → `12 MB`, 1,500 → `1.5 kB`. */
export function size(bytes: number): string {
  if (bytes < 1e3) return amount(bytes, 'byte');
  const [scale, unit] = bytes < 1e6 ? [1e3, 'kB'] : [1e6, 'MB'];
  const value = bytes / scale;
  return `${value < 10 ? value.toFixed(1) : countOf(Math.round(value))} ${unit}`;
}
