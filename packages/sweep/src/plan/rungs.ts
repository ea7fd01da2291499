/** The share of trials that go on to the next rung is one in so many, and its runs are so many times longer. */
export const ETA = 3;
/** The first rung is no shorter: what a run shows before says too little. */
const LEAST = { epochs: 0.5, updates: 10 };

/**
 * Where the rungs of a run end, in updates; the last is the run's own end. The shortest run of a sweep
 * decides how many there are.
 *
 * @param count how many rungs
 */
export function rungEnds(iterations: number, count: number): number[] {
  return Array.from({ length: count }, (_, rung) =>
    Math.max(1, Math.round(iterations / ETA ** (count - 1 - rung))),
  );
}

/**
 * How many rungs successive halving has: until one trial is left, or the first rung is too short.
 *
 * @param epochs of a run, `iterations` its updates
 */
export function rungCount(
  trials: number,
  { iterations, epochs }: { readonly iterations: number; readonly epochs: number },
): number {
  let count = 1;
  const isLongEnough = (shrink: number) =>
    iterations / shrink >= LEAST.updates && (epochs / shrink >= LEAST.epochs || iterations === epochs);
  while (ETA ** count <= trials && isLongEnough(ETA ** count)) count++;
  return count;
}

/** How many of so many trials go on. */
export function survivors(trials: number): number {
  return Math.max(1, Math.floor(trials / ETA));
}
