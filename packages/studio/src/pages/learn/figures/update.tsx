import { OneUpdate } from './one-update.js';
import { TrainingStrip } from './training-strip.js';

export const figures = { 'one-update': OneUpdate, 'training-strip': TrainingStrip };
