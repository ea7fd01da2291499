import { AccuracySteps } from './accuracy-steps.js';
import { Descents } from './descents.js';

export const figures = { descents: Descents, 'accuracy-steps': AccuracySteps };
