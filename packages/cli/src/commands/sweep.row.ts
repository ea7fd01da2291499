import { PRESETS, SETTINGS, type SettingName } from '@longhand/core/settings';
import { choice, integer, list, settingFor, text, toggle } from './flag.js';
import { queueFlags, share } from './queue-flags.js';
import { describeCommand, GENERAL } from './row.js';
import { dataCacheFlag, readingFlags } from './shared.js';

const DEFAULT_OUT = 'model.safetensors';
const SPACE = 'What to try:';
const FILES = 'Data and files:';
const WORK = 'Where the work is done:';
const QUEUE = 'Workers on other machines:';
const SHARED = 'What all trials share:';

/** Settings that mean something else in a sweep, and are flags of its own. */
const OWN: readonly SettingName[] = ['seed', 'minutes', 'threads'];

export const sweep = describeCommand({
  name: 'sweep',
  summary: 'Train with many settings, and choose the best',
  description:
    'Train with many settings, choose the best on held-out examples (dev), and save its model. The test set is opened ' +
    'once, for that model alone.\n\n' +
    'Each setting that varies has values or a range: --vary hidden=64,128,256 --vary alpha=log:0.01..0.5. The trials ' +
    'run in several processes of this machine, or with --queue on any number of machines (longhand worker). The table has the same bits with any number of them, and whichever of them ' +
    'dies.\n\n' +
    'Ctrl-C stops (exit code 130): with --log, --resume goes on from there.',
  arguments: [
    {
      name: 'file',
      description:
        'A JSON file that says what to try: vary, settings, preset, strategy, trials, repeat, budget, seed. Flags override it.',
      required: false,
      many: false,
    },
  ],
  flags: {
    vary: list(
      '<setting=values>',
      'A setting that varies: values (hidden=64,128+64,none, where + joins the layers of one value), a range (dropout=0..0.5), ' +
        'a range on a logarithmic scale (alpha=log:0.01..0.5), or evenly spread values of one (alpha=log:0.01..1:5). ' +
        'You can pass it several times.',
      SPACE,
    ),
    strategy: {
      ...choice(
        ['grid', 'random', 'halving'],
        'How trials are chosen: every combination (grid), at random, or successive halving: many short runs, of which ' +
          'the best third goes on three times as long.',
        SPACE,
      ),
      facts: ['grid, random, halving', 'default grid, or random if there is a range or --trials'],
    },
    trials: integer({ min: 1, max: 100_000, usual: '20' }, 'How many trials to draw at random.', SPACE),
    repeat: integer(
      { min: 1, max: 1000, usual: '1' },
      'Runs of each trial, with the seeds --seed, --seed + 1, … Their mean counts.',
      SPACE,
    ),
    budget: integer(
      { min: 1, max: 1e9 },
      'Epochs for all trials together: no more are tried than fit.',
      SPACE,
    ),
    seed: settingFor('seed', 'The seed of the trials that are drawn, and of the first run of each.', {
      group: SPACE,
    }),
    fresh: integer(
      { min: 0, max: 1000, usual: '3' },
      'Runs of the winner with seeds that no trial had: their mean is what to expect. The runs that chose it are too good.',
      SPACE,
    ),
    minutes: settingFor(
      'minutes',
      'Start no more work after this many minutes. The table then says that it is not complete.',
      { hasDefault: false, group: SPACE },
    ),
    preset: text(
      '<name>',
      `A named set of settings that all trials share: ${PRESETS.map(({ name }) => name).join(', ')}. Flags override it.`,
      SHARED,
    ),
    data: text('<path|name>', 'Other data instead of MNIST (see longhand train --help).', FILES),
    dataCache: dataCacheFlag(FILES),
    ...readingFlags(FILES),
    out: {
      ...text('<file>', 'Where to save the model of the winner.', FILES),
      default: DEFAULT_OUT,
      facts: [`default ${DEFAULT_OUT}`],
    },
    log: text('<file>', 'Write every result to a file as soon as it is known, one line of JSON each.', FILES),
    resume: text(
      '<file>',
      'Go on with the sweep of a log. Its settings come from the log; pass the same --data.',
      FILES,
    ),
    csv: text('<file>', 'Write the table as CSV.', FILES),
    watch: toggle(
      'Open the page Runs, which shows the trials as they go. Only this machine can reach it. Needs --log or --resume.',
      FILES,
    ),
    doubt: {
      ...toggle('Do not learn after training what is no digit (see longhand train --help).', FILES),
      negated: true,
      default: true,
    },
    processes: integer({ min: 1, max: 1024, usual: 'cores / --threads' }, 'Processes of this machine.', WORK),
    threads: integer({ min: 1, max: 64, usual: '1' }, 'Threads of each process.', WORK),
    ...queueFlags(QUEUE),
    verify: share(
      'Compute this share of the runs twice, on different workers, and compare the bits. A worker that computes wrong ' +
        'bits is named and left out.',
      QUEUE,
    ),
  },
  settings: SETTINGS.map(({ name }) => name).filter((name) => !OWN.includes(name)),
  groups: [SPACE, WORK, QUEUE, FILES, SHARED, GENERAL],
  groupOf: () => SHARED,
  examples: [
    'longhand sweep --vary alpha=0.05,0.1,0.2 --vary hidden=10,30 --repeat 3',
    'longhand sweep --preset quick --epochs 5 --vary alpha=log:0.05..0.5',
    'longhand sweep --data iris.csv --vary hidden=4,8,16 --log sweep.jsonl',
    'longhand sweep sweep.json --strategy halving --csv table.csv',
    'longhand sweep --resume sweep.jsonl',
  ],
  elsewhere: ['tune', 'search', 'optimize', 'hyperparameters', 'grid', 'grid-search', 'hpo'],
  misnamed: {
    ...{
      param: 'vary',
      params: 'vary',
      space: 'vary',
      parameter: 'vary',
      search: 'strategy',
      method: 'strategy',
    },
    ...{ samples: 'trials', numTrials: 'trials', nTrials: 'trials', repeats: 'repeat', seeds: 'repeat' },
    ...{ workers: 'processes', jobs: 'processes', parallel: 'processes', timeout: 'minutes' },
    ...{ model: 'out', continue: 'resume', dataset: 'data', table: 'csv' },
  },
});
