import { EngineError } from '../../errors.js';

/** A worker ended, or could not be reached, before it was ready: the caller's thread can compute instead. */
export class WorkerStartError extends EngineError {}
