import { ACTIVATIONS } from '../maths/activation.js';
import { symbol } from '../maths/symbol.js';
import type {
  Activated,
  LossExplanation,
  Product,
  SoftmaxLoss,
  SoftmaxShare,
  WeightedSum,
} from './explanation.js';
import { formatNumber } from './format-number.js';
import { entrySymbol, subscript } from './subscripts.js';
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

export function writeWeightedSum(explanation: WeightedSum, { digits, most }: WriteOptions): string[] {
  const { reference, terms, sum, bias, m } = explanation;
  const places = shorten(terms, most);
  const b = number(bias.value, digits);
  const plusB = b.negative ? ` − ${b.text}` : ` + ${b.text}`;
  const nothing = reference.layer === 1 ? 'blank' : 'with a = 0';
  const note = noteOf(places, explanation, nothing);
  const steps = [
    `${inSymbols(terms, places, m)}${note} + ${entrySymbol(bias.reference, m)}`,
    `${inNumbers(terms, places, digits)}${plusB}`,
  ];
  return terms.length > 0 ? [...steps, `${formatNumber(sum, digits)}${plusB}`] : steps;
}

export function writeActivated({ activation, z, m }: Activated, { digits }: WriteOptions): string[] {
  const { symbol: g, calculation } = ACTIVATIONS[activation];
  return [
    `${g}(${entrySymbol(z.reference, m)})`,
    calculation(z.value, (value) => formatNumber(value, digits)),
  ];
}

export function writeSoftmaxShare(explanation: SoftmaxShare, { digits, most }: WriteOptions): string[] {
  const { reference, exponentials, maximum, sum, m } = explanation;
  const Z = symbol('z', reference.layer);
  const own = exponentials[reference.row]!;
  const places = shorten(exponentials, most);
  const total = writeSum(places, (k) => number(exponentials[k]!.value, digits));
  const less = number(-maximum.value, digits);
  return [
    `exp(${entrySymbol(own.z.reference, m)} − max ${Z}) / Σₖ exp(${Z}ₖ − max ${Z})`,
    `exp(${formatNumber(own.z.value, digits)} ${less.negative ? '−' : '+'} ${less.text}) / (${total})`,
    `${formatNumber(own.value, digits)} / ${formatNumber(sum, digits)}`,
  ];
}

export function writeLoss(explanation: LossExplanation, options: WriteOptions): string[] {
  const { examples, sum, m } = explanation;
  const { digits, most } = options;
  if (m > 1) {
    const places = shorten(examples, most);
    const symbols = writeSum(places, (k) => added(`ℓ${subscript(examples[k]!.column)}`));
    const values = writeSum(places, (k) => number(examples[k]!.value, digits));
    return writeMean(m, [symbols, values], formatNumber(sum, digits));
  }
  if (explanation.output === 'softmax') return softmaxLoss(explanation.examples[0]!, options);
  const { units } = explanation.examples[0]!;
  const z = `${symbol('z', units[0]!.z.reference.layer)}ᵢ`;
  const places = shorten(units, most);
  return [
    `Σᵢ (max(${z}, 0) − ${z}·yᵢ + log(1 + exp(−|${z}|)))`,
    writeSum(places, (k) => number(units[k]!.value, digits)),
  ];
}

/** The loss of a single example: logsumexp(z) − z of its label. */
function softmaxLoss({ maximum, sum, logSumExp, labelled }: SoftmaxLoss, { digits }: WriteOptions): string[] {
  const oneHot = (term: Product) => term.factors[0].value === 1;
  const symbols = labelled.map((term) => {
    const [y, z] = term.factors.map(({ reference }) => entrySymbol(reference, 1));
    return ` − ${oneHot(term) ? z : `${y}·${z}`}`;
  });
  const values = labelled.map((term) => {
    const [y, z] = term.factors;
    return oneHot(term)
      ? ` − ${enclosed(z.value, digits)}`
      : ` − ${formatNumber(y.value, digits)}·${enclosed(z.value, digits)}`;
  });
  return [
    `logsumexp(${symbol('z', maximum.reference.layer)})${symbols.join('')}`,
    `${formatNumber(maximum.value, digits)} + log(${formatNumber(sum, digits)})${values.join('')}`,
    `${formatNumber(logSumExp, digits)}${values.join('')}`,
  ];
}
