import type { Mistake } from '../mistake.js';
import { BACK_MISTAKES } from './back.js';
import { ERROR_MISTAKES } from './error.js';
import { FORWARD_MISTAKES } from './forward.js';
import { GRADIENT_MISTAKES } from './gradient.js';
import { LOSS_MISTAKES } from './loss.js';
import { OUTPUT_MISTAKES } from './output.js';
import { SAVED_MISTAKES } from './saved.js';
import { UPDATE_MISTAKES } from './update.js';

/** The catalogue: every well-known mistake, those of saving last. */
export const MISTAKES: readonly Mistake[] = [
  ...[...FORWARD_MISTAKES, ...OUTPUT_MISTAKES, ...LOSS_MISTAKES, ...ERROR_MISTAKES],
  ...[...GRADIENT_MISTAKES, ...BACK_MISTAKES, ...UPDATE_MISTAKES, ...SAVED_MISTAKES],
];
