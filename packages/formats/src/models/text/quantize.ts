import type { ModelFile } from '@longhand/core';
import { type PlainLayer, plainLayers } from '../dense-layers.js';

/** The largest weight becomes this. */
const MOST = 127;

/** Weights of 8 bits: W[u, i] is about q[u, i] · scales[u]. */
export interface QuantizedRows {
  readonly q: Int8Array;
  readonly scales: Float32Array;
}

/** The weights of each unit as whole numbers from −127 to 127, with the scale that suits the largest. */
export function quantizeRows({ W, units, inputs }: PlainLayer): QuantizedRows {
  const q = new Int8Array(W.length);
  const scales = new Float32Array(units);
  for (let u = 0; u < units; u++) {
    const row = W.subarray(u * inputs, (u + 1) * inputs);
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    scales[u] = largest / MOST;
    if (scales[u] === 0) continue;
    for (const [i, value] of row.entries())
      q[u * inputs + i] = Math.max(-MOST, Math.min(MOST, Math.round(value / scales[u]!)));
  }
  return { q, scales };
}

/** The model with the weights that its 8 bits stand for: its answers are those of the C header with int8. */
export function quantized(model: ModelFile): ModelFile {
  const rows = plainLayers(model).map(quantizeRows);
  const layers = model.network.layers.map((layer, l) => {
    const { q, scales } = rows[l]!;
    const { rows: units, cols } = layer.W;
    const data = Float64Array.from(q, (value, k) => value * scales[Math.floor(k / cols)]!);
    return { ...layer, W: { ...layer.W, rows: units, cols, data } };
  });
  const { training: _, ...rest } = model;
  return { ...rest, network: { ...model.network, layers } };
}
