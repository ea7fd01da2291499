import { DataError } from '@longhand/core/errors';
import {
  fingerprintOf,
  lockLog,
  planSweep,
  type RankedTrial,
  rankTrials,
  runFresh,
  runTrials,
  type SweepLog,
  type SweepPlan,
} from '@longhand/sweep';
import { announce } from '../data/announce.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { log } from '../streams.js';
import { checkSweepFiles } from '../sweep/check-files.js';
import { followSweep } from '../sweep/follow-sweep.js';
import { openCrew } from '../sweep/open-crew.js';
import { openSweepLog } from '../sweep/open-log.js';
import { reportSweep } from '../sweep/report-sweep.js';
import { requestOf } from '../sweep/request.js';
import type { SweepReport } from '../sweep/sweep-report.js';
import { trainWinner } from '../sweep/train-winner.js';
import { checkWatch, watchSweep } from '../sweep/watch-sweep.js';
import { listenForInterruption } from '../training/interruption.js';
import { openTrainingData, type TrainingData } from '../training/open-training-data.js';
import type { FlagsOf } from './row.js';
import type { sweep as sweepRow } from './sweep.row.js';

export type SweepFlags = FlagsOf<typeof sweepRow>;

const DEFAULT_FRESH = 3;
/** The longest time that a timer can wait, in ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

const warn = (message: string) => log(`longhand: ${message}`);

/** `longhand sweep [FILE]`: checks everything that can be wrong before the work starts. */
export async function sweepCommand(file: string | undefined, flags: SweepFlags): Promise<ExitCode> {
  checkWatch(flags);
  await checkSweepFiles(flags);
  const interruption = listenForInterruption();
  const { log: begun, resume: place = begun } = flags;
  // Before the log is read: nobody else may write it meanwhile.
  const lock = place === undefined ? undefined : lockLog(place, warn);
  try {
    return await runSweep(file, flags, interruption.signal);
  } finally {
    lock?.release();
    interruption.stop();
  }
}

async function runSweep(file: string | undefined, flags: SweepFlags, signal: AbortSignal): Promise<ExitCode> {
  const { request, known } = await requestOf(file, flags);
  const data = await openTrainingData(flags.data, undefined, flags);
  const fingerprint = fingerprintOf(data.training);
  const plan = planSweep({ ...request, dataset: data.training, name: data.name, fingerprint });
  if (signal.aborted) {
    warn('interrupted');
    return EXIT.interrupted;
  }
  const { crew, clear } = await openCrew(flags, plan, data, signal);
  let sweepLog: SweepLog;
  try {
    sweepLog = openSweepLog(flags, plan, known, warn);
  } catch (error) {
    await crew.close();
    clear({ complete: false });
    throw error;
  }
  introduce(plan, data, flags.quiet === true);
  let complete = false;
  let unwatch = async () => {};
  const follower = followSweep(plan, { quiet: flags.quiet === true });
  try {
    unwatch = await watchSweep(flags);
    const { minutes = 'none' } = flags;
    const time = minutes === 'none' ? [] : [AbortSignal.timeout(Math.min(LONGEST_TIMER, minutes * 60_000))];
    const ending = AbortSignal.any([signal, ...time]);
    const results = known?.results ?? new Map();
    const common = { plan, crew, log: sweepLog, listener: follower.listener };
    const standing = await runTrials({ ...common, results, signal: ending });
    const ranked = rankTrials(plan, standing);
    complete = standing.tasks.length === 0;
    const winner = ranked[0]?.dev ? ranked[0] : undefined;
    const count = complete && winner ? (flags.fresh ?? DEFAULT_FRESH) : 0;
    const fresh =
      winner && count > 0
        ? await runFresh({ ...common, ...freshOf(plan, winner), count, known: known?.winners ?? [], signal })
        : [];
    follower.end();
    await crew.close();
    const begun: SweepReport = { plan, ranked, complete, flags, fresh, data };
    const trained = winner && !signal.aborted ? await trainWinner(begun, winner, signal, warn) : undefined;
    if (
      trained &&
      !known?.winners.some(({ seed, trial }) => seed === trained.seed && trial === trained.trial)
    ) {
      const { seed, parametersSha256, dev, test } = trained;
      sweepLog.write({
        ...{ type: 'winner', trial: trained.trial, seed, parametersSha256, dev },
        ...(test && { test: test.measure }),
      });
    }
    if (!signal.aborted && !known?.isComplete)
      sweepLog.write({ type: 'end', complete, winner: winner?.trial });
    await reportSweep({ ...begun, ...(trained && { trained }) });
    if (signal.aborted) return interrupted(flags);
    if (!winner && !complete)
      throw new DataError('the time limit was reached before any trial was done: allow more --minutes');
    if (!winner)
      throw new DataError(
        `no trial can be used: trial ${ranked[0]!.trial}: ${ranked[0]!.reason ?? 'it was not run'}`,
      );
    return EXIT.done;
  } finally {
    follower.end();
    await crew.close();
    clear({ complete });
    await unwatch();
    sweepLog.close();
  }
}

function introduce(
  { trials, rungs, header, notes }: SweepPlan,
  { name, taken }: TrainingData,
  quiet: boolean,
): void {
  announce(name, taken, quiet);
  for (const note of quiet ? [] : notes) log(note);
  if (quiet) return;
  const runs = header.repeat > 1 ? `, ${header.repeat} runs each` : '';
  const halving = rungs > 1 ? `, ${rungs} rungs` : '';
  log(`${trials.length} trials${runs} on ${name} (${header.strategy}${halving})`);
}

function freshOf({ trials }: SweepPlan, winner: RankedTrial) {
  return { winner, iterations: trials[winner.trial - 1]!.iterations };
}

function interrupted({ log: file, resume = file }: SweepFlags): ExitCode {
  log(
    resume === undefined
      ? 'longhand: interrupted: nothing is kept without --log'
      : `longhand: interrupted: go on with longhand sweep --resume ${resume}`,
  );
  return EXIT.interrupted;
}
