import { createNetwork, type Dataset, describeNetwork, type Network } from '@longhand/core';
import { PIXEL_SCALE } from '@longhand/core/data';
import { settingNamed } from '@longhand/core/settings';
import { count, plural } from '@longhand/core/text';
import { checkEngine, ENGINE_TOLERANCE, type EngineCheck } from '../check/check-engine.js';
import { checkMaths, type MathsCheck } from '../check/check-maths.js';
import { announce, type Taken, takenAsJson } from '../data/announce.js';
import type { ReadingFlags } from '../data/open-data.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import { withColumns } from '../model/with-columns.js';
import { log, print, printJson } from '../streams.js';
import { painter } from '../terminal/paint.js';
import { terminalOf } from '../terminal/terminal.js';
import { checkFitsModel } from '../test-set.js';
import { openTrainingData } from '../training/open-training-data.js';
import type { check } from './check.row.js';
import type { FlagsOf } from './row.js';

const DEFAULT_EXAMPLES = 32;

/** `longhand check [MODEL]`. */
export async function checkCommand(
  file: string | undefined,
  flags: FlagsOf<typeof check>,
): Promise<ExitCode> {
  const {
    seed = settingNamed('seed').default as number,
    examples = DEFAULT_EXAMPLES,
    json,
    quiet = false,
  } = flags;
  const { network, digits, more, pixelScale, taken } = await subjectOf(file, flags.data, {
    seed,
    examples,
    quiet,
    reading: flags,
  });
  if (!quiet)
    log(
      `${describeNetwork(network)} on ${plural(digits.length, flags.data === undefined ? 'digit' : 'example')}, drawn with seed ${seed}`,
    );

  const maths = await checkMaths(network, digits, { pixelScale, quiet });
  const engine = flags.engine ? await checkEngine(network, digits, { pixelScale, more }) : undefined;
  const passed = maths.passed && engine?.passed !== false;
  if (json) {
    printJson({
      ...{ ...maths, passed, examples: digits.length, seed, ...(engine ? { engine } : {}) },
      ...(taken && { data: takenAsJson(taken) }),
    });
  } else {
    reportMaths(maths);
    if (engine) reportEngine(engine);
  }
  return passed ? EXIT.done : EXIT.no;
}

interface Subject {
  readonly network: Network;
  readonly digits: Dataset;
  /** The whole training set. */
  readonly more: Dataset;
  readonly pixelScale: number;
  /** What was taken from the files of `--data`. */
  readonly taken: Taken | undefined;
}

/** The model, or the board's network before training, and some training examples. */
async function subjectOf(
  file: string | undefined,
  data: string | undefined,
  {
    seed,
    examples,
    quiet,
    reading,
  }: { seed: number; examples: number; quiet: boolean; reading: ReadingFlags },
): Promise<Subject> {
  const model = file === undefined ? undefined : await openModel(file, quiet);
  const { training, name, taken } = await openTrainingData(data, model?.record, reading);
  if (model) checkFitsModel({ dataset: training, name }, file!, model);
  announce(name, taken, quiet);
  const digits = training.length > examples ? training.split({ dev: examples, seed }).dev : training;
  if (model) {
    const { network } = await withColumns(model, training.features, file!, quiet);
    return { network, digits, more: training, pixelScale: model.record.pixelScale, taken };
  }
  const hidden = settingNamed('hidden').default as readonly number[];
  const layers = [digits.inputs, ...hidden, digits.classNames.length];
  return { network: createNetwork({ layers, seed }), digits, more: training, pixelScale: PIXEL_SCALE, taken };
}

function reportMaths({ passed, parameters, maxRelativeError, kinks, worst }: MathsCheck): void {
  print(
    `${verdict(passed)}  ${count(parameters)} gradients compared with finite differences of the loss, in 64-bit`,
  );
  const where = worst ? `, in d${worst.symbol} at row ${worst.row}, column ${worst.column}` : '';
  print(`  largest relative error ${maxRelativeError.toExponential(1)}${where}`);
  print(
    kinks === 0
      ? '  no kink of an activation within any step'
      : `  ${plural(kinks, 'gradient')} not compared: a kink of the activation lies within the step`,
  );
}

function reportEngine({ passed, maxRelativeError, ...few }: EngineCheck): void {
  print(`${verdict(passed)}  the engine's gradients (32-bit) compared with those of the maths (64-bit)`);
  print(
    `  largest relative difference ${maxRelativeError.toExponential(1)}, allowed ${ENGINE_TOLERANCE.toExponential(0)}`,
  );
  print(
    `  (relative to a matrix's largest entry; with ${plural(few.fullBatch.examples, 'example')}, to its largest terms)`,
  );
  print(
    `       ${[few, few.fullBatch].map(({ examples }) => plural(examples, 'example').padEnd(12)).join('  ')}`,
  );
  for (const [k, { name, relativeError }] of few.tensors.entries()) {
    const errors = [relativeError, few.fullBatch.tensors[k]!.relativeError];
    print(
      `  ${name.padEnd(4)} ${errors
        .map((error) => error.toExponential(1).padEnd(12))
        .join('  ')
        .trimEnd()}`,
    );
  }
}

function verdict(passed: boolean): string {
  const paint = painter(terminalOf(process.stdout));
  return paint('bold', passed ? paint('green', 'passed') : paint('red', 'failed'));
}
