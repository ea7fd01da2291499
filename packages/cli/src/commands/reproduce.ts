import { createNetwork } from '@longhand/core';
import { settingNamed } from '@longhand/core/settings';
import { count, plural } from '@longhand/core/text';
import { EXIT, type ExitCode } from '../exit-code.js';
import { claimsOf } from '../reproduce/claims.js';
import type { Experiment } from '../reproduce/gradient-descent.js';
import { printOutcomes } from '../reproduce/print-outcomes.js';
import { type Outcome, VERSIONS } from '../reproduce/versions.js';
import { log, printJson } from '../streams.js';
import { startProgress } from '../terminal/progress.js';
import { openMnistTest } from '../test-set.js';
import { listenForInterruption } from '../training/interruption.js';
import { openTrainingData } from '../training/open-training-data.js';
import { NOTEBOOK_EXAMPLES, type reproduce } from './reproduce.row.js';
import type { FlagsOf } from './row.js';

const BOARD_LAYERS = [784, 10, 10];

/** `longhand reproduce`. */
export async function reproduceCommand(flags: FlagsOf<typeof reproduce>): Promise<ExitCode> {
  const { json, quiet = false, threads } = flags;
  const iterations = flags.iterations ?? (settingNamed('iterations').default as number);
  const alpha = flags.alpha ?? (settingNamed('alpha').default as number);
  const seed = flags.seed ?? (settingNamed('seed').default as number);
  const all = (await openTrainingData(undefined)).training;
  const { examples = NOTEBOOK_EXAMPLES } = flags;
  const experiment = {
    network: createNetwork({ layers: BOARD_LAYERS, seed }),
    training: all.split({ dev: all.length - examples, seed }).training,
    test: (await openMnistTest()).dataset,
    alpha,
    iterations,
    threads: threads === 'cores' ? undefined : threads,
  };
  if (!quiet) {
    log(
      `The board's network, ${count(examples)} digits, ${plural(iterations, 'iteration')}, α = ${alpha}, seed ${seed}`,
    );
  }

  const outcomes = await runVersions(experiment, quiet);
  if (!outcomes) {
    log('longhand: interrupted: there is nothing to compare');
    return EXIT.interrupted;
  }
  const claims = claimsOf(outcomes[0]!);
  if (!json) await printOutcomes(outcomes, claims);
  else {
    const versions = outcomes.map(({ accuracies: _, ...outcome }) => ({
      ...outcome,
      cost: outcomes[0]!.test.accuracy - outcome.test.accuracy,
    }));
    // JSON has no NaN: such a loss becomes null.
    printJson({ examples, iterations, alpha, seed, versions, claims });
  }
  return EXIT.done;
}

/** The results of all versions; nothing after Ctrl-C. */
async function runVersions(
  experiment: Omit<Experiment, 'signal' | 'onIteration'>,
  quiet: boolean,
): Promise<Outcome[] | undefined> {
  const { iterations } = experiment;
  const interruption = listenForInterruption();
  const { signal } = interruption;
  const outcomes: Outcome[] = [];
  try {
    for (const { name, run } of VERSIONS) {
      const progress = await startProgress({ total: iterations, quiet });
      let done = 0;
      const onIteration = () => {
        done++;
        progress.update(done, () => `${name}: iteration ${done}/${iterations}`);
      };
      try {
        outcomes.push(await run({ ...experiment, signal, onIteration }));
      } finally {
        progress.end();
      }
      if (signal.aborted) return undefined;
    }
  } finally {
    interruption.stop();
  }
  return outcomes;
}
