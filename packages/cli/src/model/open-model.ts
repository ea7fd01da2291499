import path from 'node:path';
import type { ModelFile } from '@longhand/core';
import { decodeModel, isModelFile } from '@longhand/core/files';
import { readBytes } from '../data/read-bytes.js';
import { log } from '../streams.js';
import { type ModelHints, modelHints } from './model-hints.js';

/**
 * Reads a model, or standard input if its name is `-`, and prints what there is to know of how it was
 * read. The readers of other programs' models are loaded only for those. What these leave open comes from
 * the flags of the command (`modelHints`).
 *
 * @throws ModelError if the file is no valid model, DataError if it is missing or cannot be read
 */
export async function openModel(file: string, quiet = false): Promise<ModelFile> {
  const hints = modelHints();
  const bytes = await readBytes(file, 'a model file, as longhand train saves it');
  const isOwn = isModelFile(bytes);
  const model = isOwn ? decodeModel(bytes, file) : await readForeign(bytes, file, hints);
  if (quiet) return model;
  for (const note of model.notes ?? []) log(`${file}: ${note}`);
  if (isOwn && isContradicted(model, hints)) log(`${file}: ${OWN_NOTE}`);
  return model;
}

const OWN_NOTE =
  'says itself what its activations, output and classes are: the flags for models of other programs do not count';

/** Whether hints say something else than a model of ours. */
function isContradicted({ network, record }: ModelFile, hints: ModelHints): boolean {
  const { activation, output, classNames } = hints;
  const own = network.layers.slice(0, -1).map(({ g }) => g.name);
  const activations = typeof activation === 'string' ? own.map(() => activation) : activation;
  return (
    (activations !== undefined && activations.join() !== own.join()) ||
    (output !== undefined && output !== network.output.name) ||
    (classNames !== undefined && classNames.join('\n') !== record.classNames.join('\n'))
  );
}

async function readForeign(bytes: Uint8Array, file: string, hints: ModelHints): Promise<ModelFile> {
  const [{ readModel }, { fileOf }] = await Promise.all([
    import('@longhand/formats/models'),
    import('@longhand/formats'),
  ]);
  const beside = async (name: string) => {
    const place = path.join(path.dirname(file), name);
    return fileOf(place, await readBytes(place, `the weights of ${file}`));
  };
  return readModel(fileOf(file, bytes), { ...hints, beside });
}
