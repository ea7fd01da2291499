/** What a set of examples is for. */
export type Part = 'training' | 'validation' | 'test';

const PARTS: Readonly<Record<string, Part>> = {
  ...{ train: 'training', training: 'training', tr: 'training' },
  ...{ val: 'validation', valid: 'validation', validation: 'validation', dev: 'validation' },
  ...{ test: 'test', tests: 'test', testing: 'test', t10k: 'test', te: 'test' },
};

/** What a file or an array is for, by a word in its name; the last word that says so counts. */
export function partOf(title: string): Part | undefined {
  const words = title
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    // `qmnist60k` is one word, but `test50k` is two.
    .flatMap((word) => (word in PARTS ? [word] : word.split(/\d+k?$/)));
  return words.map((word) => PARTS[word]).findLast((part) => part !== undefined);
}
