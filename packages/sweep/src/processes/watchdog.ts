/** Tells from the signs of life of a process whether it hangs. */
export interface Watchdog {
  /** It was given a task. */
  begin(): void;
  /** It has no task any more. */
  rest(): void;
  /** Its run made a step. */
  step(): void;
  /**
   * It answered a ping.
   *
   * @param cpuMs how long all its threads have computed since it was started, in ms
   */
  answer(cpuMs: number): void;
  /**
   * Call it at equal times, and ping the process after each. It counts the calls rather than looking at a
   * clock: a machine that slept has lost no time.
   *
   * @returns what it lacks, once it is taken for hung
   */
  tick(): string | undefined;
}

interface WatchdogOptions {
  /** It hangs after so many ticks in a row without a sign of life. */
  readonly ticks: number;
  /**
   * Computing for so long counts as progress, in ms: a step of a huge network may take longer than all
   * ticks, and its threads compute all the while.
   */
  readonly workMs: number;
}

export function createWatchdog({ ticks, workMs }: WatchdogOptions): Watchdog {
  /** Ticks since its last answer, and since its run made progress. */
  let [silent, stuck] = [0, 0];
  let isBusy = false;
  /** How long it had computed when it made progress last, in ms. */
  let computed = 0;
  return {
    begin() {
      isBusy = true;
      stuck = 0;
    },
    rest() {
      isBusy = false;
    },
    step() {
      [silent, stuck] = [0, 0];
    },
    answer(cpuMs) {
      silent = 0;
      if (cpuMs - computed < workMs) return;
      computed = cpuMs;
      stuck = 0;
    },
    tick() {
      silent++;
      stuck = isBusy ? stuck + 1 : 0;
      if (silent > ticks) return 'no sign of life';
      return stuck > ticks ? 'no progress, and nothing computed,' : undefined;
    },
  };
}
