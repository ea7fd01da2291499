// `@longhand/sweep/log`: the log of a sweep, for programs that show it. It works in a browser, too.

export type { CurvePoint, RunSettings } from '../task.js';
export { isSweepLog } from './is-sweep-log.js';
export {
  createSweepLogReader,
  type LoggedResult,
  type LoggedSweep,
  readSweepLog,
  type SweepLogReader,
} from './read-sweep-log.js';
export type { Dimension, StrategyName, SweepLine } from './sweep-line.js';
