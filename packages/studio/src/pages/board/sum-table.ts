import {
  type Entry,
  type Explanation,
  entrySymbol,
  formatNumber,
  formatReference,
} from '@longhand/core/explain';
import {
  factorOf,
  largestTerms,
  MAX_TERMS,
  meanLines,
  productLine,
  type SumLine,
  sumLine,
  termLine,
  totalLine,
  zeroTerms,
} from './sum-lines.js';

/** What the terms of a sum are called. */
export interface SumLabels {
  /** A unit of a layer, layer 0 being the inputs: `pixel (13, 16)`, `hidden unit 3`, `class 9`. */
  readonly unit: (layer: number, index: number) => string;
  /** Units of a layer that are not written out, and those whose output is 0. */
  readonly otherUnits: (layer: number) => { readonly more: string; readonly zero: string };
  /** The example of a column: `example 3`. */
  readonly example: (column: number) => string;
}

type Of<Kind extends Explanation['kind']> = Extract<Explanation, { kind: Kind }>;

const MORE_EXAMPLES = 'more examples';

/**
 * Writes an explanation as an addition by hand: the largest terms, one line for the rest, what is
 * done with the sum, and the total under a rule.
 */
export function sumTable(explanation: Explanation, labels: SumLabels): SumLine[] {
  switch (explanation.kind) {
    case 'given':
      return [totalOf(explanation)];
    case 'weighted-sum':
      return weightedSum(explanation, labels);
    case 'activation':
      return [entryLine(explanation, explanation.z), totalOf(explanation)];
    case 'softmax':
      return softmax(explanation, labels);
    case 'loss':
      return loss(explanation, labels);
    case 'output-delta':
      return outputDelta(explanation);
    case 'hidden-delta':
      return hiddenDelta(explanation, labels);
    case 'weight-gradient':
      return weightGradient(explanation, labels);
    case 'bias-gradient':
      return biasGradient(explanation, labels);
    case 'update':
      return update(explanation);
  }
}

function weightedSum(explanation: Of<'weighted-sum'>, labels: SumLabels): SumLine[] {
  const { terms, zeros, bias, m, reference } = explanation;
  const { more, zero } = labels.otherUnits(reference.layer - 1);
  return [
    ...largestTerms(terms, (term) => productLine(unitOf(term.factors[1], labels), term), more),
    ...zeroTerms(zeros, zero),
    termLine(`bias ${symbolOf(bias, m)}`, formatNumber(bias.value)),
    totalOf(explanation),
  ];
}

function softmax(explanation: Of<'softmax'>, labels: SumLabels): SumLine[] {
  const { exponentials, sum, maximum, reference } = explanation;
  const own = exponentials[reference.row]!;
  const line = ({ z, value }: (typeof exponentials)[number]) => {
    const exponent = `${formatNumber(z.value)} − ${formatNumber(maximum.value)}`.replace('− −', '+ ');
    const factor = { text: 'e', exponent, entry: formatReference(z.reference) };
    return termLine(`exp(${unitOf(z, labels)})`, formatNumber(value), factor);
  };
  const total = totalOf(explanation);
  return [
    ...largestTerms(exponentials, line, 'more classes', MAX_TERMS + 1),
    sumLine(sum),
    { ...total, name: `${total.name} = ${formatNumber(own.value)} / ${formatNumber(sum)}` },
  ];
}

function loss(explanation: Of<'loss'>, labels: SumLabels): SumLine[] {
  const examples: readonly { readonly column: number; readonly value: number }[] = explanation.examples;
  return [
    ...largestTerms(
      examples,
      ({ column, value }) => termLine(labels.example(column), formatNumber(value)),
      MORE_EXAMPLES,
    ),
    ...meanLines(explanation.sum, explanation.m),
    totalOf(explanation),
  ];
}

function outputDelta(explanation: Of<'output-delta'>): SumLine[] {
  const { a, y, m } = explanation;
  return [
    termLine(`${symbolOf(a, m)}, the answer`, formatNumber(a.value), factorOf(a)),
    termLine(`− ${symbolOf(y, m)}, the label`, formatNumber(-y.value), factorOf(y)),
    totalOf(explanation),
  ];
}

function hiddenDelta(explanation: Of<'hidden-delta'>, labels: SumLabels): SumLine[] {
  const { terms, zeros, z, slope, sum, m } = explanation;
  return [
    ...largestTerms(terms, (term) => productLine(unitOf(term.factors[1], labels), term), 'more units'),
    ...zeroTerms(zeros, 'units that add 0'),
    sumLine(sum),
    termLine(`· g′(${symbolOf(z, m)})`, `× ${formatNumber(slope)}`, factorOf(z)),
    totalOf(explanation),
  ];
}

function weightGradient(explanation: Of<'weight-gradient'>, labels: SumLabels): SumLine[] {
  const { terms, zeros, sum, m } = explanation;
  return [
    ...largestTerms(terms, (term) => productLine(exampleOf(term.factors[0], labels), term), MORE_EXAMPLES),
    ...zeroExamples(zeros),
    ...meanLines(sum, m),
    totalOf(explanation),
  ];
}

function biasGradient(explanation: Of<'bias-gradient'>, labels: SumLabels): SumLine[] {
  const { terms, zeros, sum, m } = explanation;
  return [
    ...largestTerms(
      terms,
      (entry) => termLine(exampleOf(entry, labels), formatNumber(entry.value), factorOf(entry)),
      MORE_EXAMPLES,
    ),
    ...zeroExamples(zeros),
    ...meanLines(sum, m),
    totalOf(explanation),
  ];
}

function update(explanation: Of<'update'>): SumLine[] {
  const { old, alpha, gradient, m } = explanation;
  const total = totalOf(explanation);
  return [
    termLine(`${symbolOf(old, m)}, old value`, formatNumber(old.value)),
    termLine(
      `− α · ${symbolOf(gradient, m)}`,
      formatNumber(-alpha * gradient.value),
      { text: formatNumber(alpha), entry: '' },
      factorOf(gradient),
    ),
    { ...total, name: `${total.name}, new value` },
  ];
}

function totalOf({ reference, value, m }: Explanation): SumLine {
  return totalLine(entrySymbol(reference, m), value);
}

function entryLine({ m }: Explanation, entry: Entry): SumLine {
  return termLine(symbolOf(entry, m), formatNumber(entry.value), factorOf(entry));
}

function symbolOf({ reference }: Entry, m: number): string {
  return entrySymbol(reference, m);
}

function unitOf({ reference }: Entry, labels: SumLabels): string {
  return labels.unit(reference.layer, reference.row);
}

function exampleOf({ reference }: Entry, labels: SumLabels): string {
  return labels.example(reference.column);
}

function zeroExamples(zeros: number): SumLine[] {
  return zeroTerms(zeros, zeros === 1 ? 'example that adds 0' : 'examples that add 0');
}
