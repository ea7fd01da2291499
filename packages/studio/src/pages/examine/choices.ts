import { computed } from '@preact/signals';
import { changeQuery, query } from '../../state/location.js';
import { SHIPPED, type ShippedName } from '../../state/models.js';
import type { SetName } from '../../work/lab-messages.js';
import { type Filter, ORDERS, type Order, VERDICTS } from './filter.js';

/** One digit of the data, by its place in its set. */
export interface DigitPlace {
  readonly set: SetName;
  readonly index: number;
}

/** What one has chosen on this page; all of it stands in the address. */
export interface Choices extends Filter {
  readonly set: SetName;
  readonly order: Order;
  readonly model: ShippedName;
  /** The digit that lies open. */
  readonly digit: DigitPlace | undefined;
}

export const DEFAULT_MODEL: ShippedName = 'draw';

export const choices = computed(() => readChoices(query.value));

/** The choices that an address tells; what it tells wrongly is as if it were not there. */
export function readChoices(state: URLSearchParams): Choices {
  const from = readPercent(state.get('from')) ?? 0;
  const to = readPercent(state.get('to')) ?? 100;
  const model = state.get('model');
  return {
    set: state.get('set') === 'training' ? 'training' : 'test',
    label: readClass(state.get('label')),
    answer: readClass(state.get('answer')),
    verdict: VERDICTS.find((word) => word === state.get('verdict')),
    from: Math.min(from, to),
    to: Math.max(from, to),
    order: ORDERS.find((word) => word === state.get('sort')) ?? 'set',
    model: model !== null && Object.hasOwn(SHIPPED, model) ? (model as ShippedName) : DEFAULT_MODEL,
    digit: readPlace(state.get('digit')),
  };
}

/** Changes choices; a digit that lies open stays open only when that is what is chosen. */
export function choose(change: Partial<Choices>): void {
  const next = { ...choices.peek(), digit: undefined, ...change };
  changeQuery({
    set: next.set === 'test' ? undefined : next.set,
    label: next.label,
    answer: next.answer,
    verdict: next.verdict,
    from: next.from === 0 ? undefined : next.from,
    to: next.to === 100 ? undefined : next.to,
    sort: next.order === 'set' ? undefined : next.order,
    model: next.model === DEFAULT_MODEL ? undefined : next.model,
    digit: next.digit && placeText(next.digit),
  });
}

/** `test:115`, `train:7`: as the Board's address names a digit, too. */
export function placeText({ set, index }: DigitPlace): string {
  return `${set === 'test' ? 'test' : 'train'}:${index}`;
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
