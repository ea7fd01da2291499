/**
 * The errors a caller can meet. Each message is one line: what is wrong, where, and what to do.
 * Whoever talks to a person (the command, the page) shows `message` alone; anything that is not a
 * `LonghandError` is a defect of ours.
 */
export class LonghandError extends Error {
  override readonly name: string = 'LonghandError';
}

/** Two matrices whose shapes do not fit together. The message names both. */
export class ShapeError extends LonghandError {
  override readonly name = 'ShapeError';
}

/** Data or a picture that cannot be read: the message names the file, what was found and what was expected. */
export class DataError extends LonghandError {
  override readonly name = 'DataError';
}

/** A model file that cannot be read or does not fit its own metadata. */
export class ModelError extends LonghandError {
  override readonly name = 'ModelError';
}

/** A setting out of range, or settings that exclude each other. The message names the flag, the value and the range. */
export class SettingError extends LonghandError {
  override readonly name = 'SettingError';
}

/** The engine cannot do what was asked: too much memory, a worker that died, a network it does not know. */
export class EngineError extends LonghandError {
  override readonly name = 'EngineError';
}

/** What a run that met a value that is not finite knows about it. */
export interface Divergence {
  /** The iteration whose parameters gave the value, from 0. */
  readonly iteration: number;
  /** The first quantity that held it, on the board's notation: `Z¹`, `A²`, `dW¹`, `W¹` … */
  readonly symbol: string;
  /** The likely cause, as a clause: `α = 50 is too large`. */
  readonly cause: string;
}

/** Training met a value that is not finite (NaN or ±∞). Nothing was saved over a good model. */
export class DivergenceError extends LonghandError implements Divergence {
  override readonly name = 'DivergenceError';
  readonly iteration: number;
  readonly symbol: string;
  override readonly cause: string;

  constructor({ iteration, symbol, cause }: Divergence) {
    super(`iteration ${iteration}: ${symbol} is not finite; likely ${cause}`);
    this.iteration = iteration;
    this.symbol = symbol;
    this.cause = cause;
  }
}
