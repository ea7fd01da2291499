// `@longhand/sweep`: many runs at once, on this machine. What needs a queue is in `@longhand/sweep/queue`.
export type { Crew, CrewListener } from './crew.js';
export type { Dimension, StrategyName, SweepLine } from './log/sweep-line.js';
export { fingerprintOf } from './run/fingerprint.js';
export { type RunTaskOptions, runTask, type TaskReport } from './run/run-task.js';
export { taskFrom } from './run/task-from.js';
export { taskId } from './run/task-id.js';
export type { CurvePoint, RunSettings, StateStore, Task, TaskOutcome, TaskResult } from './task.js';
