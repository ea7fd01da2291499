import { decodeModel, encodeModel } from '@longhand/core/files';
import { batch, effect } from '@preact/signals';
import { areModelsBack, broughtBack, forget, type KeptModel, keep, keptOf } from './kept.js';
import { type NamedModel, nameModel, ownModels } from './models.js';

/** The models that are kept as they are, by their hashes, and their places in the order. */
const kept = new Map<string, { readonly model: NamedModel; readonly at: number }>();

/** Brings back the models that were kept, and keeps those that come, until the page is closed. */
export async function keepModels(): Promise<void> {
  const items = await keptOf<KeptModel>('model');
  for (const { value, changed: at } of items) {
    // What an older page wrote and this one cannot read is left alone.
    const model = await unpackModel(value).catch(() => undefined);
    if (!model) continue;
    kept.set(model.sha256, { model, at });
    broughtBack.add(model.sha256);
  }
  // Some may have come while these were read.
  const newer = ownModels.peek();
  const back = [...kept.values()].map(({ model }) => model).reverse();
  batch(() => {
    ownModels.value = [...newer, ...back.filter(({ sha256 }) => newer.every((one) => one.sha256 !== sha256))];
    areModelsBack.value = true;
  });
  effect(keepChanged);
}

function keepChanged(): void {
  const now = ownModels.value;
  for (const sha256 of [...kept.keys()]) {
    if (now.some((model) => model.sha256 === sha256)) continue;
    kept.delete(sha256);
    void forget('model', sha256);
  }
  // The newest is the first of the list, and the last one in the store.
  for (const model of [...now].reverse()) {
    const before = kept.get(model.sha256);
    if (before?.model === model) continue;
    kept.set(model.sha256, { model, at: keep('model', model.sha256, packModel(model), before?.at) });
  }
}

/** A model as plain data. */
function packModel(model: NamedModel): KeptModel {
  const { name, opened, isSnapshot } = model;
  return {
    name,
    file: encodeModel(model),
    ...(isSnapshot && { isSnapshot }),
    ...(opened && { opened: { name: opened.name, file: encodeModel(opened) } }),
  };
}

async function unpackModel({ name, file, opened, isSnapshot }: KeptModel): Promise<NamedModel> {
  const named = await nameModel(decodeModel(file, name), name);
  const model = isSnapshot ? { ...named, isSnapshot } : named;
  return opened ? { ...model, opened: await nameModel(decodeModel(opened.file, name), opened.name) } : model;
}
