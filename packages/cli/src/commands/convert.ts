import path from 'node:path';
import type { ModelFile } from '@longhand/core';
import { compareAnswers } from '@longhand/core/evaluation';
import { count, percent } from '@longhand/core/text';
import { quantized, writeModel, writerFor } from '@longhand/formats/models';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import { predictorOf } from '../model/predictor-of.js';
import { checkWritable, saveModel } from '../model/save-model.js';
import { log, print, printJson } from '../streams.js';
import { openTestSet } from '../test-set.js';
import { placeOf } from '../training/run-files.js';
import { UsageError } from '../usage-error.js';
import type { convert } from './convert.row.js';
import type { FlagsOf } from './row.js';

/** `longhand convert MODEL --to FILE`. */
export async function convertCommand(file: string, flags: FlagsOf<typeof convert>): Promise<ExitCode> {
  const { to, format, uint8 = false, int8 = false, json, quiet = false } = flags;
  if (to === undefined) throw new UsageError('--to: missing: name the file to save, such as --to model.onnx');
  if (to === '') throw new UsageError('--to: the file name is empty: is a shell variable unset?');
  if (/[/\\]$/.test(to)) throw new UsageError(`--to ${to}: is a folder: name a file in it`);
  if (flags.data !== undefined && !int8)
    throw new UsageError('--data: needs --int8, whose accuracy is measured on it');
  const fileName = path.basename(to);
  const named = { fileName, ...(format && { format }) };
  const writer = writerFor(named);
  const model = await openModel(file, quiet);
  const accuracy =
    int8 && writer.options?.includes('int8') ? await int8Accuracy(model, file, flags) : undefined;
  const remark =
    accuracy &&
    `Accuracy ${percent(accuracy.int8)} on ${accuracy.name}, with floats ${percent(accuracy.float)}`;
  const written = writeModel(model, { ...named, uint8, int8, ...(remark && { remark: `${remark}.` }) });
  const folder = path.dirname(to);
  const files = Array.from(written, ([name, bytes]) => ({ name: path.join(folder, name), bytes }));
  for (const { name } of files) {
    if ((await placeOf(name)) === (await placeOf(file)))
      throw new UsageError(`--to ${to}: would replace ${file}, which it is made from: choose another name`);
    await checkWritable(name);
  }
  // The main file last: it names the others.
  for (const { name, bytes } of files.toReversed()) await saveModel(name, bytes);
  if (json) {
    printJson({
      model: file,
      format: writer.name,
      files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
      notes: model.notes ?? [],
      ...(accuracy && { accuracy }),
    });
    return EXIT.done;
  }
  for (const { name, bytes } of files) print(`Saved ${name} (${count(bytes.length)} bytes)`);
  if (!quiet) log(`${writer.label}: ${writer.usage(model)}`);
  if (remark) print(`${remark}`);
  else if (int8) log('How accurate 8 bits are is not known: pass data that fit the model with --data');
  return EXIT.done;
}

/** Measured on the test set, with floats and with 8 bits; `undefined` if the model takes other data. */
async function int8Accuracy(model: ModelFile, file: string, flags: FlagsOf<typeof convert>) {
  const { data } = flags;
  const test = await openTestSet(data, file, model, flags).catch((error: unknown) => {
    if (data === undefined) return undefined;
    throw error;
  });
  if (!test) return undefined;
  const [float, int8] = [model, quantized(model)].map(({ network, record }) => {
    const answers = predictorOf({ network, record }).predictAll(test.dataset);
    return compareAnswers(test.dataset, answers).accuracy;
  }) as [number, number];
  return { float, int8, name: test.name };
}
