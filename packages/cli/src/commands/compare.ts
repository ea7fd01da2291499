import { DataError, layerSizes, parametersSha256 } from '@longhand/core';
import { compareModels } from '../comparison/compare-models.js';
import { drawComparison, verdict } from '../comparison/draw-comparison.js';
import { takenAsJson } from '../data/announce.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import { withColumns } from '../model/with-columns.js';
import { print, printJson } from '../streams.js';
import { terminalOf } from '../terminal/terminal.js';
import { checkFitsModel, openTestSet } from '../test-set.js';
import type { compare } from './compare.row.js';
import type { FlagsOf } from './row.js';

const SHOWN = 6;

/** `longhand compare MODEL OTHER`. */
export async function compareCommand(
  file: string,
  other: string,
  { data, count = SHOWN, json, quiet = false, ...reading }: FlagsOf<typeof compare>,
): Promise<ExitCode> {
  const files = [file, other] as const;
  const opened = [await openModel(file, quiet), await openModel(other, quiet)] as const;
  const [a, b] = opened.map(({ network }) => layerSizes(network)) as [number[], number[]];
  if (a[0] !== b[0] || a.at(-1) !== b.at(-1)) {
    throw new DataError(
      `${file} has ${a[0]} inputs and ${a.at(-1)} classes, ${other} ${b[0]} and ${b.at(-1)}: they cannot answer the same examples`,
    );
  }
  const test = await openTestSet(data, file, opened[0], { ...reading, quiet });
  checkFitsModel(test, other, opened[1]);
  const { features } = test.dataset;
  const models = [
    await withColumns(opened[0], features, file, quiet),
    await withColumns(opened[1], features, other, quiet),
  ] as const;
  const comparison = compareModels(models, test.dataset);
  if (json) {
    const { evaluations, bothRight, bothWrong, test: mcnemar, differences, settings, weights } = comparison;
    printJson({
      models: await Promise.all(
        models.map(async ({ network }, k) => ({
          file: files[k],
          layers: layerSizes(network),
          activations: network.layers.slice(0, -1).map(({ g }) => g.name),
          parametersSha256: await parametersSha256(network),
          accuracy: evaluations[k]!.accuracy,
          balancedAccuracy: evaluations[k]!.balancedAccuracy,
          loss: evaluations[k]!.loss,
          correct: evaluations[k]!.correct,
        })),
      ),
      ...{ examples: test.dataset.length, bothRight, bothWrong },
      mcnemar,
      differences,
      settings: settings.map(({ name, values: [first = null, second = null] }) => ({
        name,
        values: [first, second],
      })),
      weights: weights ?? null,
      ...(test.taken && { data: takenAsJson(test.taken) }),
    });
  } else if (quiet) print(verdict(comparison));
  else {
    const named = { ...test, shown: count };
    print(drawComparison(comparison, files, models, named, terminalOf(process.stdout)).join('\n'));
  }
  return EXIT.done;
}
