/** A way from values to places between 0 (the foot) and 1, with the values worth a label. */
export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** From `from` to `to`, with a label at each multiple of a 1, 2 or 5 times a power of ten: at most `most` of them. */
export function linearAxis(from: number, to: number, most: number): Axis {
  const span = to - from || 1;
  const step = niceStep(span / Math.max(1, most - 1));
  const ticks: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + span * 1e-9; k++) ticks.push(k * step || 0);
  return { place: (value) => (value - from) / span, ticks };
}

/**
 * Equal ratios take equal room: a loss that starts at 9 and ends at 0.5 shows both its fall and its end. The axis begins
 * and ends at one of 1, 2, 5 times a power of ten.
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
