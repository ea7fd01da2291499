export type { SweepLine } from './sweep-line.js';
