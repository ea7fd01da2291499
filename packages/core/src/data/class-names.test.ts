import { expect, test } from 'vitest';
import { DataError } from '../errors.js';
import { knownClassNames, numberedClasses, readClassNames } from './class-names.js';

test('names one a line, however lines end, with space around them and empty lines at the end', () => {
  expect(readClassNames('T-shirt/top\r\n Ankle boot \n\n', 'classes.txt')).toEqual([
    'T-shirt/top',
    'Ankle boot',
  ]);
});

test.each([
  ['a\n\nb', 'classes.txt: line 2 is empty: expected the name of class 1, one a line'],
  ['', 'classes.txt: line 1 is empty'],
  ['a\nb\na', 'classes.txt: line 3 is that of line 1 again'],
  ['a\n\u001b[31mb', 'classes.txt: line 2 has control characters'],
  [
    Array.from({ length: 257 }, (_, i) => `class ${i}`).join('\n'),
    'classes.txt: 257 names: expected at most 256',
  ],
])('%j is one line that names the place', (text, message) => {
  expect(() => readClassNames(text, 'classes.txt')).toThrow(DataError);
  expect(() => readClassNames(text, 'classes.txt')).toThrow(message);
});

test('as many numbers as the highest label needs', () => {
  expect(numberedClasses(Uint8Array.of(1, 3, 0, 2), 'labels')).toEqual(['0', '1', '2', '3']);
  expect(
    numberedClasses(
      Uint8Array.from({ length: 256 }, (_, label) => label),
      'labels',
    ),
  ).toHaveLength(256);
});

test('a label past the digits that no class is likely to have is an error that names it', () => {
  const digits = Array.from({ length: 1000 }, (_, i) => i % 10);
  for (const [labels, message] of [
    [
      [...digits, 12],
      'labels: label 12 of example 1000, but no example has the label 10: is the file damaged?',
    ],
    [[...digits.slice(0, 500), 10, ...digits], 'labels: label 10 of example 500, but no other has it'],
  ] as const) {
    expect(() => numberedClasses(Uint8Array.from(labels), 'labels')).toThrow(DataError);
    expect(() => numberedClasses(Uint8Array.from(labels), 'labels')).toThrow(message);
  }
  expect(numberedClasses(Uint8Array.from([...digits, 10, 10]), 'labels')).toHaveLength(11);
});

test('labels that are not known have no names', async () => {
  expect(await knownClassNames(Uint8Array.of(0, 0, 8, 1))).toBeUndefined();
});
