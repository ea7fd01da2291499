import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadModel } from '@longhand/core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './cli/command.js';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

async function outputOf(file: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(examples, file), ...args]);
  return stdout;
}

const files = readdirSync(examples).filter((file) => file.endsWith('.js'));

test('the examples are the three there should be', () => {
  expect(files.sort()).toEqual(['board.js', 'csv.js', 'kdnuggets.js']);
});

test.each(files)('%s says what it has to say in under 40 lines', (file) => {
  expect(readFileSync(path.join(examples, file), 'utf8').trimEnd().split('\n').length).toBeLessThan(40);
});

describe('examples/kdnuggets.js', () => {
  test('learns all five rows of its table', async () => {
    const output = await outputOf('kdnuggets.js');
    const rows = [...output.matchAll(/^[01] [01] [01] → ([\d.]+), should be ([01])$/gm)];
    expect(rows).toHaveLength(5);
    for (const [line, answer, label] of rows) {
      expect(Math.abs(Number(answer) - Number(label)), line).toBeLessThan(0.05);
    }
    const losses = [...output.matchAll(/loss ([\d.]+) nats/g)].map(([, loss]) => Number(loss));
    expect(losses).toHaveLength(5);
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
  });
});

describe('examples/board.js', () => {
  test('after 100 iterations answers far better than chance', async () => {
    const output = await outputOf('board.js', '100');
    expect(output).toContain('784 → 10 ReLU → 10 softmax (7,960 parameters)');
    const percents = [...output.matchAll(/([\d.]+)% of the training digits right/g)];
    const [start, middle, end] = percents.map(([, percent]) => Number(percent));
    const tested = Number(/^test: ([\d.]+)% of 10000 digits/m.exec(output)?.[1]);
    expect(start).toBeLessThan(20);
    expect(middle).toBeGreaterThan(start!);
    expect(end).toBeGreaterThan(middle!);
    expect(tested).toBeGreaterThan(45);
  });
});

describe('examples/csv.js', () => {
  const folder = temporaryFolder();

  test('learns from a CSV file, and saves a model that can be loaded', async () => {
    const out = path.join(folder, 'iris.safetensors');
    const output = await outputOf('csv.js', path.join(examples, '../tests/fixtures/iris.csv'), out);
    expect(output).toMatch(/^150 examples, 4 columns, classes: setosa, versicolor, virginica$/m);
    expect(Number(/test: ([\d.]+)% of 30 examples/.exec(output)?.[1])).toBeGreaterThan(90);
    const model = await loadModel(readFileSync(out));
    expect(model.predict([5.1, 3.5, 1.4, 0.2]).label).toBe('setosa');
  });

  test('without a file says what to pass', async () => {
    await expect(outputOf('csv.js')).rejects.toMatchObject({ code: 2 });
  });
});
