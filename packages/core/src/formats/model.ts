import { classNamesProblem } from '../data/class-names.js';
import type { Feature } from '../data/feature.js';
import type { DataOrigin } from '../data/origin.js';
import { ModelError } from '../errors.js';
import type { DoubtRecord } from '../evaluation/doubt-record.js';
import { isDoubtRecord } from '../evaluation/stranger.js';
import { ACTIVATIONS, type ActivationName } from '../maths/activation.js';
import { matrix } from '../maths/matrix.js';
import { type Layer, layerSizes, type Network } from '../maths/network.js';
import { OUTPUTS, type OutputName } from '../maths/output.js';
import type { ParameterSet } from '../maths/parameter-set.js';
import { withCurrentNames } from '../settings/names.js';
import { NO_SUM, putSum, summedParts } from './checksum.js';
import { isRecord, type Json, parse } from './json.js';
import {
  decodeSafetensors,
  encodeSafetensors,
  isSafetensors,
  type Safetensors,
  type Tensor,
} from './safetensors.js';
import { sha256OfParts } from './sha256.js';

/** What a model file tells beside the parameters: all that is needed to use the network and to train it again. */
export interface ModelRecord {
  /** Of the pictures, in pixels. */
  readonly width: number;
  /** Of the pictures, in pixels. */
  readonly height: number;
  /** What each answer means. */
  readonly classNames: readonly string[];
  /** Of a model of tables, their columns and how values became bytes, one a pixel. */
  readonly features?: readonly Feature[];
  /** How its examples came from a file, where that does not speak for itself: scaled, or with columns that were named. */
  readonly origin?: DataOrigin;
  /** What a pixel's byte was multiplied by. */
  readonly pixelScale: number;
  /** The settings of the run, by their names in the table of settings. */
  readonly settings: Readonly<Record<string, Json>>;
  /** What the run came to: iterations done, accuracies. */
  readonly results: Readonly<Record<string, Json>>;
  /** What training learnt about when its answers are in doubt. Older models and other programs' have none. */
  readonly doubt?: DoubtRecord;
  /** Where all class names look like numbers: that they are words nevertheless. */
  readonly classesAreWords?: true;
}

/** What a model file holds. */
export interface ModelFile {
  /** The trained network. */
  readonly network: Network;
  /** What is needed to use and to repeat it. */
  readonly record: ModelRecord;
  /** What training needs to go on where it ended. Not every model file has it. */
  readonly training?: TrainingState;
  /**
   * What a person should know of how the file was read, a sentence each: that it has no checksum, what
   * was assumed. It is not written to a file.
   */
  readonly notes?: readonly string[];
}

/** What the optimizer remembers at the end of a run, besides the parameters. */
export interface TrainingState {
  /** Updates made. */
  readonly iteration: number;
  /** The state slots of the optimizer that the record's settings name. */
  readonly memory: readonly ParameterSet[];
}

const NO_SUM_NOTE =
  'it has no checksum, because an earlier version wrote it: whether it is damaged cannot be told';

/** What `format` in the metadata says, so that another reader knows what it has before it. */
const FORMAT = 'longhand 2';
/** Files of this format have no checksum. No single bit makes it of `FORMAT`. */
const FORMAT_WITHOUT_SUM = 'longhand 1';

/**
 * The model as a safetensors file: tensors W1 (n₁ × n₀), b1 (n₁), W2 …, 32-bit floats, and the record as metadata.
 * The first of the metadata is the SHA-256 of the whole file, made with zeros in its place.
 *
 * @throws ModelError for a parameter that no 32-bit float can hold: the file could not be read again
 */
export function encodeModel(model: ModelFile): Uint8Array {
  const { tensors, metadata } = tensorsOf(model);
  // The sum comes first, so that its place is known.
  const file = encodeSafetensors({ tensors, metadata: { sha256: NO_SUM, ...metadata } });
  putSum(file, sha256OfParts(summedParts(file)));
  return file;
}

/**
 * A model as tensors and texts, as its file holds them without the checksum. Other formats carry the
 * texts, too.
 *
 * @throws ModelError for a parameter that no 32-bit float can hold
 */
export function tensorsOf({ network, record, training }: ModelFile): Safetensors {
  const tensors = new Map<string, Tensor>();
  const add = (name: string, shape: number[], data: Float64Array) => {
    const values = Float32Array.from(data);
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0)
      throw new ModelError(`${name} holds ${data[at]}, which no 32-bit float can: nothing was saved`);
    tensors.set(name, { shape, values });
  };
  const addAll = (prefix: string, values: ParameterSet) => {
    for (const [l, { W, b }] of values.entries()) {
      add(`${prefix}W${l + 1}`, [W.rows, W.cols], W.data);
      add(`${prefix}b${l + 1}`, [b.rows], b.data);
    }
  };
  addAll('', network.layers);
  for (const [k, values] of (training?.memory ?? []).entries()) addAll(memoryPrefix(k), values);
  const {
    classNames,
    classesAreWords,
    features,
    origin,
    pixelScale,
    width,
    height,
    settings,
    results,
    doubt,
  } = record;
  const metadata = {
    format: FORMAT,
    layers: JSON.stringify(layerSizes(network)),
    activations: JSON.stringify(network.layers.slice(0, -1).map(({ g }) => g.name)),
    output: network.output.name,
    picture: JSON.stringify([width, height]),
    normalisation: JSON.stringify({ pixelScale }),
    classNames: JSON.stringify(classNames),
    ...(features && { features: JSON.stringify(features) }),
    ...(origin && { origin: JSON.stringify(origin) }),
    settings: JSON.stringify(settings),
    results: JSON.stringify(results),
    ...(classesAreWords && { classesAreWords: 'true' }),
    ...(doubt && { doubt: JSON.stringify(doubt) }),
    ...(training && {
      training: JSON.stringify({ iteration: training.iteration, slots: training.memory.length }),
    }),
  };
  return { tensors, metadata };
}

/** Bytes in which a model file says what it is. */
const HEAD_BYTES = 1 << 16;

/** Whether a file says that it is a model of Longhand: other programs write safetensors files, too. */
export function isModelFile(file: Uint8Array): boolean {
  const head = file.subarray(0, HEAD_BYTES);
  return isSafetensors(head) && new TextDecoder('latin1').decode(head).includes('"format":"longhand ');
}

/**
 * Reads a model file, checks its sum, and holds its tensors against its metadata. A file of an earlier
 * version, which has no sum, is read with a note.
 *
 * @param name of the file, for the errors
 * @throws ModelError when the file is damaged, no model of Longhand, or has a parameter that is not finite
 */
export function decodeModel(file: Uint8Array, name: string): ModelFile {
  const model = decodeModelAsWritten(file, name);
  return { ...model, record: { ...model.record, settings: withCurrentNames(model.record.settings) } };
}

/**
 * The same, with the names that settings had when the file was written. Who only predicts needs no
 * table of settings.
 */
export function decodeModelAsWritten(file: Uint8Array, name: string): ModelFile {
  const content = decodeSafetensors(file, name);
  const { format, sha256 } = content.metadata;
  if (format === FORMAT && sha256 !== sha256OfParts(summedParts(file))) {
    throw new ModelError(
      `${name}: is damaged (its SHA-256 is not the one it was written with): use another copy, or train again`,
    );
  }
  const model = modelOf(content, name);
  return format === FORMAT ? model : { ...model, notes: [NO_SUM_NOTE] };
}

/** Ends the reading of a model with what is wrong with it. */
type Fail = (reason: string) => never;

/**
 * The model of tensors and texts as `tensorsOf` gives them. Each tensor must have as many numbers as its
 * shape says.
 *
 * @param name of the file, for the errors
 * @throws ModelError when they do not fit each other, or a parameter is not finite
 */
export function modelOf({ tensors, metadata }: Safetensors, name: string): ModelFile {
  const fail: Fail = (reason) => {
    throw new ModelError(`${name}: ${reason}`);
  };
  if (metadata.format !== FORMAT && metadata.format !== FORMAT_WITHOUT_SUM)
    fail(`not a model of Longhand (format ${shown(metadata.format)}): expected "${FORMAT}"`);
  const read = <Value>(key: string, check: (value: unknown) => value is Value): Value => {
    const value = parse(metadata[key]);
    return check(value) ? value : fail(`its metadata "${key}" cannot be read: ${shown(metadata[key])}`);
  };
  const readIfAny = <Value>(key: string, check: (value: unknown) => value is Value): Value | undefined =>
    metadata[key] === undefined ? undefined : read(key, check);
  const sizes = read('layers', isSizes);
  const activations = read('activations', isActivations);
  const [width, height] = read('picture', isPair);
  const classNames = read('classNames', isTexts);
  const problem = classNamesProblem(classNames);
  if (problem) fail(problem);
  const features = readIfAny('features', isFeatures);
  const origin = readIfAny('origin', isOrigin);
  // A record of an earlier form is none: the model doubts as one that was trained without it.
  const doubt = parse(metadata.doubt);
  const { pixelScale } = read('normalisation', isNormalisation);
  if (!isOutput(metadata.output))
    return fail(
      `it has the output ${shown(metadata.output)}: expected one of ${Object.keys(OUTPUTS).join(', ')}`,
    );
  const agree =
    activations.length === sizes.length - 2 &&
    width * height === sizes[0] &&
    (!features || features.length === sizes[0]) &&
    classNames.length === sizes.at(-1);
  if (!agree) {
    fail(
      `its metadata contradict each other: layers [${sizes}], ${activations.length} activations, pictures of ${width} × ${height}, ${classNames.length} classes${features ? `, ${features.length} features` : ''}`,
    );
  }
  const state = readIfAny('training', isTraining);
  const expected = 2 * (sizes.length - 1) * (1 + (state?.slots ?? 0));
  if (tensors.size !== expected) {
    fail(`expected ${expected} tensors for layers [${sizes}], found ${tensors.size}`);
  }
  const parametersOf = (prefix: string): ParameterSet =>
    sizes.slice(1).map((units, l) => {
      const inputs = sizes[l]!;
      const W = tensorOf(tensors, `${prefix}W${l + 1}`, [units, inputs], fail);
      const b = tensorOf(tensors, `${prefix}b${l + 1}`, [units], fail);
      return { W: matrix(units, inputs, W), b: matrix(units, 1, b) };
    });
  const layers = parametersOf('').map(
    (layer, l): Layer => ({ ...layer, g: ACTIVATIONS[activations[l] ?? 'identity'] }),
  );
  const settings = read('settings', isRecord);
  const results = read('results', isRecord);
  return {
    network: { layers, output: OUTPUTS[metadata.output] },
    record: {
      ...{ width, height, classNames, pixelScale, settings, results },
      ...(features && { features }),
      ...(origin && { origin }),
      ...(metadata.classesAreWords === 'true' && { classesAreWords: true }),
      ...(isDoubtRecord(doubt) && { doubt }),
    },
    ...(state && {
      training: {
        iteration: state.iteration,
        memory: Array.from({ length: state.slots }, (_, k) => parametersOf(memoryPrefix(k))),
      },
    }),
  };
}

/** In front of the tensors of the optimizer's k-th state slot, as in a checkpoint. */
function memoryPrefix(k: number): string {
  return `memory${k + 1}.`;
}

function tensorOf(
  tensors: ReadonlyMap<string, Tensor>,
  key: string,
  shape: readonly number[],
  fail: Fail,
): Float32Array {
  const { shape: found, values } = tensors.get(key) ?? fail(`tensor ${key} is missing`);
  if (found.join() !== shape.join())
    fail(`tensor ${key} has the shape [${found}]: its metadata say [${shape}]`);
  // `includes` is native. To call a function for each number takes 5 ms in a program that has just started.
  if ([Number.NaN, Infinity, -Infinity].some((wrong) => values.includes(wrong))) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    fail(`tensor ${key} holds ${values[at]} at entry ${at}: the model is of no use, train again`);
  }
  return values;
}

/** A value of the metadata in an error: on one line, its beginning alone. */
function shown(text: string | undefined): string {
  return JSON.stringify(text?.slice(0, 60) ?? null);
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;
const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length >= 2 && value.every(isCount);
const isPair = (value: unknown): value is [number, number] => isSizes(value) && value.length === 2;
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');
const isFeatures = (value: unknown): value is Feature[] =>
  Array.isArray(value) &&
  value.every(
    (one) =>
      typeof one?.name === 'string' &&
      Number.isFinite(one.min) &&
      Number.isFinite(one.max) &&
      one.min <= one.max,
  );
const isOrigin = (value: unknown): value is DataOrigin => {
  if (!isRecord(value)) return false;
  const [min, max] = Array.isArray(value.valueRange) ? value.valueRange : [0, 1];
  const isText = value.label === undefined || typeof value.label === 'string';
  const areTexts = value.ignored === undefined || isTexts(value.ignored);
  return Number.isFinite(min) && Number.isFinite(max) && min < max && isText && areTexts;
};
const isTraining = (value: unknown): value is { iteration: number; slots: number } =>
  isRecord(value) && [value.iteration, value.slots].every((n) => Number.isSafeInteger(n) && Number(n) >= 0);
const isActivations = (value: unknown): value is ActivationName[] =>
  isTexts(value) && value.every((entry) => Object.hasOwn(ACTIVATIONS, entry));
const isOutput = (value: string | undefined): value is OutputName =>
  value !== undefined && Object.hasOwn(OUTPUTS, value);
const isNormalisation = (value: unknown): value is { pixelScale: number } =>
  isRecord(value) &&
  typeof value.pixelScale === 'number' &&
  value.pixelScale > 0 &&
  Number.isFinite(value.pixelScale);
