import type { Checkpoint } from '../checkpoint.js';
import type { Dataset } from '../data/dataset.js';
import type { EngineOptions } from '../engine/api/engine.js';
import { DataError, ModelError, SettingError } from '../errors.js';
import { layerSizes, type Network } from '../maths/network.js';
import { OPTIMIZERS } from '../maths/optimizers.js';
import { PATIENCE_NEEDS } from '../settings/checks.js';
import { completeSettings, type GivenSettings } from '../settings/complete.js';
import { requireKnownNames } from '../settings/known-names.js';
import type { Settings } from '../settings/setting.js';
import { requireDataset, requireNetwork, requireObject } from './check-arguments.js';
import { withClassWeights } from './class-weights.js';
import { planRun } from './plan.js';
import { Run } from './run.js';
import type { Signal, TrainingRun } from './training-run.js';

/** Settings that are spent once the network and its data are there. */
type BuildSettings = 'hidden' | 'activation' | 'initialization' | 'dev';

/** The settings of a run on a network and data that are there. The table of settings has their defaults. */
export interface TrainOptions extends Omit<GivenSettings, BuildSettings> {
  /**
   * Examples that are measured every `devEvery` iterations and at the end (default: 10 iterations with
   * full batches, a tenth of an epoch with mini-batches). They are never trained on.
   */
  readonly dev?: Dataset;
  /**
   * Gives a step every so many iterations, and for the last. Default 1. With mini-batches, a larger
   * number saves time.
   */
  readonly reportEvery?: number;
  /** Ends the run after the current iteration, as `break` would. */
  readonly signal?: Signal;
  /**
   * Where `@longhand/core/worker` is, if it is not where the bundler put it: its address, or a
   * function that makes a worker of it, which is called once for each thread.
   */
  readonly worker?: EngineOptions['worker'];
  /** How the engine's workers are started, in place of `worker`. */
  readonly spawn?: EngineOptions['spawn'];
  /**
   * Continues from a checkpoint of a run with the same network, data and settings, to the same bits as
   * without the interruption. The step of the checkpoint itself is not given again.
   */
  readonly resume?: Checkpoint;
}

/**
 * Trains by gradient descent, or another optimizer. The given network does not change; `run.network` is
 * the trained one.
 *
 * @throws SettingError for an unknown option or a setting out of range, DataError when pixels or labels do not fit the
 * network, ModelError when the checkpoint does not; while iterating, DivergenceError for a value that
 * is not finite and EngineError when a worker dies or memory runs out
 */
export function train(network: Network, training: Dataset, options: TrainOptions = {}): TrainingRun {
  requireNetwork(network);
  requireDataset(training, 'training');
  requireObject(options, 'options', '{ epochs: 5 }');
  const { dev, reportEvery = 1, signal, worker, spawn, resume, ...given } = options;
  checkNames(given);
  if (dev !== undefined) requireDataset(dev, 'dev');
  const settings = completeSettings(given);
  if (settings.patience !== 'none' && !dev?.length) {
    const expected = [...PATIENCE_NEEDS];
    throw new SettingError({ setting: 'patience', value: settings.patience, verb: 'needs', expected });
  }
  checkFits(network, training, 'training');
  if (dev) checkFits(network, dev, 'dev');
  if (!Number.isInteger(reportEvery) || reportEvery < 1) {
    throw new SettingError({ setting: 'reportEvery', value: reportEvery, expected: ['a positive integer'] });
  }
  if (resume) checkResume(network, settings, resume);
  const plan = planRun({ ...settings, devEvery: given.devEvery }, training);
  return new Run(network, withClassWeights(training, settings.classWeight), plan, {
    ...{ reportEvery, signal, worker, spawn, resume },
    dev: dev && dev.length > 0 ? dev : undefined,
  });
}

/** @throws SettingError for an unknown option, and for one that only a new network has a use for */
function checkNames(given: object): void {
  requireKnownNames(given, ['dev', 'reportEvery', 'signal', 'worker', 'spawn', 'resume']);
  const late = (['hidden', 'activation', 'initialization'] satisfies BuildSettings[]).find(
    (name) => name in given,
  );
  if (late === undefined) return;
  const expected = ['a new network: give it to createNetwork(), or train with fit()'];
  throw new SettingError({ setting: late, verb: 'needs', expected });
}

/** @throws ModelError when a checkpoint cannot be one of a run of this network with this optimizer */
function checkResume(network: Network, { optimizer }: Settings, { parameters, memory }: Checkpoint): void {
  const [made, found] = [{ ...network, layers: parameters as Network['layers'] }, network].map((of) =>
    layerSizes(of).join(', '),
  );
  if (made !== found) {
    throw new ModelError(`the checkpoint is of a network of ${made} units, this one has ${found}`);
  }
  if (memory.length !== OPTIMIZERS[optimizer].stateSlots) {
    throw new ModelError(`the checkpoint was made by another optimizer than ${optimizer}`);
  }
}

function checkFits(
  network: Network,
  { inputs, width, height, classNames, length }: Dataset,
  what: string,
): void {
  const sizes = layerSizes(network);
  if (length === 0) throw new DataError(`${what}: there are no examples`);
  if (inputs !== sizes[0]) {
    throw new DataError(
      `${what}: pictures of ${width} × ${height} have ${inputs} pixels, the network takes ${sizes[0]}`,
    );
  }
  if (classNames.length !== sizes.at(-1)) {
    throw new DataError(`${what}: ${classNames.length} classes, but the network has ${sizes.at(-1)} outputs`);
  }
}
