import { describe, expect, test } from 'vitest';
import { Dataset } from './dataset.js';
import { warningsOf } from './warnings.js';

/** Examples with these labels, whose pictures differ. */
function examples(labels: readonly number[], classNames?: readonly string[]): Dataset {
  const pixels = Uint8Array.from({ length: 4 * labels.length }, (_, i) => (i * 37 + (i >> 3)) % 251);
  return new Dataset({
    ...{ pixels, labels: Uint8Array.from(labels), width: 2, height: 2 },
    ...(classNames && { classNames }),
  });
}

const mixed = Array.from({ length: 100 }, (_, i) => (i * 7) % 10);
const about = (dataset: Dataset) => warningsOf(dataset).map((warning) => warning.about);

describe('warningsOf', () => {
  test('has nothing to say about good data', () => {
    expect(warningsOf(examples(mixed))).toEqual([]);
  });

  test('names the only class that has examples, and classes that have none', () => {
    expect(warningsOf(examples(new Array(30).fill(7)))[0]!.text).toContain('one class (7)');
    expect(warningsOf(examples(mixed, [...'0123456789ABCD']))[0]!.text).toBe(
      '4 of 14 classes have no example: A, B, C, …',
    );
  });

  test('finds pictures that are all the same, or blank', () => {
    const labels = Uint8Array.from(mixed);
    const same = new Dataset({ pixels: new Uint8Array(400).fill(9), labels, width: 2, height: 2 });
    expect(about(same)).toEqual(['same pictures']);
    const some = Uint8Array.from({ length: 400 }, (_, i) => (i < 8 ? 5 : i % 251));
    expect(warningsOf(new Dataset({ pixels: some, labels, width: 2, height: 2 }))[0]!.text).toContain(
      '2 of 100 pictures are blank',
    );
  });

  test('finds examples sorted by class, in any order of the classes', () => {
    expect(about(examples(mixed.toSorted((a, b) => a - b)))).toEqual(['sorted']);
    expect(about(examples(mixed.toSorted((a, b) => b - a)))).toEqual(['sorted']);
  });

  test('finds class sizes that are far apart, with the advice in the words of the caller', () => {
    const labels = Array.from({ length: 200 }, (_, i) => (i % 100 === 50 ? 1 : 0));
    const [warning] = warningsOf(examples(labels, ['no', 'yes']), { balanced: '--class-weight balanced' });
    expect(warning!.text).toBe(
      'class sizes are far apart: 198 of class no, 2 of class yes. With --class-weight balanced every class counts ' +
        'the same; look at the balanced accuracy',
    );
    expect(about(examples(mixed.filter((label) => label > 0 || mixed.indexOf(0) === 0)))).toEqual([]);
  });
});
