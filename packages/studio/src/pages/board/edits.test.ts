import { createNetwork, Dataset } from '@longhand/core';
import { describe, expect, test } from 'vitest';
import { editExamples, editNetwork, readEdits, writeEdits } from './edits.js';

const network = createNetwork({ layers: [4, 3, 2] });

describe('numbers that were moved by hand', () => {
  test('come back from the address, and what is none is left out', () => {
    const text = 'W2[1,2]:0.5;b1[0]@3:-1;X[2,0]:1e-3';
    const edits = readEdits(text);
    expect(edits).toEqual([
      { entry: 'W2[1,2]', turn: 0, value: 0.5 },
      { entry: 'b1[0]', turn: 3, value: -1 },
      { entry: 'X[2,0]', turn: 0, value: 0.001 },
    ]);
    expect(readEdits(writeEdits(edits)!)).toEqual(edits);
    expect(readEdits('Z1[0,0]:1;W1[0,0];nonsense;W1[0,0]:NaN')).toEqual([]);
    expect(readEdits(null)).toEqual([]);
    expect(writeEdits([])).toBeUndefined();
  });

  test('change their iteration’s network only, and nothing else of it', () => {
    const before = network.layers.map(({ W, b }) => [...W.data, ...b.data]);
    const edits = readEdits('W2[1,2]:7;b1[0]@1:9;W9[0,0]:1;W2[5,0]:1');
    const first = editNetwork(network, edits, 0);
    expect(first.layers[1]!.W.data[1 * 3 + 2]).toBe(7);
    expect(first.layers[0]).toBe(network.layers[0]);
    const second = editNetwork(network, edits, 1);
    expect(second.layers[0]!.b.data[0]).toBe(9);
    expect(second.layers[1]).toBe(network.layers[1]);
    expect(network.layers.map(({ W, b }) => [...W.data, ...b.data])).toEqual(before);
  });

  test('a pixel changes a copy of its example', () => {
    const pixels = Uint8Array.of(0, 10, 20, 30, 40, 50, 60, 70);
    const dataset = new Dataset({ pixels, labels: Uint8Array.of(0, 1), width: 2, height: 2 });
    const examples = { dataset, indices: [1, 0], pixelScale: 1 / 255 };
    const edited = editExamples(examples, readEdits('X[2,0]:1;X[9,0]:1'), network);
    expect([...edited.dataset.pixels(edited.indices[0]!)]).toEqual([40, 50, 255, 70]);
    expect([...edited.dataset.pixels(edited.indices[1]!)]).toEqual([0, 10, 20, 30]);
    expect(edited.dataset.label(0)).toBe(1);
    expect([...dataset.pixels(1)]).toEqual([40, 50, 60, 70]);
    expect(editExamples(examples, [], network)).toBe(examples);
  });
});
