import { parseSetting, settingNamed } from '@longhand/core/settings';
import { computed } from '@preact/signals';
import { changeQuery, query } from '../../state/location.js';

/**
 * Which network the board starts with: the board's after a number of iterations, the one of the
 * page Draw, or the user's own.
 */
const NETWORKS = ['0', '10', '100', '500', 'draw', 'own'] as const;
export type NetworkChoice = (typeof NETWORKS)[number];

/** The network that is shown if the address names none, or one that does not exist. */
export const STAND_IN = '500';

/** How many examples go through the cycle together. */
const SIZES = ['1', '4', '16', 'all'] as const;
export type SizeChoice = (typeof SIZES)[number];

/** A digit of the data, or the one drawn on the page Draw. */
export type DigitChoice =
  | { readonly set: 'test' | 'train'; readonly index: number }
  | { readonly set: 'drawn' };

/** What the user has chosen on the board. All of it is in the address. */
export interface Choices {
  readonly network: NetworkChoice;
  readonly digit: DigitChoice;
  readonly size: SizeChoice;
  /** The learning rate α. */
  readonly alpha: number;
  /** Completed iterations of the cycle: updates made with these examples. */
  readonly iteration: number;
  /** The current step, from 1. */
  readonly step: number;
  /** The number asked for, as a reference is written. Without one, the board chooses. */
  readonly entry: string | undefined;
}

export const ALPHA = settingNamed('alpha');
/** A test digit that the board's network, after 500 iterations, reads as another digit. */
const FIRST_DIGIT: DigitChoice = { set: 'test', index: 169 };
/** More iterations than anybody clicks through. A link must not keep the page busy for minutes. */
const MAX_ITERATIONS = 1000;

export const choices = computed<Choices>(() => readChoices(query.value));

/** The choices in an address. Invalid ones count as missing. */
function readChoices(state: URLSearchParams): Choices {
  return {
    network: oneOf(NETWORKS, state.get('net')) ?? STAND_IN,
    digit: readDigit(state.get('digit')) ?? FIRST_DIGIT,
    size: oneOf(SIZES, state.get('m')) ?? '1',
    alpha: readAlpha(state.get('alpha')) ?? (ALPHA.default as number),
    iteration: readCount(state.get('turn'), 0, MAX_ITERATIONS) ?? 0,
    step: readCount(state.get('step'), 1, 1000) ?? 1,
    entry: state.get('entry') ?? undefined,
  };
}

/** Takes another network, digit, m or α. The cycle starts again. */
export function choose(change: {
  readonly net?: NetworkChoice;
  readonly digit?: DigitChoice;
  readonly m?: SizeChoice;
  readonly alpha?: number;
}): void {
  const { net, digit, m, alpha } = change;
  changeQuery({
    ...(net && { net }),
    ...(digit && { digit: formatDigit(digit) }),
    ...(m && { m }),
    ...(alpha !== undefined && { alpha }),
    turn: undefined,
    step: undefined,
    entry: undefined,
  });
}

/** Goes to a step, of this iteration or another one. */
export function goTo(step: number, iteration: number): void {
  changeQuery({
    step: step > 1 ? step : undefined,
    turn: iteration > 0 ? iteration : undefined,
    entry: undefined,
  });
}

/** Asks how a number is computed. */
export function ask(entry: string): void {
  changeQuery({ entry });
}

function formatDigit(digit: DigitChoice): string {
  return digit.set === 'drawn' ? 'drawn' : `${digit.set}:${digit.index}`;
}

function readDigit(text: string | null): DigitChoice | undefined {
  if (text === 'drawn') return { set: 'drawn' };
  const [, set, index] = /^(test|train):(\d{1,9})$/.exec(text ?? '') ?? [];
  return set ? { set: set as 'test' | 'train', index: Number(index) } : undefined;
}

/** @returns a learning rate in the range that the table of settings allows, or nothing */
export function readAlpha(text: string | null): number | undefined {
  if (!text) return undefined;
  try {
    return parseSetting(ALPHA, text) as number;
  } catch {
    return undefined;
  }
}

function readCount(text: string | null, least: number, most: number): number | undefined {
  const value = /^\d{1,9}$/.test(text ?? '') ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

function oneOf<Word extends string>(words: readonly Word[], text: string | null): Word | undefined {
  return words.find((word) => word === text);
}
