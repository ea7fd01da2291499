import {
  createNetwork,
  ModelError,
  type ModelFile,
  type ModelRecord,
  parametersSha256,
} from '@longhand/core';
import { PIXEL_SCALE } from '@longhand/core/data';
import { computed, signal } from '@preact/signals';
import board10 from '../../models/board-10.safetensors?url';
import board100 from '../../models/board-100.safetensors?url';
import board500 from '../../models/board-500.safetensors?url';
import draw from '../../models/draw.safetensors?url';
import { shortHash } from '../text.js';

/** A model that the page can use, show and save. */
export interface NamedModel extends ModelFile {
  /** What the page calls it. */
  readonly name: string;
  /** SHA-256 of its parameters, as the command prints it. It identifies the model. */
  readonly sha256: string;
  /** As it was opened, if it was changed for the columns of a table. */
  readonly opened?: NamedModel;
  /** Whether it is a run's network as it was before the end: somebody looks back at it. */
  readonly isSnapshot?: boolean;
}

/** The networks that come with the page, by their names in addresses. */
export const SHIPPED = {
  '10': { url: board10, name: 'the board’s network, after 10 iterations' },
  '100': { url: board100, name: 'the board’s network, after 100 iterations' },
  '500': { url: board500, name: 'the board’s network, after 500 iterations' },
  draw: { url: draw, name: '784-128-10, trained in advance' },
} as const;
export type ShippedName = keyof typeof SHIPPED;

/** Models that were trained here or opened from files, newest first. The browser keeps them (kept-models.ts). */
export const ownModels = signal<readonly NamedModel[]>([]);
/** The newest of them that is no snapshot: the one that pages show by default. */
export const ownModel = computed(() => ownModels.value.find(({ isSnapshot }) => !isSnapshot));

/** How an address names one of the user's own models: `own:841a11a7`, the start of its hash. */
export type OwnName = `own:${string}`;

export function ownNameOf({ sha256 }: Pick<NamedModel, 'sha256'>): OwnName {
  return `own:${shortHash(sha256)}`;
}

export function isOwnName(text: string | null): text is OwnName {
  return /^own:[0-9a-f]{8}$/.test(text ?? '');
}

/** The user's own model that an address names, if it is here. */
export function ownModelNamed(name: OwnName): NamedModel | undefined {
  return ownModels.value.find((model) => ownNameOf(model) === name);
}

/** The network as the Board's address names it, if it has a name there. */
export function boardNameOf(model: NamedModel | undefined): string | undefined {
  if (!model) return undefined;
  const known = (Object.keys(SHIPPED) as ShippedName[]).find((name) => SHIPPED[name].name === model.name);
  return known ?? (ownModels.peek().includes(model) ? ownNameOf(model) : undefined);
}

const shipped = new Map<ShippedName, Promise<NamedModel>>();

/** A model that comes with the page. It is fetched once. */
export function shippedModel(which: ShippedName): Promise<NamedModel> {
  const known = shipped.get(which);
  if (known) return known;
  const opening = fetchModel(which);
  opening.catch(() => shipped.delete(which));
  shipped.set(which, opening);
  return opening;
}

/** The board's network before training, for a seed. */
export async function untrainedModel(seed = 1): Promise<NamedModel> {
  const model: ModelFile = {
    network: createNetwork({ layers: [784, 10, 10], seed }),
    record: {
      width: 28,
      height: 28,
      classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
      pixelScale: PIXEL_SCALE,
      settings: { hidden: [10], seed },
      results: { iterations: 0 },
    },
  };
  return nameModel(model, 'the board’s network, untrained');
}

export async function nameModel(model: ModelFile, name: string): Promise<NamedModel> {
  return { ...model, name, sha256: await parametersSha256(model.network) };
}

/**
 * Adds a model to those that all pages can use. It replaces the model with the same parameters, and
 * one of the same name.
 */
export function addModel(model: NamedModel): void {
  const others = ownModels.value.filter(({ sha256, name }) => sha256 !== model.sha256 && name !== model.name);
  ownModels.value = [model, ...others];
}

/** Gives one of the user's models another name, unless another model has it. */
export function renameModel(model: NamedModel, wanted: string): void {
  const name = wanted.trim();
  if (name === '' || ownModels.peek().some((other) => other.name === name)) return;
  replaceModel({ ...model, name });
}

/** Deletes one of the user's models. */
export function removeModel(model: NamedModel): void {
  ownModels.value = ownModels.peek().filter(({ sha256 }) => sha256 !== model.sha256);
}

/** Puts a model in the place of the one with the same parameters, such as after it learned when to doubt. */
export function replaceModel(model: NamedModel): void {
  ownModels.value = ownModels.value.map((other) => (other.sha256 === model.sha256 ? model : other));
}

/** The accuracy on the test set according to the model's record, 0–1. */
export function testAccuracy({ results }: ModelRecord): number | undefined {
  const { test } = results;
  const accuracy =
    test && typeof test === 'object' && !Array.isArray(test)
      ? (test as { accuracy?: unknown }).accuracy
      : undefined;
  return typeof accuracy === 'number' ? accuracy : undefined;
}

async function fetchModel(which: ShippedName): Promise<NamedModel> {
  const { url, name } = SHIPPED[which];
  const response = await fetch(new URL(url, document.baseURI));
  if (!response.ok) throw new ModelError(`${name}: the server answered ${response.status}. Reload the page.`);
  // The first view has its network in its program, and reads no file.
  const [{ readModel }, file] = await Promise.all([import('./read-model.js'), response.arrayBuffer()]);
  return nameModel(readModel(file, name), name);
}
