import type { Checkpoint } from '../checkpoint.js';
import { SettingError } from '../errors.js';
import { parameterBytes } from '../formats/fingerprint.js';
import type { Json } from '../formats/json.js';
import type { ModelFile } from '../formats/model.js';
import { sha256OfParts } from '../formats/sha256.js';
import { layerSizes } from '../maths/network.js';
import { OPTIMIZERS } from '../maths/optimizers.js';
import type { GivenSettings } from '../settings/complete.js';
import { withCurrentNames } from '../settings/names.js';
import { withPreset } from '../settings/presets.js';
import type { Settings } from '../settings/setting.js';
import { SETTINGS } from '../settings/table.js';

/** Settings of a run that do not carry over to the next: its length, its dev and its network. */
const OF_ONE_RUN: readonly string[] = [
  ...['iterations', 'epochs', 'minutes', 'dev', 'devEvery', 'patience', 'monitor'],
  ...['hidden', 'activation'],
];
/** What a preset says of the network: the model has one already. */
const OF_NETWORK = ['hidden', 'activation', 'initialization'] as const;

/** What training goes on from: a model of ours, or one of another program. */
type Start = Pick<ModelFile, 'network' | 'record' | 'training'>;

/**
 * The settings with which a model is trained further: its own, overridden by the given ones.
 *
 * @param examples of the data, with those that will be held out
 * @param preset whose settings override the model's own, except for the network
 * @throws SettingError when another network is asked for than the model has
 */
export function continuedSettings(
  { network, record }: Start,
  given: GivenSettings,
  examples: number,
  preset?: string,
): GivenSettings {
  const ofPreset: GivenSettings = preset === undefined ? {} : withPreset(preset, given);
  for (const name of OF_NETWORK) delete ofPreset[name];
  const own = withCurrentNames(record.settings);
  const carried = SETTINGS.filter(({ name }) => !OF_ONE_RUN.includes(name) && own[name] !== undefined);
  const shape = {
    hidden: layerSizes(network).slice(1, -1),
    activation: network.layers.slice(0, -1).map(({ g }) => g.name),
  };
  for (const name of ['hidden', 'activation'] as const) {
    const asked = given[name];
    if (asked === undefined || [asked].flat().join() === shape[name].join()) continue;
    if (typeof asked === 'string' && shape.activation.every((one) => one === asked)) continue;
    const expected = [`a network other than that of the model to go on with, which has ${shape[name]}`];
    throw new SettingError({ setting: name, value: [asked].flat().join(), verb: 'excludes', expected });
  }
  const settings = {
    ...Object.fromEntries(carried.map(({ name }) => [name, own[name]])),
    ...sameDev(record, own, examples),
    ...ofPreset,
    ...given,
    ...(shape.hidden.length > 0 ? shape : { hidden: [] }),
  } as GivenSettings;
  const aliased = given.learningRate !== undefined || given.lr !== undefined;
  if (aliased && given.alpha === undefined) delete settings.alpha;
  return settings;
}

/** On the same data, the same examples are held out again: training on them would spoil dev. */
function sameDev({ results }: ModelFile['record'], own: Record<string, unknown>, examples: number) {
  const counted = [results.train, results.dev].map((part) =>
    Number((part as { examples?: number })?.examples ?? 0),
  );
  return counted[0]! + counted[1]! === examples ? { dev: own.dev as number } : {};
}

/**
 * What the model's optimizer remembers, for a run that goes on from there. `undefined` if another
 * optimizer is to go on.
 */
export function stateOf(
  { network, record, training }: Start,
  { optimizer }: Settings,
): Checkpoint | undefined {
  if (!training || record.settings.optimizer !== optimizer) return undefined;
  if (training.memory.length !== OPTIMIZERS[optimizer].stateSlots) return undefined;
  return {
    ...{ iteration: training.iteration, memory: training.memory, parameters: network.layers },
    ...{ milliseconds: 0, search: [], average: undefined, best: undefined },
  };
}

/** What the record of a model that was trained further says of the model that it began with. */
export function startOf({ network, record }: Start): Record<string, Json> {
  const { importedFrom } = record.results;
  return {
    parametersSha256: sha256OfParts([parameterBytes(network)]),
    ...(importedFrom !== undefined && { importedFrom }),
  };
}
