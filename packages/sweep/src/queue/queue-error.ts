import { LonghandError } from '@longhand/core/errors';

/** A queue that cannot be used, or that a task failed in. The message is one line. */
export class QueueError extends LonghandError {
  override readonly name = 'QueueError';
}
