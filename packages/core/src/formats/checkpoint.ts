import type { Checkpoint } from '../checkpoint.js';
import { ModelError } from '../errors.js';
import { matrix } from '../maths/matrix.js';
import type { ParameterSet } from '../maths/parameter-set.js';
import { withCurrentNames } from '../settings/names.js';
import { NO_SUM, putSum } from './checksum.js';
import { sha256 } from './fingerprint.js';
import { isRecord, type Json, parse } from './json.js';
import { decodeSafetensors, encodeSafetensors, type Tensor } from './safetensors.js';

/** A checkpoint with what tells whether it belongs to a run. */
export interface CheckpointFile {
  /** The state of the run. */
  readonly checkpoint: Checkpoint;
  /** The settings of the run. */
  readonly settings: Readonly<Record<string, Json>>;
  /** Of the data: whatever its reader compares. */
  readonly data: string;
  /** Of the run's first step: parameters whose loss is above it are none to go on with. */
  readonly firstLoss: number;
}

const FORMAT = 'longhand checkpoint 2';
/** What every version of the format begins with. */
const ANY_FORMAT = 'longhand checkpoint ';
/** Bytes of a file that tell whether it is a checkpoint. */
export const CHECKPOINT_HEAD_BYTES = 256;

/** Whether a file that begins so is a checkpoint of Longhand, whatever its version. */
export function isCheckpoint(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head.subarray(8, CHECKPOINT_HEAD_BYTES));
  return text.startsWith('{"__metadata__":{') && text.includes(`"format":"${ANY_FORMAT}`);
}

/**
 * As a safetensors file of 32-bit floats: the parameters as in a model, the rest beside them with a prefix (`memory1.W1`). The SHA-256 of
 * all of it is among the metadata.
 */
export async function encodeCheckpoint({
  checkpoint,
  settings,
  data,
  firstLoss,
}: CheckpointFile): Promise<Uint8Array> {
  const { iteration, milliseconds, parameters, memory, search, average, best } = checkpoint;
  const tensors = new Map<string, Tensor>();
  const add = (prefix: string, values: ParameterSet) => {
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
    sha256: NO_SUM,
    format: FORMAT,
    layers: String(parameters.length),
    iteration: String(iteration),
    milliseconds: String(milliseconds),
    ...(search.length > 0 ? { search: JSON.stringify(search) } : {}),
    ...(best ? { best: JSON.stringify([best.iteration, best.score, best.evaluationsSince]) } : {}),
    firstLoss: String(firstLoss),
    settings: JSON.stringify(settings),
    data,
  };
  const file = encodeSafetensors({ tensors, metadata }) as Uint8Array<ArrayBuffer>;
  putSum(file, await sha256(file));
  return file;
}

/**
 * @param name of the file, for the errors
 * @throws ModelError when the file is damaged, or no checkpoint of Longhand
 */
export async function decodeCheckpoint(file: Uint8Array, name: string): Promise<CheckpointFile> {
  const { tensors, metadata } = decodeSafetensors(file, name);
  const { format, data = '' } = metadata;
  if (format !== FORMAT) {
    const found = JSON.stringify(format?.slice(0, 60) ?? null);
    throw new ModelError(
      format?.startsWith(ANY_FORMAT)
        ? `${name}: is a checkpoint of another version of Longhand (format ${found}, this one reads "${FORMAT}"): train again`
        : `${name}: not a checkpoint of Longhand (format ${found}): expected "${FORMAT}"`,
    );
  }
  await checkSum(file, metadata.sha256, name);
  const [layers, iteration, milliseconds, firstLoss] = [
    'layers',
    'iteration',
    'milliseconds',
    'firstLoss',
  ].map((key) => Number(metadata[key] ?? Number.NaN)) as [number, number, number, number];
  const settings = parse(metadata.settings);
  const isGood =
    isWhole(layers, 1, tensors.size) &&
    isWhole(iteration, 0, Number.MAX_SAFE_INTEGER) &&
    milliseconds >= 0 &&
    milliseconds < Number.POSITIVE_INFINITY &&
    !Number.isNaN(firstLoss) &&
    isRecord(settings);
  if (!isGood) throw new ModelError(`${name}: its metadata cannot be read, or are out of range`);
  const read = (prefix: string): ParameterSet =>
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
  const memory: ParameterSet[] = [];
  while (has(`memory${memory.length + 1}.`)) memory.push(read(`memory${memory.length + 1}.`));
  const [bestIteration, score, evaluationsSince] = (parse(metadata.best) ?? []) as number[];
  if (has('best.') && evaluationsSince === undefined)
    throw new ModelError(`${name}: has no figures of the best`);
  return {
    checkpoint: {
      iteration,
      milliseconds,
      parameters: read(''),
      memory,
      search: (parse(metadata.search) ?? []) as number[],
      average: has('average.') ? read('average.') : undefined,
      best: has('best.')
        ? {
            iteration: bestIteration!,
            score: score!,
            evaluationsSince: evaluationsSince!,
            parameters: read('best.'),
          }
        : undefined,
    },
    settings: withCurrentNames(settings),
    data,
    firstLoss,
  };
}

/** One byte that has changed is another run: nothing else would tell. */
async function checkSum(file: Uint8Array, sum: string | undefined, name: string): Promise<void> {
  const blank = new Uint8Array(file);
  putSum(blank, NO_SUM);
  if (sum !== (await sha256(blank))) {
    throw new ModelError(
      `${name}: is damaged (its SHA-256 is another than when it was written): train again`,
    );
  }
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max;
}
