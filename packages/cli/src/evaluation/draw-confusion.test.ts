import { describe, expect, test } from 'vitest';
import type { Terminal } from '../terminal/terminal.js';
import { drawClasses } from './draw-classes.js';
import { drawConfusion } from './draw-confusion.js';

const terminal: Terminal = { interactive: true, width: 80, colors: 'none', unicode: true };

/** All right, so many of each class. */
function confusionOf(classes: number, each: number): number[][] {
  return Array.from({ length: classes }, (_, i) =>
    Array.from({ length: classes }, (__, j) => (i === j ? each : 0)),
  );
}

const draw = (names: readonly string[], each = 999, width = 80) =>
  drawConfusion({ confusion: confusionOf(names.length, each) }, names, { ...terminal, width });
const lines = (table: string | undefined) => table!.split('\n');
const numbered = (count: number, name: (label: number) => string) =>
  Array.from({ length: count }, (_, i) => name(i));

describe('the confusion table', () => {
  test('has whole names where they fit', async () => {
    expect(lines(await draw(['cat', 'elephant']))[1]).toBe('│ true ╲ answer cat elephant recall│');
  });

  test('cuts them short where they do not, as little as it can, to the width of the terminal', async () => {
    const names = [
      'alpha',
      'bravo',
      'charlie',
      'delta',
      'echo',
      'foxtrot',
      'golf',
      'hotel',
      'india',
      'juliett',
    ];
    const table = await draw(names);
    expect(table).toContain(' alph brav char delt echo foxt golf hote indi juli ');
    expect(table).toContain('│       charlie ');
    for (const line of lines(table)) expect([...line].length).toBeLessThanOrEqual(80);
    expect(await draw(names, 999, 83)).toContain(
      ' alpha bravo charl delta echo foxtr golf hotel india julie ',
    );
  });

  test('has numbers where cutting them short would make two the same', async () => {
    const table = await draw(numbered(10, (label) => `class number ${label}`));
    expect(table).toContain('answer   0   1   2');
    expect(table).toContain('│ class number 7 7 ');
    for (const line of lines(table)) expect([...line].length).toBeLessThanOrEqual(80);
  });

  test('is left out where there are too many classes for the terminal', async () => {
    expect(await draw(numbered(30, String))).toBeUndefined();
    expect(await draw(numbered(30, String), 9, 120)).toContain(' 28 29 ');
  });

  test('MNIST: ten digits take 63 columns', async () => {
    const [top, head, first] = lines(await draw([...'0123456789'], 980));
    expect(head).toBe('│ true ╲ answer   0   1   2   3   4   5   6   7   8   9 recall│');
    expect(first).toBe('│             0 980   ·   ·   ·   ·   ·   ·   ·   ·   · 100.0%│');
    expect([...top!]).toHaveLength(63);
  });
});

test('the table of classes: a long name is cut; of many classes the worst are shown', () => {
  const figures = (label: number) => {
    const f1 = label % 2 ? label / 100 : undefined;
    return { label, examples: 1, answered: 1, correct: 1, precision: f1, recall: f1, f1 };
  };
  const few = drawClasses([figures(1)], ['', 'x'.repeat(40)], terminal);
  expect(few[1]).toMatch(/^x{29}… +1\.0%/);
  const many = drawClasses(
    Array.from({ length: 60 }, (_, label) => figures(label)),
    numbered(60, String),
    terminal,
  );
  expect(many).toHaveLength(12);
  expect(many[0]).toBe('The 10 worst of 60 classes:');
  expect(many.slice(2).map((line) => Number(line.trim().split(' ')[0]))).toEqual([
    1, 3, 5, 7, 9, 11, 13, 15, 17, 19,
  ]);
});
