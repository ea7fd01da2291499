/**
 * Maps values to positions between 0 (the start) and 1 (the end), and says which values get a
 * label.
 */
export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/**
 * From `from` to `to`, with at most `most` labels, at multiples of 1, 2 or 5 times a power of ten.
 */
export function linearAxis(from: number, to: number, most: number): Axis {
  const span = to - from || 1;
  const step = niceStep(span / Math.max(1, most - 1));
  const ticks: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + span * 1e-9; k++) ticks.push(k * step || 0);
  return { place: (value) => (value - from) / span, ticks };
}

/**
 * Logarithmic: equal ratios have equal lengths, so that a loss from 9 to 0.5 shows both its fall
 * and its end. The axis starts and ends at 1, 2 or 5 times a power of ten.
 */
export function logAxis(from: number, to: number, most: number): Axis {
  const low = Math.max(from, 1e-6);
  const marks = logMarks(low, Math.max(to, low * 1.01));
  const [first, last] = [marks[0]!, marks.at(-1)!];
  const every = Math.ceil(marks.length / most);
  return {
    place: (value) => Math.log(Math.max(value, first) / first) / Math.log(last / first),
    ticks: marks.filter((_, k) => (marks.length - 1 - k) % every === 0),
  };
}

function logMarks(low: number, high: number): number[] {
  const marks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const digit of [1, 2, 5]) marks.push(Number(`${digit}e${power}`));
  }
  const first = marks.findLastIndex((mark) => mark <= low);
  const last = marks.findIndex((mark) => mark >= high);
  return marks.slice(first, last + 1);
}

function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((step) => step * power >= least * (1 - 1e-9)) ?? 10);
}
