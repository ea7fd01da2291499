export type { Crew, CrewListener } from './crew.js';
export type { Dimension, StrategyName, SweepLine } from './log/sweep-line.js';
export type { CurvePoint, RunSettings, StateStore, Task, TaskOutcome, TaskResult } from './task.js';
