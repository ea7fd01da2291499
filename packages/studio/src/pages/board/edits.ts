import { Dataset, type Network } from '@longhand/core';
import { parseReference, type Reference } from '@longhand/core/explain';
import { matrix } from '@longhand/core/maths';
import type { Examples } from '../../computations/cycle.js';

/** A number that somebody moved by hand: a weight, a bias or a pixel. */
export interface Edit {
  /** As a reference is written: `W2[4,7]`. */
  readonly entry: string;
  /** The iteration in which it was moved, from 0. A pixel is the same in all of them. */
  readonly turn: number;
  readonly value: number;
}

/** More than anybody moves by hand. */
const MAX_EDITS = 100;

/** `W2[4,7]:0.5;b1[3]@2:-1` → edits. What is no edit is left out. */
export function readEdits(text: string | null): Edit[] {
  return (text ?? '')
    .split(';')
    .slice(0, MAX_EDITS)
    .flatMap((part) => {
      const [, entry, turn, value] =
        /^([WbX]\d*\[[\d,]+\])(?:@(\d{1,4}))?:(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/.exec(part) ?? [];
      return entry ? [{ entry, turn: Number(turn ?? 0), value: Number(value) }] : [];
    });
}

/** Edits as an address has them. */
export function writeEdits(edits: readonly Edit[]): string | undefined {
  if (edits.length === 0) return undefined;
  return edits.map(({ entry, turn, value }) => `${entry}${turn > 0 ? `@${turn}` : ''}:${value}`).join(';');
}

export function isPixel({ entry }: Edit): boolean {
  return entry.startsWith('X');
}

/** A network with the parameters that were moved in an iteration. */
export function editNetwork(network: Network, edits: readonly Edit[], turn: number): Network {
  const layers = [...network.layers];
  for (const edit of edits) {
    const reference = edit.turn === turn && !isPixel(edit) ? referenceOf(edit, network, 1) : undefined;
    if (!reference) continue;
    const { quantity, layer, row, column } = reference;
    const old = layers[layer - 1]!;
    const name = quantity === 'W' ? 'W' : 'b';
    const { rows, cols, data } = old[name];
    const moved = matrix(rows, cols, Float64Array.from(data));
    moved.data[row * cols + column] = edit.value;
    layers[layer - 1] = { ...old, [name]: moved };
  }
  return { ...network, layers };
}

/** Examples with the pixels that were moved. */
export function editExamples(examples: Examples, edits: readonly Edit[], network: Network): Examples {
  const { dataset, indices, pixelScale } = examples;
  const m = indices.length;
  const moved = edits.filter(isPixel).flatMap((edit) => {
    const reference = referenceOf(edit, network, m);
    return reference ? [{ ...reference, value: edit.value }] : [];
  });
  if (moved.length === 0) return examples;
  const { inputs, width, height, classNames, features } = dataset;
  const pixels = new Uint8Array(m * inputs);
  const labels = new Uint8Array(m);
  for (let k = 0; k < m; k++) {
    pixels.set(dataset.pixels(indices[k]!), k * inputs);
    labels[k] = dataset.label(indices[k]!);
  }
  for (const { row, column, value } of moved)
    pixels[column * inputs + row] = Math.max(0, Math.min(255, Math.round(value / pixelScale)));
  return {
    dataset: new Dataset({ pixels, labels, width, height, classNames, ...(features && { features }) }),
    indices: Array.from({ length: m }, (_, k) => k),
    pixelScale,
  };
}

/** The number that was moved, if this network has it. */
function referenceOf({ entry }: Edit, network: Network, m: number): Reference | undefined {
  try {
    return parseReference(entry, network, m);
  } catch {
    return undefined;
  }
}
