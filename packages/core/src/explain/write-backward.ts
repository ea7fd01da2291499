import { ACTIVATIONS } from '../maths/activation.js';
import type {
  BiasGradient,
  HiddenDelta,
  OutputDelta,
  UpdateExplanation,
  WeightGradient,
} from './explanation.js';
import { formatNumber } from './format-number.js';
import { entrySymbol } from './subscripts.js';
import {
  added,
  enclosed,
  inNumbers,
  inSymbols,
  noteOf,
  number,
  shorten,
  writeMean,
  writeSum,
} from './sum-text.js';
import type { WriteOptions } from './write-options.js';

export function writeOutputDelta({ a, y, m }: OutputDelta, { digits }: WriteOptions): string[] {
  return [
    `${entrySymbol(a.reference, m)} − ${entrySymbol(y.reference, m)}`,
    `${formatNumber(a.value, digits)} − ${formatNumber(y.value, digits)}`,
  ];
}

export function writeHiddenDelta(explanation: HiddenDelta, { digits, most }: WriteOptions): string[] {
  const { terms, sum, activation, z, slope, m } = explanation;
  const places = shorten(terms, most);
  const g = `${ACTIVATIONS[activation].symbol}′`;
  const note = noteOf(places, explanation, 'with dz = 0');
  return [
    `(${inSymbols(terms, places, m)}${note}) · ${g}(${entrySymbol(z.reference, m)})`,
    `(${inNumbers(terms, places, digits)}) · ${g}(${formatNumber(z.value, digits)})`,
    `${formatNumber(sum, digits)} · ${formatNumber(slope, digits)}`,
  ];
}

export function writeWeightGradient(explanation: WeightGradient, { digits, most }: WriteOptions): string[] {
  const { terms, sum, m } = explanation;
  const places = shorten(terms, most);
  const note = noteOf(places, explanation, 'with dz or a = 0');
  const sums = [`${inSymbols(terms, places, m)}${note}`, inNumbers(terms, places, digits)];
  return writeMean(m, sums, formatNumber(sum, digits));
}

export function writeBiasGradient(explanation: BiasGradient, { digits, most }: WriteOptions): string[] {
  const { terms, sum, m } = explanation;
  const places = shorten(terms, most);
  const symbols = writeSum(places, (k) => added(entrySymbol(terms[k]!.reference, m)));
  const values = writeSum(places, (k) => number(terms[k]!.value, digits));
  return writeMean(
    m,
    [`${symbols}${noteOf(places, explanation, 'with dz = 0')}`, values],
    formatNumber(sum, digits),
  );
}

export function writeUpdate(
  { old, alpha, gradient, m }: UpdateExplanation,
  { digits }: WriteOptions,
): string[] {
  return [
    `${entrySymbol(old.reference, m)} − α·${entrySymbol(gradient.reference, m)}`,
    `${formatNumber(old.value, digits)} − ${formatNumber(alpha, digits)}·${enclosed(gradient.value, digits)}`,
    `${formatNumber(old.value, digits)} ${changeOf(alpha * gradient.value, digits)}`,
  ];
}

function changeOf(step: number, digits: number): string {
  return `${step < 0 ? '+' : '−'} ${formatNumber(Math.abs(step), digits)}`;
}
