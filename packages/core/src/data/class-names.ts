import { DataError } from '../errors.js';

/** A label is one byte. */
export const MAX_CLASSES = 256;

/** Of a class, from which on one example alone is no class. */
const MANY_EXAMPLES = 20;

const DIGITS = [...'0123456789'];
/** https://github.com/zalandoresearch/fashion-mnist#labels */
const FASHION = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

/** SHA-256 of known label files, uncompressed: training set and test set. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5': DIGITS,
  ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2: DIGITS,
  bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9: FASHION,
  '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34': FASHION,
};

/**
 * The class names of MNIST and Fashion-MNIST, recognized by the SHA-256 of their uncompressed label
 * files. `undefined` for other files.
 */
export async function knownClassNames(labelFile: Uint8Array): Promise<readonly string[] | undefined> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', labelFile as Uint8Array<ArrayBuffer>));
  return KNOWN[Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')];
}

/**
 * `'0'`, `'1'` …: as many names as the highest label needs. A damaged byte would look like one more
 * class. So above the ten digits no label may be missing, and in larger sets the last class must
 * have more than one example.
 *
 * @param name the name of the label file, for the error
 * @throws DataError if the highest label is probably a damaged byte
 */
export function numberedClasses(labels: Uint8Array, name: string): string[] {
  const counts = new Uint32Array(MAX_CLASSES);
  for (const label of labels) counts[label]!++;
  const highest = counts.findLastIndex((count) => count > 0);
  const gap = counts.indexOf(0);
  const isGap = gap >= 0 && gap < highest;
  const isAlone = counts[highest] === 1 && labels.length > MANY_EXAMPLES * (highest + 1);
  if (highest >= DIGITS.length && (isGap || isAlone)) {
    const other = isGap ? `no example has the label ${gap}` : 'no other has it';
    throw new DataError(
      `${name}: label ${highest} of example ${labels.indexOf(highest)}, but ${other}: is the file damaged? If not, name the classes in a file classes.txt beside it`,
    );
  }
  return Array.from({ length: Math.max(0, highest) + 1 }, (_, label) => String(label));
}

/**
 * Reads class names from a text, one name per line; the first line names label 0. Empty lines at
 * the end do not count.
 *
 * @param name the file's name, for the errors
 * @throws DataError for more than 256 names, or for a name that is empty, repeated or not printable
 */
export function readClassNames(text: string, name: string): string[] {
  if (typeof text !== 'string') throw new DataError(`${name}: expected its text, a name on each line`);
  const names = text
    .trimEnd()
    .split(/\r\n?|\n/)
    .map((line) => line.trim());
  if (names.length > MAX_CLASSES) {
    throw new DataError(`${name}: ${names.length} names: expected at most ${MAX_CLASSES}, one a line`);
  }
  for (const [i, className] of names.entries()) {
    const problem =
      className === ''
        ? 'is empty'
        : !isPrintable(className)
          ? 'has control characters'
          : names.indexOf(className) < i
            ? `is that of line ${names.indexOf(className) + 1} again`
            : undefined;
    if (problem) {
      throw new DataError(`${name}: line ${i + 1} ${problem}: expected the name of class ${i}, one a line`);
    }
  }
  return names;
}

/**
 * What is wrong with the names of classes, as a clause: each must be another, and be shown as it is.
 *
 * @returns nothing if all are right
 */
export function classNamesProblem(names: readonly string[]): string | undefined {
  const twice = names.find((name, label) => names.indexOf(name) < label);
  if (twice !== undefined) return `two classes have the name ${JSON.stringify(twice)}`;
  const unprintable = names.find((name) => !isPrintable(name));
  return unprintable === undefined
    ? undefined
    : `the class ${JSON.stringify(unprintable)} has control characters in its name`;
}

/** Whether a label is what programs write for a value that is missing, and no name of a class. */
export function isMissing(label: string): boolean {
  return /^(nan|[-+]?inf(inity)?|null|n\/a)$/i.test(label.trim());
}

/**
 * Whether a terminal shows a name as it is. Control characters could move its cursor or change its
 * colors.
 */
export function isPrintable(name: string): boolean {
  return !/\p{Cc}/u.test(name);
}

/** Whether these are the ten digits, in their order. */
export function areDigits(classNames: readonly string[]): boolean {
  return classNames.length === 10 && classNames.every((name, digit) => name === String(digit));
}
