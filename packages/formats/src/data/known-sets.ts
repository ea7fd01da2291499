const DIGITS = [...'0123456789'];
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** https://github.com/zalandoresearch/fashion-mnist#labels */
const FASHION = [
  ...['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat'],
  ...['Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
];
/** Of the letters whose small form looks different (https://arxiv.org/abs/1702.05373). */
const MERGED = [...DIGITS, ...LETTERS, ...'abdefghnqrt'];

/** A published dataset that is recognized by the name of its files. */
export interface KnownSet {
  /** For notes: `EMNIST letters`. */
  readonly name: string;
  readonly classNames: readonly string[];
  /** The label of the first class. */
  readonly firstLabel: number;
  /** Whether its pictures lie on their side. */
  readonly isTransposed: boolean;
}

const set = (name: string, classNames: readonly string[], firstLabel = 0): KnownSet => ({
  name,
  classNames,
  firstLabel,
  isTransposed: name.startsWith('EMNIST'),
});

/** The names of files and folders, and what they are. EMNIST's parts have one in common. */
const SETS: readonly (readonly [RegExp, KnownSet])[] = [
  [/emnist[-_ ]?letters/i, set('EMNIST letters', LETTERS, 1)],
  [
    /emnist[-_ ]?by[-_ ]?class/i,
    set('EMNIST byclass', [...DIGITS, ...LETTERS, ...'abcdefghijklmnopqrstuvwxyz']),
  ],
  [/emnist[-_ ]?by[-_ ]?merge/i, set('EMNIST bymerge', MERGED)],
  [/emnist[-_ ]?balanced/i, set('EMNIST balanced', MERGED)],
  [/emnist[-_ ]?(digits|mnist)/i, set('EMNIST digits', DIGITS)],
  [/qmnist/i, set('QMNIST', DIGITS)],
  // https://github.com/rois-codh/kmnist
  [
    /k49/i,
    set('Kuzushiji-49', [
      ...'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをんゝ',
    ]),
  ],
  [/kmnist|kuzushiji[-_ ]?mnist/i, set('Kuzushiji-MNIST', [...'おきすつなはまやれを'])],
  [/fashion[-_ ]?mnist/i, set('Fashion-MNIST', FASHION)],
  [/not[-_ ]?mnist/i, set('notMNIST', [...'ABCDEFGHIJ'])],
];

/** The published dataset that a path names; the last part that names one counts. */
export function knownSetOf(path: string): KnownSet | undefined {
  for (const part of path.split(/[/:]/).reverse()) {
    const found = SETS.find(([name]) => name.test(part));
    if (found) return found[1];
  }
  return undefined;
}
