import type { QueryChange } from '../../state/location.js';
import { isOwnName, type OwnName, type ShippedName } from '../../state/models.js';
import type { SetName } from '../../workers/training.worker.js';
import { type Filter, ORDERS, type Order, VERDICTS } from './filter.js';

/** One digit of the data: its set and its index. */
export interface DigitPlace {
  readonly set: SetName;
  readonly index: number;
}

/** What the user has chosen on this page. All of it is in the address. */
export interface Choices extends Filter {
  readonly set: SetName;
  readonly order: Order;
  /** An included model, or one of the user's own by its hash. */
  readonly model: ShippedName | OwnName;
  /** The digit that is open. */
  readonly digit: DigitPlace | undefined;
}

const MODELS: readonly ShippedName[] = ['draw', '500', '100', '10'];
export const DEFAULT_MODEL: ShippedName = 'draw';

/** The choices in an address. Invalid ones count as missing. */
export function readChoices(state: URLSearchParams): Choices {
  const from = readPercent(state.get('from')) ?? 0;
  const to = readPercent(state.get('to')) ?? 100;
  return {
    set: state.get('set') === 'training' ? 'training' : 'test',
    label: readClass(state.get('label')),
    answer: readClass(state.get('answer')),
    verdict: VERDICTS.find((word) => word === state.get('verdict')),
    from: Math.min(from, to),
    to: Math.max(from, to),
    order: ORDERS.find((word) => word === state.get('sort')) ?? 'set',
    model: readModel(state.get('model')),
    digit: readPlace(state.get('digit')),
  };
}

/** The choices as an address contains them: defaults are left out. */
export function queryOf(choices: Choices): QueryChange {
  const { set, label, answer, verdict, from, to, order, model, digit } = choices;
  return {
    set: set === 'test' ? undefined : set,
    label,
    answer,
    verdict,
    from: from === 0 ? undefined : tidy(from),
    to: to === 100 ? undefined : tidy(to),
    sort: order === 'set' ? undefined : order,
    model: model === DEFAULT_MODEL ? undefined : model,
    digit: digit && placeText(digit),
  };
}

/** `test:115`, `train:7`, as in the Board's address. */
export function placeText({ set, index }: DigitPlace): string {
  return `${set === 'test' ? 'test' : 'train'}:${index}`;
}

function readModel(text: string | null): Choices['model'] {
  return isOwnName(text) ? text : (MODELS.find((name) => name === text) ?? DEFAULT_MODEL);
}

function readPlace(text: string | null): DigitPlace | undefined {
  const [, set, index] = /^(test|train):(\d{1,9})$/.exec(text ?? '') ?? [];
  return set ? { set: set === 'test' ? 'test' : 'training', index: Number(index) } : undefined;
}

function readClass(text: string | null): number | undefined {
  return /^\d{1,3}$/.test(text ?? '') ? Number(text) : undefined;
}

function readPercent(text: string | null): number | undefined {
  const value = /^\d{1,3}(\.\d{1,6})?$/.test(text ?? '') ? Number(text) : Number.NaN;
  return value <= 100 ? value : undefined;
}

/** A percentage with at most four decimals. */
function tidy(value: number): number {
  return Math.round(1e4 * value) / 1e4;
}
