import { MeasuredRuns } from './measured-runs.js';
import { RememberOrKnow } from './remember-or-know.js';

export const figures = { 'remember-or-know': RememberOrKnow, 'measured-runs': MeasuredRuns };
