/** `step` makes one report's worth of a paused run. */
export type Control = 'pause' | 'resume' | 'step';

/** Lets a training run go on, wait, or go on for one report. */
export class PauseControl {
  paused: boolean;
  readonly #signal: AbortSignal;
  #goOn: (() => void) | undefined;
  /** Steps asked for before the run came to wait. */
  #owed = 0;

  /** @param signal aborted when the run is to stop, paused or not */
  constructor(paused: boolean, signal: AbortSignal) {
    this.paused = paused;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#release());
  }

  set(control: Control): void {
    if (control === 'pause') {
      this.paused = true;
      return;
    }
    if (control === 'resume') this.paused = false;
    else if (!this.#goOn) this.#owed++;
    this.#release();
  }

  /**
   * Resolves when the run may go on. Calls can arrive meanwhile, and also while the engine waits for
   * its workers between steps.
   */
  waitWhilePaused(): Promise<void> {
    if (!this.paused || this.#signal.aborted) {
      this.#owed = 0;
      return Promise.resolve();
    }
    if (this.#owed > 0) {
      this.#owed--;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }

  #release(): void {
    this.#goOn?.();
    this.#goOn = undefined;
  }
}
