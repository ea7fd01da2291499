import { parseSetting, settingNamed } from '@longhand/core/settings';
import { computed } from '@preact/signals';
import { drawing } from '../../state/drawing.js';
import { changeQuery, type QueryChange, query } from '../../state/location.js';
import { isOwnName, type OwnName } from '../../state/models.js';
import { type Edit, readEdits, writeEdits } from './edits.js';
import { decodeInk, encodeInk } from './ink-text.js';
import { preferredView, preferView, type View } from './view-preference.js';

/**
 * Which network the board starts with: the board's after a number of iterations, the one of the
 * page Draw, or the newest of the user's own. Each of these has a name by its hash, too.
 */
const NETWORKS = ['0', '10', '100', '500', 'draw', 'own'] as const;
export type NetworkChoice = (typeof NETWORKS)[number] | OwnName;

/** The network that is shown if the address names none, or one that does not exist. */
export const STAND_IN = '500';

/** How many examples go through the cycle together. */
const SIZES = ['1', '4', '16', 'all'] as const;
export type SizeChoice = (typeof SIZES)[number];

/** A drawing's pixels are those of an MNIST digit. */
const DRAWING_PIXELS = 784;

/** A digit of the data, or a drawing, whose pixels are in the address. */
export type DigitChoice =
  | { readonly set: 'test' | 'train'; readonly index: number }
  | {
      readonly set: 'drawn';
      /** Its pixels as text (ink-text.ts). */
      readonly ink: string;
      /** The class that it is meant to be. Without one, the network's answer counts as right. */
      readonly label: number | undefined;
    };

/** What the user has chosen on the board. All of it is in the address. */
export interface Choices {
  readonly network: NetworkChoice;
  readonly digit: DigitChoice;
  readonly size: SizeChoice;
  /** The learning rate α. */
  readonly alpha: number;
  /** Completed iterations of the cycle: updates made with these examples. */
  readonly iteration: number;
  /** Whether a tile is empty until its step has computed it. */
  readonly isStepByStep: boolean;
  /** The current step, from 1. Step by step, 0 is before the first one. */
  readonly step: number;
  /** The number asked for, as a reference is written. Without one, the board chooses. */
  readonly entry: string | undefined;
  /** The equation in which it was pressed, if that is not the one that computes it. */
  readonly at: number | undefined;
  /** The numbers that were moved by hand. */
  readonly edits: readonly Edit[];
  /** Whether all gradients have one scale of colors, so that small ones look small. */
  readonly isOneScale: boolean;
}

export const ALPHA = settingNamed('alpha');
/** A test digit that the board's network, after 500 iterations, reads as another digit. */
const FIRST_DIGIT: DigitChoice = { set: 'test', index: 169 };
/** More iterations than anybody clicks through. A link must not keep the page busy for minutes. */
const MAX_ITERATIONS = 1000;

const NO_EDITS: readonly Edit[] = [];

export const choices = computed<Choices>(() => readChoices(query.value));

/** Whether the address asks for a drawing that it does not contain, and there is none on this page. */
export const isDrawingMissing = computed(
  () => query.value.get('digit') === 'drawn' && choices.value.digit.set !== 'drawn',
);

/** The drawing of the page Draw as a choice, if there is one. */
export function drawnNow(): DigitChoice | undefined {
  const drawn = drawing.value;
  if (drawn?.pixels.length !== DRAWING_PIXELS) return undefined;
  return { set: 'drawn', ink: encodeInk(drawn.pixels), label: drawn.label };
}

/** The choices in an address. Invalid ones count as missing. */
function readChoices(state: URLSearchParams): Choices {
  const size = oneOf(SIZES, state.get('m')) ?? '1';
  const digit = readDigit(state) ?? FIRST_DIGIT;
  const isStepByStep = viewOf(state) === 'steps';
  return {
    network: readNetwork(state.get('net')) ?? STAND_IN,
    // All examples are the training set, so the one that is shown is one of them.
    digit: size === 'all' && digit.set !== 'train' ? { set: 'train', index: 0 } : digit,
    size,
    alpha: readAlpha(state.get('alpha')) ?? (ALPHA.default as number),
    iteration: readCount(state.get('turn'), 0, MAX_ITERATIONS) ?? 0,
    isStepByStep,
    step: readCount(state.get('step'), 1, 1000) ?? (isStepByStep ? 0 : 1),
    entry: state.get('entry') ?? undefined,
    at: readCount(state.get('at'), 1, 1000),
    edits: size === 'all' ? NO_EDITS : readEdits(state.get('set')),
    isOneScale: state.get('scale') !== 'each',
  };
}

/**
 * A link shows what its sender saw. An address without any state is that of a visitor who comes to
 * the board: it shows what they chose last, and to a newcomer a step at a time.
 */
function viewOf(state: URLSearchParams): View {
  if (state.get('show') === 'steps') return 'steps';
  // That it is for a projector says nothing about it.
  return [...state.keys()].some((key) => key !== 'present') ? 'all' : (preferredView.value ?? 'steps');
}

function readNetwork(text: string | null): NetworkChoice | undefined {
  return isOwnName(text) ? text : oneOf(NETWORKS, text);
}

/** Shows the board a step at a time, or all of it at once. */
export function chooseView(view: View): void {
  const { step } = choices.peek();
  preferView(view);
  changeQuery({
    show: view === 'steps' ? 'steps' : undefined,
    step: view === 'steps' || step > 1 ? step : undefined,
  });
}

/** Changes the address. Step by step, it says so from the first change on. */
function change(next: QueryChange): void {
  changeQuery({ ...(choices.peek().isStepByStep && { show: 'steps' }), ...next });
}

/** Takes another network, digit, m or α. The cycle starts again. */
export function choose(wanted: {
  readonly net?: NetworkChoice;
  readonly digit?: DigitChoice;
  readonly m?: SizeChoice;
  readonly alpha?: number;
}): void {
  const { net, digit, m, alpha } = wanted;
  change({
    ...(net && { net }),
    ...(digit && formatDigit(digit)),
    ...(m && { m }),
    ...(alpha !== undefined && { alpha }),
    ...(alpha === undefined && { set: undefined }),
    turn: undefined,
    step: undefined,
    entry: undefined,
    at: undefined,
  });
}

/** Moves a number by hand, as long as the board is in this iteration. */
export function move(entry: string, value: number): void {
  const { edits, iteration } = choices.peek();
  const turn = entry.startsWith('X') ? 0 : iteration;
  const others = edits.filter((edit) => edit.entry !== entry || edit.turn !== turn);
  change({ set: writeEdits([...others, { entry, turn, value: Number(value.toPrecision(4)) }]) });
}

/** Puts a number that was moved back to what it was; without a name, all of them. */
export function putBack(entry?: string): void {
  change({ set: entry && writeEdits(choices.peek().edits.filter((edit) => edit.entry !== entry)) });
}

/** Goes to a step, of this iteration or another one. */
export function goTo(step: number, iteration: number): void {
  const { isStepByStep } = choices.peek();
  change({
    step: step > (isStepByStep ? 0 : 1) ? step : undefined,
    turn: iteration > 0 ? iteration : undefined,
    entry: undefined,
    at: undefined,
  });
}

/**
 * Asks how a number is computed.
 *
 * @param at the equation in which it was pressed as an operand
 */
export function ask(entry: string, at?: number): void {
  change({ entry, at });
}

/** Goes back from a number that was asked for to the one that the board chooses. */
export function askNothing(): void {
  change({ entry: undefined, at: undefined });
}

/** Gives all gradients one scale of colors, or each its own. */
export function scaleGradients(isOneScale: boolean): void {
  change({ scale: isOneScale ? undefined : 'each' });
}

/** Puts the drawing into the address, so that a link to the board has it. */
export function keepDrawing(): void {
  const { digit } = choices.value;
  if (digit.set === 'drawn' && query.value.get('ink') !== digit.ink) changeQuery(formatDigit(digit));
}

function formatDigit(digit: DigitChoice): QueryChange {
  if (digit.set === 'drawn') return { digit: 'drawn', ink: digit.ink, label: digit.label };
  return { digit: `${digit.set}:${digit.index}`, ink: undefined, label: undefined };
}

function readDigit(state: URLSearchParams): DigitChoice | undefined {
  if (state.get('digit') === 'drawn') {
    const ink = state.get('ink') ?? '';
    if (!decodeInk(ink, DRAWING_PIXELS)) return drawnNow();
    return { set: 'drawn', ink, label: readCount(state.get('label'), 0, 255) };
  }
  const [, set, index] = /^(test|train):(\d{1,9})$/.exec(state.get('digit') ?? '') ?? [];
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
