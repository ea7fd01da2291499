/** `step` lets a paused run continue up to its next report. */
export type Control = 'pause' | 'resume' | 'step';

/** Pauses and resumes a training run. */
export class PauseControl {
  paused: boolean;
  readonly #signal: AbortSignal;
  #goOn: (() => void) | undefined;
  /** Steps that were asked for before the run began to wait. */
  #owed = 0;

  /** @param signal aborted when the run should stop, paused or not */
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
   * Resolves when the run may continue. Calls from the page arrive while it waits, and while the
   * engine waits for its workers.
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
