import { otherNamesOf } from './names.js';
import type { SettingName } from './setting.js';
import { SETTINGS } from './table.js';

/** What other libraries call a setting. */
export const ELSEWHERE: Readonly<Partial<Record<SettingName, readonly string[]>>> = {
  hidden: ['layers', 'hiddenLayers', 'hiddenLayerSizes', 'units'],
  activation: ['nonlinearity', 'act'],
  initialization: ['init', 'start', 'kernelInitializer'],
  inputDropout: ['pixelDropout'],
  shift: ['translate'],
  rotate: ['rotation', 'degrees'],
  elasticSigma: ['sigma'],
  pixels: ['normalize'],
  alpha: ['eta', 'rate', 'lRate', 'learningRateInit'],
  schedule: ['scheduler', 'lrScheduler'],
  warmup: ['warmupEpochs'],
  stepEvery: ['stepSize'],
  stepFactor: ['gamma'],
  optimizer: ['optimiser', 'solver'],
  weightDecay: ['wd', 'l2'],
  clipNorm: ['maxNorm', 'maxGradNorm', 'gradientClipping'],
  classWeight: ['balanced', 'weights', 'posWeight', 'scalePosWeight'],
  weightAveraging: ['swa', 'ema'],
  batchSize: ['miniBatch', 'miniBatchSize'],
  iterations: ['steps', 'maxIter', 'maxSteps'],
  epochs: ['maxEpochs', 'numEpochs'],
  minutes: ['timeLimit', 'maxTime'],
  dev: ['validation', 'validationSplit', 'val'],
  devEvery: ['evalEvery', 'validationFrequency'],
  patience: ['earlyStopping', 'nIterNoChange'],
  monitor: ['metric'],
  seed: ['randomState', 'randomSeed'],
  engine: ['backend'],
  threads: ['workers', 'jobs', 'nJobs', 'cores'],
};

/**
 * The setting that somebody means by a name that is not ours: a former name, what another library calls it, or a small
 * misspelling. `--weight_decay`, `l2` and `wieghtDecay` all mean `weightDecay`.
 *
 * @returns nothing where no setting comes near
 */
export function suggestSetting(name: string): SettingName | undefined {
  const typed = plain(name);
  const all = SETTINGS.flatMap((setting) =>
    [setting.name, ...otherNamesOf(setting), ...(ELSEWHERE[setting.name] ?? [])].map((known) => ({
      name: setting.name,
      known: plain(known),
    })),
  );
  const same = all.find(({ known }) => known === typed);
  if (same) return same.name;
  return nearest(typed, all)?.name;
}

/**
 * The one of these words that somebody may have meant: the same but for capitals and hyphens, or a small misspelling.
 *
 * @returns nothing where none comes near
 */
export function nearestOf(word: string, words: readonly string[]): string | undefined {
  return nearest(
    plain(word),
    words.map((name) => ({ name, known: plain(name) })),
  )?.name;
}

function nearest<Row extends { readonly known: string }>(
  typed: string,
  rows: readonly Row[],
): Row | undefined {
  return rows
    .map((row) => ({ row, distance: editDistance(typed, row.known) }))
    .filter(({ row: { known }, distance }) => distance <= (known.length > 6 ? 2 : known.length > 3 ? 1 : 0))
    .sort((a, b) => a.distance - b.distance)[0]?.row;
}

/** `--weight-decay`, `weight_decay` and `weightDecay` alike. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** How many letters must be changed, added, left out or swapped with their neighbor to make one word of the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j]!, before[j - 2]! + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
