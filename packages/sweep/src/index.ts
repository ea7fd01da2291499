// `@longhand/sweep`: many runs at once, on this machine. What needs a queue is in `@longhand/sweep/queue`.
export { type LogLock, lockLog } from './coordinator/log-lock.js';
export { checkSameSweep, type KnownSweep, readSweep } from './coordinator/read-sweep.js';
export { type FreshRun, runFresh } from './coordinator/run-fresh.js';
export { type RunTrials, runTrials, type SweepListener } from './coordinator/run-trials.js';
export {
  createSweepLog,
  NO_LOG,
  readSweepFile,
  resumeSweepLog,
  type SweepLog,
} from './coordinator/sweep-log.js';
export type { Crew, CrewListener } from './crew.js';
export type { Dimension, StrategyName, SweepLine } from './log/sweep-line.js';
export { costOf } from './plan/budget.js';
export type { MeanDev } from './plan/mean-dev.js';
export { endsOf, planSweep, type SweepPlan, type SweepRequest } from './plan/plan-sweep.js';
export { type RankedTrial, rankTrials } from './plan/ranking.js';
export { createSchedule, type Reached, type Results, type Schedule, type Standing } from './plan/schedule.js';
export type { Trial } from './plan/trial.js';
export { createPool, type PoolOptions } from './processes/pool.js';
export { fingerprintOf } from './run/fingerprint.js';
export { type RunTaskOptions, runTask, type TaskReport } from './run/run-task.js';
export { taskFrom } from './run/task-from.js';
export { taskId } from './run/task-id.js';
export type { Candidate } from './space/candidates.js';
export { dimensionOf, formatDimension, parseDimension } from './space/dimension.js';
export type { CurvePoint, RunSettings, StateStore, Task, TaskOutcome, TaskResult } from './task.js';
