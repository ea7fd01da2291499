import { type Dataset, heldOut } from '../data/dataset.js';
import { joinDatasets } from '../data/pack-dataset.js';
import { SettingError } from '../errors.js';
import type { Json } from '../formats/json.js';
import type { ModelRecord } from '../formats/model.js';
import { createNetwork, type Network } from '../maths/network.js';
import { PATIENCE_NEEDS } from '../settings/checks.js';
import { completeSettings, type GivenSettings } from '../settings/complete.js';
import { requireKnownNames } from '../settings/known-names.js';
import { withPreset } from '../settings/presets.js';
import type { Settings } from '../settings/setting.js';
import { settingNamed } from '../settings/table.js';
import { requireDataset, requireNetwork, requireObject } from './check-arguments.js';
import { checkSize } from './network-size.js';
import { pixelScaleOf, planRun } from './plan.js';
import type { TrainOptions } from './train.js';

export { pixelScaleOf } from './plan.js';

/** At most this fraction of the examples is held out, unless the settings name a number. */
const LARGEST_DEV_SHARE = 0.1;

/** What a run is built from. */
export interface RunRequest {
  /** What is given; the table of settings has the rest. */
  readonly settings?: GivenSettings;
  /** A named set of settings, which the given ones override. */
  readonly preset?: string;
  /** The examples; dev is held out of them. */
  readonly dataset: Dataset;
  /** Train this network further, instead of a new one. */
  readonly from?: Network;
  /** More examples to train on; none of them is held out. */
  readonly extra?: Dataset;
}

/** All that a run needs: `train(network, training, options)`. */
export interface BuiltRun {
  /** The network at its start. */
  readonly network: Network;
  /** The examples that the network learns from. */
  readonly training: Dataset;
  /** The examples held out; `undefined` when there are none. */
  readonly dev: Dataset | undefined;
  /** Complete, with the numbers that the data decided: `dev` and `devEvery`. */
  readonly settings: Settings;
  /** What `train` takes. */
  readonly options: TrainOptions;
  /** Examples in each update. */
  readonly batchSize: number;
  /** How many updates the run makes, unless it stops early. */
  readonly iterations: number;
  /**
   * What the model file says besides the parameters.
   *
   * @param results how the run ended: plain data
   */
  record(results: object): ModelRecord;
}

/**
 * Makes a run of settings and data. This is the only place where that is decided, so that the command,
 * the page and the library train the same parameters from the same settings:
 *
 * - `dev` examples are held out as the seed says: a number, or a share of all. If the settings do not name a number, at most a tenth
 *   of the examples is held out, so that small data leaves enough to train on.
 * - Dev is evaluated every 10 iterations with full batches and ten times an epoch with mini-batches,
 *   unless `devEvery` says otherwise.
 *
 * @throws SettingError for settings that are out of range, exclude each other or do not fit the data
 */
export function buildRun(request: RunRequest): BuiltRun {
  const { settings: own = {}, preset, dataset, from, extra } = checkRequest(request);
  requireKnownNames(own);
  const given = withCount(preset === undefined ? own : withPreset(preset, own), dataset.length);
  const asked = completeSettings(given);
  const { hidden, activation, initialization, seed } = asked;
  const held = devExamples(given, dataset.length);
  if (held === 0 && asked.patience !== 'none') {
    const { patience } = asked;
    throw new SettingError({ setting: 'patience', value: patience, verb: 'needs', expected: PATIENCE_NEEDS });
  }
  if (held >= dataset.length) {
    const expected = [`fewer than the ${dataset.length} examples, so that some are left to train on`];
    throw new SettingError({ setting: 'dev', value: held, expected });
  }
  const split = dataset.split({ dev: held, seed });
  const training = extra ? joinDatasets(split.training, extra) : split.training;
  const dev = held > 0 ? split.dev : undefined;
  if (!from) checkSize(asked, dataset.inputs, dataset.classNames.length);
  const { devEvery, batchSize, iterations } = planRun({ ...asked, devEvery: given.devEvery }, training);
  const settings: Settings = { ...asked, dev: held, devEvery };
  const { hidden: _h, activation: _a, initialization: _i, dev: _d, ...options } = settings;
  const layers = [dataset.inputs, ...hidden, dataset.classNames.length];
  return {
    network: from ?? createNetwork({ layers, activation, initialization, seed }),
    ...{ training, dev, settings, batchSize, iterations },
    options: { ...options, ...(dev && { dev }) },
    record: (results) => recordOf(dataset, settings, results),
  };
}

const REQUEST: readonly string[] = [
  'settings',
  'preset',
  'dataset',
  'from',
  'extra',
] satisfies (keyof RunRequest)[];

/** @throws SettingError for what JavaScript lets through: no dataset, or an option that does not exist */
function checkRequest(request: RunRequest): RunRequest {
  requireObject(request, 'options', '{ dataset, settings: { epochs: 5 } }');
  for (const name of Object.keys(request)) {
    if (REQUEST.includes(name)) continue;
    const advice = [`Settings of the run go into settings: { ${name}: … }`];
    throw new SettingError({ setting: name, expected: [`one of ${REQUEST.join(', ')}`], advice });
  }
  requireDataset(request.dataset);
  if (request.extra) requireDataset(request.extra, 'extra');
  if (request.from) requireNetwork(request.from);
  requireObject(request.settings ?? {}, 'settings', '{ epochs: 5 }');
  return request;
}

/** With the number of dev examples, where they were given as a share. */
function withCount(given: GivenSettings, examples: number): GivenSettings {
  const { dev } = given;
  return dev !== undefined && dev > 0 && dev < 1 ? { ...given, dev: heldOut(dev, examples) } : given;
}

/** How many of so many examples are held out as dev. */
export function devExamples({ dev }: Pick<GivenSettings, 'dev'>, examples: number): number {
  const usual = settingNamed('dev').default as number;
  return dev ?? Math.min(usual, Math.floor(examples * LARGEST_DEV_SHARE));
}

/** The number of threads is left out: it changes nothing in a model. */
function recordOf(
  { width, height, classNames, features, origin }: Dataset,
  settings: Settings,
  results: object,
): ModelRecord {
  const { threads: _, ...repeatable } = settings;
  return {
    ...{ width, height, classNames },
    ...(features && { features }),
    ...(origin && { origin }),
    pixelScale: pixelScaleOf(settings),
    settings: asJson(repeatable),
    results: asJson(results),
  };
}

/** Plain data is JSON already, except for what is undefined. */
function asJson(data: object): Record<string, Json> {
  return JSON.parse(JSON.stringify(data));
}
