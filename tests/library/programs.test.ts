import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProject, dataModule, type LibraryProject, linesOf } from './project.js';

// What a user would write from the documentation alone, against the packed library. Each program
// may have so many lines and no more.

let project: LibraryProject;
beforeAll(() => {
  project = createProject();
  writeFileSync(path.join(project.folder, 'flowers.js'), dataModule('iris.csv'));
  // One flower in ten is rare, and much like the common ones.
  const rare = dataModule('iris.csv', (label, row) =>
    label === 'versicolor' ? 'common' : label === 'virginica' && row % 10 === 0 ? 'rare' : undefined,
  );
  writeFileSync(path.join(project.folder, 'rare-flowers.js'), rare);
});
afterAll(() => project.remove());

test.each([
  ['canvas.js', 6],
  ['rows.js', 6],
  ['continue.js', 4],
  ['watch.js', 6],
  ['activations.js', 3],
])('%s has at most %d lines', (program, most) => {
  expect(linesOf(program)).toBeGreaterThan(2);
  expect(linesOf(program)).toBeLessThanOrEqual(most);
});

describe('the program', () => {
  test('rows.js trains on arrays and answers in words', () => {
    const lines = project.run('rows.js');
    expect(lines.slice(0, 51).map((line) => Number.parseInt(line, 10))).toEqual(
      Array.from({ length: 51 }, (_, epoch) => epoch),
    );
    expect(lines[51]).toBe('setosa 150');
    expect(Number(lines[52])).toBeGreaterThan(0.93);
  });

  test('continue.js goes on to the same bits as one longer run', () => {
    project.run('continue.js');
    const compare = `import { fit, loadModel } from '@longhand/core';
      import { readFile } from 'node:fs/promises';
      import { labels, rows } from './flowers.js';
      const whole = await fit(rows, labels, { epochs: 30 });
      const longer = await loadModel(await readFile('longer.safetensors'));
      for (const { network } of [whole, longer]) console.log([...network.layers.at(-1).W.data].join());`;
    writeFileSync(path.join(project.folder, 'compare.js'), compare);
    const [whole, longer] = project.run('compare.js');
    expect(whole!.split(',')).toHaveLength(96);
    expect(longer).toBe(whole);
  });

  test('watch.js plots the loss, stops early, and aborts', () => {
    const lines = project.run('watch.js');
    expect(lines.pop()).toBe('TimeoutError');
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.length).toBeLessThan(1000);
    const losses = lines.map((line) => Number(line.split(' ')[1]));
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
    expect(lines[0]!.length).toBeGreaterThan(lines.at(-1)!.length);
  });

  test('activations.js shows both hidden layers', () => {
    const layers = project.run('activations.js').map((line) => line.split(' ').map(Number));
    expect(layers.map((layer) => layer.length)).toEqual([16, 8]);
    for (const value of layers.flat()) expect(Math.abs(value)).toBeLessThanOrEqual(1);
  });

  test('weights.js finds more of a rare class with any kind of weights', () => {
    const [plain, ...weighted] = project.run('weights.js').map((line) => {
      const [common, mistaken, missed, found] = line.split(/[ ,]/).map(Number);
      return { common: common! / (common! + mistaken!), rare: found! / (missed! + found!) };
    });
    expect(weighted).toHaveLength(3);
    for (const { common, rare } of weighted) {
      expect(rare).toBeGreaterThan(plain!.rare);
      expect(common).toBeGreaterThan(0.5);
    }
    // The same weights, by class and by example, are the same run.
    expect(weighted[1]).toEqual(weighted[2]);
  });
});
