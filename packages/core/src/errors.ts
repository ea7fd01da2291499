/**
 * The errors a caller can meet. Each message is one line: what is wrong, where, and what to do.
 * Whoever talks to a person (the command, the page) shows `message` alone; anything that is not a
 * `LonghandError` is a defect of ours. `@longhand/core/errors` has them without all else.
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

/** Text in which settings are named by reference, so that a command can write flags and a page its labels. */
export type SettingPhrase = readonly (string | SettingReference)[];

/** A setting that an error is about. */
export interface SettingReference {
  /** The name in the library's options. */
  readonly setting: string;
  /** The value that was given. */
  readonly value?: unknown;
}

/** What is wrong with a setting. */
export interface SettingProblem {
  /** The name in the library's options, such as `alpha`. */
  readonly setting: string;
  /** As it was given; left out where the setting itself is missing. */
  readonly value?: unknown;
  /** What the setting expected, needs or excludes. */
  readonly expected: SettingPhrase;
  /** Default `expected`: a value out of range. */
  readonly verb?: 'expected' | 'needs' | 'excludes';
  /** What to do, as a sentence without its full stop. */
  readonly advice?: SettingPhrase | undefined;
}

/**
 * A setting out of range, or settings that exclude each other. The message names settings as the
 * library's options do; `renderSettingError` writes it with other names.
 */
export class SettingError extends LonghandError implements SettingProblem {
  override readonly name = 'SettingError';
  readonly setting: string;
  readonly value: unknown;
  readonly expected: SettingPhrase;
  readonly verb: 'expected' | 'needs' | 'excludes';
  readonly advice: SettingPhrase | undefined;

  constructor(problem: SettingProblem) {
    super(renderSettingError(problem, (setting) => setting));
    this.setting = problem.setting;
    this.value = problem.value;
    this.expected = problem.expected;
    this.verb = problem.verb ?? 'expected';
    this.advice = problem.advice;
  }
}

/**
 * What is wrong with a setting, in one line that begins with its name:
 * `alpha: expected a number greater than 0, at most 1,000,000, found "-1"`.
 *
 * @param nameOf what the reader knows a setting by: a flag, a label
 */
export function renderSettingError(problem: SettingProblem, nameOf: (setting: string) => string): string {
  const { setting, value, verb = 'expected', advice } = problem;
  const showsValue = value !== undefined && (verb !== 'expected' || advice !== undefined);
  const subject = showsValue ? `${nameOf(setting)} ${value}` : nameOf(setting);
  const sentence = renderSettingProblem(problem, nameOf);
  return `${subject}: ${sentence}`;
}

/** The same without the setting's own name, for a place beside its control. */
export function renderSettingProblem(problem: SettingProblem, nameOf: (setting: string) => string): string {
  const { value, expected, verb = 'expected', advice } = problem;
  const text = `${verb} ${renderPhrase(expected, nameOf)}`;
  if (advice) return `${text}. ${renderPhrase(advice, nameOf)}`;
  if (verb !== 'expected' || value === undefined) return text;
  return `${text}, found ${written(value)}`;
}

/** A value in a message: a text in quotes, a number as it is, also if JSON has no such number. */
export function written(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return JSON.stringify(value) ?? String(value);
}

function renderPhrase(phrase: SettingPhrase, nameOf: (setting: string) => string): string {
  return phrase
    .map((part) => {
      if (typeof part === 'string') return part;
      return part.value === undefined ? nameOf(part.setting) : `${nameOf(part.setting)} ${part.value}`;
    })
    .join('');
}

/** A run that cannot do what was asked of it: a second iteration, a checkpoint when it has ended. */
export class RunError extends LonghandError {
  override readonly name = 'RunError';
}

/** There is no such number to explain: a quantity, a layer, a row or a column that the network does not have. */
export class EntryError extends LonghandError {
  override readonly name = 'EntryError';
}

/** The engine cannot do what was asked: too much memory, a worker that died, a network it does not know. */
export class EngineError extends LonghandError {
  override readonly name = 'EngineError';
  /** What it cannot do, without advice. */
  readonly reason: string;
  /** What to do, a sentence without its period, if it is known. */
  readonly advice: string | undefined;

  constructor(reason: string, advice?: string) {
    super(advice === undefined ? reason : `${reason}. ${advice}`);
    this.reason = reason;
    this.advice = advice;
  }
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
