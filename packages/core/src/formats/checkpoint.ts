import type { Checkpoint } from '../checkpoint.js';
import { ModelError } from '../errors.js';
import { matrix } from '../maths/matrix.js';
import type { PerParameter } from '../maths/parameters.js';
import { type Json, parse } from './json.js';
import { decodeSafetensors, encodeSafetensors, type Tensor } from './safetensors.js';

/** A checkpoint with what tells whether it belongs to a run. */
export interface CheckpointFile {
  readonly checkpoint: Checkpoint;
  readonly settings: Readonly<Record<string, Json>>;
  /** Of the data: whatever its reader compares. */
  readonly data: string;
}

const FORMAT = 'longhand checkpoint 1';

/** As a safetensors file of 32-bit floats: the parameters as in a model, the rest beside them with a prefix (`memory1.W1`). */
export function encodeCheckpoint({ checkpoint, settings, data }: CheckpointFile): Uint8Array {
  const { iteration, milliseconds, parameters, memory, search, average, best } = checkpoint;
  const tensors = new Map<string, Tensor>();
  const add = (prefix: string, values: PerParameter) => {
    for (const [l, { W, b }] of values.entries()) {
      tensors.set(`${prefix}W${l + 1}`, { shape: [W.rows, W.cols], values: Float32Array.from(W.data) });
      tensors.set(`${prefix}b${l + 1}`, { shape: [b.rows], values: Float32Array.from(b.data) });
    }
  };
  add('', parameters);
  for (const [k, values] of memory.entries()) add(`memory${k + 1}.`, values);
  if (average) add('average.', average);
  if (best) add('best.', best.parameters);
  const metadata = {
    format: FORMAT,
    layers: String(parameters.length),
    iteration: String(iteration),
    milliseconds: String(milliseconds),
    ...(search.length > 0 ? { search: JSON.stringify(search) } : {}),
    ...(best ? { best: JSON.stringify([best.iteration, best.score, best.looksSince]) } : {}),
    settings: JSON.stringify(settings),
    data,
  };
  return encodeSafetensors({ tensors, metadata });
}

/**
 * @param name of the file, for the errors
 * @throws ModelError when the file is damaged, or no checkpoint of Longhand
 */
export function decodeCheckpoint(file: Uint8Array, name: string): CheckpointFile {
  const { tensors, metadata } = decodeSafetensors(file, name);
  const { format, data = '' } = metadata;
  if (format !== FORMAT) {
    const found = JSON.stringify(format?.slice(0, 60) ?? null);
    throw new ModelError(`${name}: not a checkpoint of Longhand (format ${found}): expected "${FORMAT}"`);
  }
  const [layers, iteration, milliseconds] = ['layers', 'iteration', 'milliseconds'].map((key) =>
    Number(metadata[key] ?? Number.NaN),
  ) as [number, number, number];
  const settings = parse(metadata.settings) as Record<string, Json> | undefined;
  const isGood = Number.isInteger(layers) && Number.isInteger(iteration) && milliseconds >= 0 && settings;
  if (!isGood) throw new ModelError(`${name}: its metadata cannot be read`);
  const read = (prefix: string): PerParameter =>
    Array.from({ length: layers }, (_, l) => {
      const W = tensors.get(`${prefix}W${l + 1}`);
      const b = tensors.get(`${prefix}b${l + 1}`);
      if (W?.shape.length !== 2 || b?.shape.length !== 1 || b.shape[0] !== W.shape[0]) {
        throw new ModelError(
          `${name}: tensors ${prefix}W${l + 1} and ${prefix}b${l + 1} are missing, or do not fit`,
        );
      }
      const [rows, cols] = W.shape as [number, number];
      return {
        W: matrix(rows, cols, Float64Array.from(W.values)),
        b: matrix(rows, 1, Float64Array.from(b.values)),
      };
    });
  const has = (prefix: string) => tensors.has(`${prefix}W1`);
  const memory: PerParameter[] = [];
  while (has(`memory${memory.length + 1}.`)) memory.push(read(`memory${memory.length + 1}.`));
  const [bestIteration, score, looksSince] = (parse(metadata.best) ?? []) as number[];
  return {
    checkpoint: {
      iteration,
      milliseconds,
      parameters: read(''),
      memory,
      search: (parse(metadata.search) ?? []) as number[],
      average: has('average.') ? read('average.') : undefined,
      best: has('best.')
        ? { iteration: bestIteration!, score: score!, looksSince: looksSince!, parameters: read('best.') }
        : undefined,
    },
    settings: settings!,
    data,
  };
}
