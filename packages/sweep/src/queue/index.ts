// `@longhand/sweep/queue`: the tasks of a sweep over Redis or Valkey, with BullMQ.
export { checkServer } from './check-server.js';
export { type ConnectionOptions, connect, type QueueConnection } from './connection.js';
export { DEFAULT_PREFIX } from './keys.js';
export { createProcessWork, type ProcessWorkOptions } from './process-work.js';
export { createQueueCrew, type QueueCrew, type QueueCrewOptions, sweepIdOf } from './queue-crew.js';
export { QueueError } from './queue-error.js';
export { runWorker } from './worker-loop.js';
export type {
  Work,
  WorkContext,
  WorkerData,
  WorkerEnd,
  WorkerListener,
  WorkerLoopOptions,
} from './worker-options.js';
