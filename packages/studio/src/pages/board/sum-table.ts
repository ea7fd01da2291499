import {
  type Entry,
  type Explanation,
  entrySymbol,
  formatNumber,
  formatReference,
  type Product,
} from '@longhand/core/explain';

/** A factor or a summand that can be asked in its turn. */
interface Asked {
  readonly text: string;
  /** What stands above the text: `0.52 − 3.1` of an exponential. */
  readonly exponent?: string;
  /** As references are written: `W1[8,402]`. */
  readonly entry: string;
}

/** One line of an addition as it is done by hand. */
export interface SumLine {
  readonly name: string;
  readonly factors: readonly Asked[];
  readonly value: string;
  readonly kind: 'term' | 'folded' | 'rule' | 'total';
}

export interface SumLabels {
  /** What a unit of a layer is called, 0 being the data's own: `pixel (13, 16)`, `hidden unit 3`, `class 9`. */
  readonly unit: (layer: number, index: number) => string;
  /** Which example a column is: `test digit 115`. */
  readonly example: (column: number) => string;
}

/** Terms that are written out; the rest is folded into one line. */
const MOST_TERMS = 4;

/** An explanation as an addition by hand: its largest terms, the rest folded, what comes after the sum, the total under a rule. */
export function sumTable(explanation: Explanation, words: SumLabels): SumLine[] {
  const { m, reference } = explanation;
  const ask = ({ reference: of, value }: Entry): Asked => ({
    text: formatNumber(value),
    entry: formatReference(of),
  });
  const name = ({ reference: of }: Entry) => entrySymbol(of, m);
  const total: SumLine = {
    name: entrySymbol(reference, m),
    factors: [],
    value: formatNumber(explanation.value),
    kind: 'total',
  };
  switch (explanation.kind) {
    case 'given':
      return [total];
    case 'weighted-sum': {
      const { terms, zeros, bias } = explanation;
      const isPixels = reference.layer === 1;
      return [
        ...largestTerms(
          terms,
          ({ factors: [, a] }) => words.unit(a.reference.layer, a.reference.row),
          ask,
          isPixels ? 'more inked pixels' : 'more units',
        ),
        ...foldedZeros(zeros, isPixels ? 'blank pixels' : 'units that are 0'),
        { name: `bias ${name(bias)}`, factors: [], value: formatNumber(bias.value), kind: 'term' },
        total,
      ];
    }
    case 'activation':
      return [
        {
          name: name(explanation.z),
          factors: [ask(explanation.z)],
          value: formatNumber(explanation.z.value),
          kind: 'term',
        },
        total,
      ];
    case 'softmax': {
      const { exponentials, sum, maximum } = explanation;
      const own = exponentials[reference.row]!;
      const shown = loudest(
        exponentials.map((exponential, unit) => ({ ...exponential, unit })),
        MOST_TERMS + 1,
      );
      const rest =
        exponentials.reduce((left, { value }) => left + value, 0) -
        shown.reduce((left, { value }) => left + value, 0);
      return [
        ...shown.map(
          ({ z, value, unit }): SumLine => ({
            name: `exp(${words.unit(reference.layer, unit)})`,
            factors: [
              {
                text: 'e',
                exponent: `${formatNumber(z.value)} − ${formatNumber(maximum.value)}`.replace('− −', '+ '),
                entry: formatReference(z.reference),
              },
            ],
            value: formatNumber(value),
            kind: 'term',
          }),
        ),
        ...(exponentials.length > shown.length
          ? [
              {
                name: `… ${exponentials.length - shown.length} more classes`,
                factors: [],
                value: formatNumber(rest),
                kind: 'folded' as const,
              },
            ]
          : []),
        { name: 'their sum', factors: [], value: formatNumber(sum), kind: 'rule' },
        { ...total, name: `${total.name} = ${formatNumber(own.value)} / ${formatNumber(sum)}` },
      ];
    }
    case 'loss': {
      const examples: readonly { readonly column: number; readonly value: number }[] = explanation.examples;
      const shown = loudest(examples, MOST_TERMS);
      const left = explanation.examples.length - shown.length;
      return [
        ...shown.map(
          ({ column, value }): SumLine => ({
            name: words.example(column),
            factors: [],
            value: formatNumber(value),
            kind: 'term',
          }),
        ),
        ...(left > 0
          ? [
              {
                name: `… ${left} more examples`,
                factors: [],
                value: formatNumber(explanation.sum - sum(shown)),
                kind: 'folded' as const,
              },
            ]
          : []),
        ...mean(explanation.sum, m),
        total,
      ];
    }
    case 'output-delta': {
      const { a, y } = explanation;
      return [
        { name: `${name(a)}, the answer`, factors: [ask(a)], value: formatNumber(a.value), kind: 'term' },
        { name: `− ${name(y)}, the label`, factors: [ask(y)], value: formatNumber(-y.value), kind: 'term' },
        total,
      ];
    }
    case 'hidden-delta': {
      const { terms, zeros, z, slope, sum: added } = explanation;
      return [
        ...largestTerms(
          terms,
          ({ factors: [, dz] }) => words.unit(dz.reference.layer, dz.reference.row),
          ask,
          'more',
        ),
        ...foldedZeros(zeros, 'that are 0'),
        { name: 'their sum', factors: [], value: formatNumber(added), kind: 'rule' },
        { name: `· g′(${name(z)})`, factors: [ask(z)], value: `× ${formatNumber(slope)}`, kind: 'term' },
        total,
      ];
    }
    case 'weight-gradient': {
      const { terms, zeros } = explanation;
      return [
        ...largestTerms(
          terms,
          ({ factors: [dz] }) => words.example(dz.reference.column),
          ask,
          'more examples',
        ),
        ...foldedZeros(zeros, zeros === 1 ? 'example that adds nothing' : 'examples that add nothing'),
        ...mean(explanation.sum, m),
        total,
      ];
    }
    case 'bias-gradient': {
      const shown = loudest(explanation.terms, MOST_TERMS);
      const left = explanation.terms.length - shown.length;
      return [
        ...shown.map(
          (entry): SumLine => ({
            name: words.example(entry.reference.column),
            factors: [ask(entry)],
            value: formatNumber(entry.value),
            kind: 'term',
          }),
        ),
        ...(left > 0
          ? [
              {
                name: `… ${left} more examples`,
                factors: [],
                value: formatNumber(explanation.sum - sum(shown)),
                kind: 'folded' as const,
              },
            ]
          : []),
        ...foldedZeros(explanation.zeros, 'examples that add nothing'),
        ...mean(explanation.sum, m),
        total,
      ];
    }
    case 'update': {
      const { old, alpha, gradient } = explanation;
      return [
        { name: `${name(old)}, as it was`, factors: [], value: formatNumber(old.value), kind: 'term' },
        {
          name: `− α · ${name(gradient)}`,
          factors: [{ text: formatNumber(alpha), entry: '' }, ask(gradient)],
          value: formatNumber(-alpha * gradient.value),
          kind: 'term',
        },
        { ...total, name: `${total.name}, new` },
      ];
    }
  }
}

/** The largest products with their factors, and one line for the rest. */
function largestTerms(
  terms: readonly Product[],
  nameOf: (term: Product) => string,
  ask: (entry: Entry) => Asked,
  rest: string,
): SumLine[] {
  const shown = loudest(terms, MOST_TERMS);
  const left = terms.length - shown.length;
  const lines = shown.map(
    (term): SumLine => ({
      name: nameOf(term),
      factors: term.factors.map(ask),
      value: formatNumber(term.value),
      kind: 'term',
    }),
  );
  if (left === 0) return lines;
  return [
    ...lines,
    {
      name: `… ${left.toLocaleString('en-US')} ${rest}`,
      factors: [],
      value: formatNumber(sum(terms) - sum(shown)),
      kind: 'folded',
    },
  ];
}

/** The largest in size, the largest first. */
function loudest<Term extends { readonly value: number }>(terms: readonly Term[], most: number): Term[] {
  if (terms.length <= most + 1) return [...terms];
  return [...terms].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, most);
}

function foldedZeros(zeros: number, what: string): SumLine[] {
  return zeros > 0
    ? [{ name: `${zeros.toLocaleString('en-US')} ${what}`, factors: [], value: '0', kind: 'folded' }]
    : [];
}

/** Of one example there is nothing to divide. */
function mean(added: number, m: number): SumLine[] {
  if (m === 1) return [];
  return [
    { name: 'their sum', factors: [], value: formatNumber(added), kind: 'rule' },
    { name: `/ m`, factors: [], value: `÷ ${m.toLocaleString('en-US')}`, kind: 'term' },
  ];
}

function sum(terms: readonly { readonly value: number }[]): number {
  return terms.reduce((total, { value }) => total + value, 0);
}
