import { DataError, Dataset, layerSizes, ModelError, type ModelFile } from '@longhand/core';
import { decodeModel, encodeModel, isModelFile } from '@longhand/core/files';
import { isSweepLog } from '@longhand/sweep/log';
import { baseOf, type PathFile } from '../files/path-file.js';
import { isRunLog } from '../files/run-log-head.js';
import { saveFile } from '../files/save.js';
import { nameOf, sortFiles } from '../files/sort-files.js';
import { amount, shortHash } from '../text.js';
import { WorkerCalls } from '../workers/calls.js';
import type { DataMethods, OpenedData } from '../workers/data.worker.js';
import { type Digits, ownDigits } from './digits.js';
import { givePicture, isPicture } from './dropped-picture.js';
import { addModel, type NamedModel, nameModel, ownModels } from './models.js';
import { notify, showError } from './notifications.js';
import { reading } from './reading.js';
import { fitTableModels } from './table-models.js';

/** The seed that chooses the test set of data that come without one. */
const SEED = 1;

/**
 * Opens the files that were dropped or chosen: models are added to `ownModels`, a dataset becomes
 * `ownDigits`. It shows what it did. If a file cannot be read, it shows one line about it and
 * changes nothing. It never rejects.
 */
export async function openFiles(dropped: readonly PathFile[]): Promise<void> {
  if (givePicture(dropped)) return;
  try {
    const files = await unpackIfKept(dropped);
    const told: string[] = [];
    const logs = await logsAmong(files);
    for (const [{ path }, text] of logs) told.push(await openLog(baseOf(path), text));
    const { models, weights, data } = sortFiles(files.filter((file) => !logs.has(file)));
    refuseOnePicture(data);
    for (const file of models) told.push(await openModel(file, weights));
    if (await areParameters(data)) told.push(await openModel(data[0]!, []));
    else if (data.length > 0) told.push(await openData(data));
    notify(told.join(' '));
  } catch (error) {
    showError(error);
  } finally {
    reading.value = undefined;
  }
}

/** The files in what *Save all* saved, if it is that. */
async function unpackIfKept(files: readonly PathFile[]): Promise<readonly PathFile[]> {
  const [only, ...more] = files;
  if (!only || more.length > 0 || !/^longhand-kept\b.*\.zip$/i.test(baseOf(only.path))) return files;
  const { unpackKept } = await import('./import-kept.js');
  return unpackKept(only);
}

/** So many bytes show whether a file is a log. */
const LOG_HEAD = 200;

/** The logs of the command among files, with their texts. They are known by how they begin. */
async function logsAmong(files: readonly PathFile[]): Promise<ReadonlyMap<PathFile, string>> {
  const logs = new Map<PathFile, string>();
  for (const chosen of files) {
    if (!/\.(jsonl|ndjson|log|json|txt)$/i.test(chosen.path)) continue;
    const head = await chosen.file.slice(0, LOG_HEAD).text();
    if (isRunLog(head) || isSweepLog(head)) logs.set(chosen, await chosen.file.text());
  }
  return logs;
}

async function openLog(name: string, text: string): Promise<string> {
  if (isSweepLog(text)) {
    const { openSweepLog } = await import('./kept-sweeps.js');
    return openSweepLog(name, text);
  }
  const { openRunLog } = await import('./logged-runs.js');
  return openRunLog(name, text);
}

/** One picture is no dataset: it says where it belongs. */
function refuseOnePicture([only, ...more]: readonly PathFile[]): void {
  if (!only || more.length > 0 || !isPicture(only)) return;
  throw new DataError(
    `${baseOf(only.path)} is one picture. To have it read, open the page Draw and drop it there. To train on pictures, drop a folder of them, with one sub-folder for each class.`,
  );
}

/** Saves a model as the file that `longhand evaluate` reads. */
export function saveModel(model: NamedModel): void {
  saveFile(modelFileName(model), encodeModel(model) as Uint8Array<ArrayBuffer>, 'application/octet-stream');
}

/** Saves a model for another program: `onnx`, `npz` … Some formats are two files. It never rejects. */
export async function saveModelAs(model: NamedModel, format: string): Promise<void> {
  try {
    const { MODEL_WRITERS, writeModel } = await import('@longhand/formats/models');
    const { ending } = MODEL_WRITERS.find(({ name }) => name === format)!;
    const fileName = modelFileName(model).replace(/\.safetensors$/, ending);
    for (const [name, bytes] of writeModel(model, { fileName, format }))
      saveFile(name, bytes as Uint8Array<ArrayBuffer>, 'application/octet-stream');
  } catch (error) {
    showError(error);
  }
}

/** `longhand-784-10-10-841a11a7.safetensors`: the layer sizes and the start of the hash. */
function modelFileName({ network, sha256 }: NamedModel): string {
  return `longhand-${layerSizes(network).join('-')}-${shortHash(sha256)}.safetensors`;
}

/** Whether the data are one npz file that holds the parameters of a model. */
async function areParameters([only, ...more]: readonly PathFile[]): Promise<boolean> {
  if (!only || more.length > 0 || !/\.npz$/i.test(only.path)) return false;
  const { holdsParameters } = await import('@longhand/formats/models');
  return holdsParameters(await bytesOf(only));
}

async function bytesOf({ file, path }: PathFile): Promise<Uint8Array> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new ModelError(`${baseOf(path)}: the file cannot be read: is it still there?`);
  });
  return new Uint8Array(bytes);
}

/** Reads a model of another program. Its readers are loaded only now. */
async function readForeign(
  bytes: Uint8Array,
  base: string,
  weights: readonly PathFile[],
): Promise<ModelFile> {
  const [{ readModel }, { fileOf }] = await Promise.all([
    import('@longhand/formats/models'),
    import('@longhand/formats'),
  ]);
  const beside = async (name: string) => {
    const found = weights.find(({ path }) => baseOf(path) === name);
    return found && fileOf(name, await bytesOf(found));
  };
  return readModel(fileOf(base, bytes), { beside });
}

async function openModel(chosen: PathFile, weights: readonly PathFile[]): Promise<string> {
  const base = baseOf(chosen.path);
  const bytes = await bytesOf(chosen);
  const name = base.replace(/\.[^.]+$/, '');
  const file = isModelFile(bytes) ? decodeModel(bytes, base) : await readForeign(bytes, base, weights);
  const model = await nameModel(file, name);
  const known = ownModels.peek().find(({ sha256, opened }) => (opened?.sha256 ?? sha256) === model.sha256);
  addModel(known ?? { ...model, name: freeName(name) });
  const fitted = ownDigits.peek() ? await fitTableModels(ownDigits.peek()!) : [];
  return `${base}: a network of ${layerSizes(model.network).join(' → ')}, parameters ${shortHash(model.sha256)}.${[...(file.notes ?? []).map((note) => ` Note: ${note}.`), ...fitted.map((one) => ` ${one}`)].join('')}`;
}

/** A name that no other model has: a model of the same name is kept. */
function freeName(wanted: string): string {
  const taken = new Set(ownModels.peek().map(({ name }) => name));
  let name = wanted;
  for (let k = 2; taken.has(name); k++) name = `${wanted} (${k})`;
  return name;
}

async function openData(files: readonly PathFile[]): Promise<string> {
  const name = nameOf(files);
  reading.value = { what: name, share: 0 };
  const { digits, notes } = await readInWorker(name, files);
  const opened: Digits = {
    name,
    training: new Dataset(digits.training),
    test: new Dataset(digits.test),
    complete: true,
    notes,
  };
  ownDigits.value = opened;
  const { training, test } = opened;
  const sizes = [
    amount(training.length, 'training example'),
    amount(test.length, 'test example'),
    classesOf(training, test),
  ].join(', ');
  const told = [...notes, ...(await fitTableModels(opened))];
  return [`${name}: ${sizes}`, ...told].map((one) => (/[.!?]$/.test(one) ? one : `${one}.`)).join(' ');
}

/** `3 classes`, or `3 of 10 classes` where not all of them occur. */
function classesOf(training: Dataset, test: Dataset): string {
  const { length } = training.classNames;
  const present = new Set<number>();
  for (const set of [training, test]) for (let i = 0; i < set.length; i++) present.add(set.label(i));
  return present.size < length ? `${present.size} of ${length} classes` : `${length} classes`;
}

/** Reads a dataset in a worker of its own: when it ends, its memory is freed. */
async function readInWorker(name: string, files: readonly PathFile[]): Promise<OpenedData> {
  const calls = new WorkerCalls<DataMethods>(
    () => new Worker(new URL('../workers/data.worker.ts', import.meta.url), { type: 'module' }),
    `${name}: the reader could not be loaded. Reload the page.`,
  );
  const onReport = (share: number) => {
    reading.value = { what: name, share };
  };
  try {
    return await calls.call('read', { files, seed: SEED }, { onReport });
  } finally {
    calls.end();
  }
}
