/** The y axis of a curve, the same on both sides. */
export interface Axis {
  readonly ticks: readonly Tick[];
  /** The position of a value, from 0 at the bottom to 1 at the top. NaN if it has none. */
  place(value: number): number;
}

interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Steps between ticks that are easy to read, times a power of ten. */
const STEPS = [1, 2, 5, 10];
const MAX_TICKS = 5;
const PERCENTS = [0, 0.25, 0.5, 0.75, 1];

/** From 0 to a round number above the largest of the values. */
export function linearAxis(values: readonly number[], atLeast: number): Axis {
  const most = Math.max(atLeast, ...values.filter(Number.isFinite));
  const power = 10 ** Math.floor(Math.log10(most / MAX_TICKS));
  const step = STEPS.map((factor) => factor * power).find((width) => most / width <= MAX_TICKS)!;
  const count = Math.ceil(most / step - 1e-9);
  const top = count * step;
  return {
    ticks: Array.from({ length: count + 1 }, (_, k) => ({
      at: k / count,
      text: Number((k * step).toPrecision(3)).toLocaleString('en-US'),
    })),
    place: (value) => (Number.isFinite(value) ? value / top : Number.NaN),
  };
}

/** Powers of ten around all of the values, and at least from `from` to `to`. */
export function logarithmicAxis(values: readonly number[], from: number, to: number): Axis {
  const positive = values.filter((value) => Number.isFinite(value) && value > 0);
  const low = Math.floor(Math.log10(Math.min(from, ...positive)));
  const high = Math.ceil(Math.log10(Math.max(to, ...positive)));
  const every = Math.ceil((high - low) / MAX_TICKS);
  const powers = Array.from({ length: high - low + 1 }, (_, k) => low + k);
  return {
    ticks: powers
      .filter((power) => (power - low) % every === 0)
      .map((power) => ({ at: (power - low) / (high - low), text: powerText(power) })),
    place: (value) =>
      Number.isFinite(value) && value > 0 ? (Math.log10(value) - low) / (high - low) : Number.NaN,
  };
}

/** From 0 to 100%. */
export const PERCENT_AXIS: Axis = {
  ticks: PERCENTS.map((at) => ({ at, text: `${100 * at}%` })),
  place: (share) => share,
};

function powerText(power: number): string {
  if (Math.abs(power) <= 5) return (10 ** power).toLocaleString('en-US', { maximumFractionDigits: 5 });
  const digits = [...String(power)].map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]));
  return `10${digits.join('')}`;
}
