import type { Dataset, Settings } from '@longhand/core';
import { DivergenceError } from '@longhand/core/errors';
import { checkTogether, completeSettings, withPreset } from '@longhand/core/settings';
import { checkSize } from '@longhand/core/training';
import { EXIT, type ExitCode } from '../exit-code.js';
import { areQueued, checkQueuedRun } from '../queue/queued-runs.js';
import { settingsOf } from '../settings-of.js';
import { log } from '../streams.js';
import { terminalOf } from '../terminal/terminal.js';
import { checkCheckpoint, checkRepetitions, checkRunFlags } from '../training/check-flags.js';
import { checkSameData, describeKept, openCheckpoint, parseEvery } from '../training/checkpoints.js';
import { listenForInterruption } from '../training/interruption.js';
import { openTrainingData } from '../training/open-training-data.js';
import { checkNamed, checkRunFiles } from '../training/run-files.js';
import { createRunLog } from '../training/run-log.js';
import { openStartModel, startedFrom, startOnColumns } from '../training/start-model.js';
import { trainOnce } from '../training/train-once.js';
import { trainRepeatedly } from '../training/train-repeatedly.js';
import type { FlagsOf } from './row.js';
import type { train as trainRow } from './train.row.js';

/** Flags that were not typed. */
const NONE = { resume: undefined, initialization: undefined, quiet: undefined };

type TrainFlags = FlagsOf<typeof trainRow>;

/** `longhand train`: checks everything that can be wrong before the work starts. */
export async function trainCommand(flags: TrainFlags): Promise<ExitCode> {
  const given = settingsOf(flags);
  checkNamed(flags);
  checkRunFlags(flags);
  const every = parseEvery(flags.every);
  const start =
    flags.from === undefined ? undefined : await openStartModel(flags.from, { ...NONE, ...flags });
  const resumed = flags.resume === undefined ? undefined : await openCheckpoint(flags.resume, given);
  const { repeat: repetitions = 1 } = flags;
  const isQueued = areQueued(flags);
  const check = (asked: Partial<Settings>): Settings => {
    const settings = completeSettings(asked);
    checkTogether(settings, given, true);
    checkCheckpoint(flags, settings);
    checkRepetitions(repetitions, settings);
    if (isQueued) checkQueuedRun(flags, given, settings);
    return settings;
  };
  const typed = resumed?.settings ?? withPresetOf(flags, given);
  // With --from, the model's own settings count, too, and its dev examples are known with the data.
  check(typed);
  await checkRunFiles(flags);
  const data = await openTrainingData(flags.data, start?.model.record, flags);
  const from = start && (await startOnColumns(start, data.training, flags.quiet === true));
  const asked = from ? startedFrom(from, data, given, flags.preset) : typed;
  const settings = check(asked);
  checkSize(settings, data.training.inputs, data.training.classNames.length);
  const needsFingerprint = flags.checkpoint !== undefined || resumed !== undefined;
  const fingerprint = needsFingerprint ? await fingerprintOf(data.training) : '';
  if (resumed) checkSameData(flags.resume!, resumed.data, fingerprint, data.name);
  // After all checks: a mistake gets one line.
  for (const { about, text } of flags.quiet ? [] : data.warnings) {
    if (about !== 'class sizes' || settings.classWeight === 'none') log(`longhand: ${data.name}: ${text}`);
  }
  const checkpoints =
    flags.checkpoint === undefined ? undefined : { file: flags.checkpoint, every, fingerprint };
  const warn = warningsOf(flags);
  const runLog = flags.log === undefined ? undefined : createRunLog(flags.log, warn);
  const interruption = listenForInterruption();
  try {
    const { signal } = interruption;
    const context = { data, flags, runLog, signal, resumed, from, checkpoints, warn };
    if (isQueued) {
      // Most runs are made here, and do not load what talks to a queue.
      const { trainOverQueue } = await import('../queue/train-over-queue.js');
      return await trainOverQueue(asked, repetitions, context);
    }
    return await (repetitions > 1 ? trainRepeatedly(asked, repetitions, context) : trainOnce(asked, context));
  } catch (error) {
    // These settings do not work: bad input, and no reason to lose an existing model.
    if (!(error instanceof DivergenceError)) throw error;
    const kept = await describeKept(flags.checkpoint);
    log(`longhand: ${error.message}; nothing was saved${kept}`);
    return EXIT.bad;
  } finally {
    interruption.stop();
    runLog?.close();
  }
}

/** Most runs need none, and so not what it takes. */
async function fingerprintOf(dataset: Dataset): Promise<string> {
  return (await import('@longhand/sweep')).fingerprintOf(dataset);
}

/** The settings as they are given, before the defaults are filled in. */
function withPresetOf({ preset }: TrainFlags, given: Partial<Settings>): Partial<Settings> {
  return preset === undefined ? given : withPreset(preset, given);
}

/**
 * Prints a problem that does not end the run in one line, below the progress bar if there is one.
 */
function warningsOf({ quiet = false }: TrainFlags): (message: string) => void {
  const start = terminalOf(process.stderr).interactive && !quiet ? '\n' : '';
  return (message) => log(`${start}longhand: ${message}`);
}
