import { parseSetting, settingNamed } from '@longhand/core';
import { computed } from '@preact/signals';
import { changeQuery, query } from '../../state/location.js';

/** Which network the board begins with: the board's after so many iterations, the page's own for drawings, or one of one's own. */
const NETWORKS = ['0', '10', '100', '500', 'draw', 'own'] as const;
export type NetworkChoice = (typeof NETWORKS)[number];

/** The network that stands in where the address names none, or one that is not there. */
export const STAND_IN = '500';

/** How many examples go through the cycle together. */
const SIZES = ['1', '4', '16', 'all'] as const;
export type SizeChoice = (typeof SIZES)[number];

/** A digit of the data, or the one drawn on the page Draw. */
export type DigitChoice =
  | { readonly set: 'test' | 'train'; readonly index: number }
  | { readonly set: 'drawn' };

/** What one has chosen on the board; all of it stands in the address. */
export interface Choices {
  readonly network: NetworkChoice;
  readonly digit: DigitChoice;
  readonly size: SizeChoice;
  /** The learning rate α. */
  readonly alpha: number;
  /** Turns of the cycle gone by: updates made on these examples. */
  readonly iteration: number;
  /** The step that is lit, from 1. */
  readonly step: number;
  /** The number asked for, as a reference is written; without one, the board chooses. */
  readonly entry: string | undefined;
}

const ALPHA = settingNamed('alpha');
/** A test digit that the board's network, after 500 iterations, takes for another. */
const FIRST_DIGIT: DigitChoice = { set: 'test', index: 169 };
/** More turns than anybody clicks; a link must not keep the page busy for minutes. */
const MAX_ITERATIONS = 1000;

export const choices = computed<Choices>(() => readChoices(query.value));

/** The choices that an address tells; what it tells wrongly is as if it were not there. */
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

/** Another network, digit, m or α: the cycle begins again with it. */
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

/** Lights a step, of this turn or another. */
export function goTo(step: number, iteration: number): void {
  changeQuery({
    step: step > 1 ? step : undefined,
    turn: iteration > 0 ? iteration : undefined,
    entry: undefined,
  });
}

/** Asks for a number. */
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

/** @returns a learning rate in the range of the table of settings, or nothing */
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
