// All tasks, in the order of the report.
import * as denseLayer from './dense-layer.js';
import * as fullBatch from './full-batch.js';
import { miniBatch128, miniBatch800 } from './mini-batch.js';
import * as phases from './phases.js';
import * as prediction from './prediction.js';
import { loading, memory, startUp } from './processes.js';
import * as regularized from './regularized.js';
import * as scaling from './scaling.js';
import * as secondThread from './second-thread.js';
import * as sizes from './sizes.js';
import * as studio from './studio.js';

export const WORKS = [
  ...[fullBatch, miniBatch128, miniBatch800, regularized, denseLayer, secondThread, scaling],
  ...[prediction, startUp, loading, memory, studio, sizes, phases],
];
