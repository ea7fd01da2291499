import { LonghandError } from '@longhand/core/errors';

/**
 * Flags or arguments that are wrong, or that do not go together. The message is one line: which
 * flag, what is wrong, what to do. Settings of a run that are wrong are core's `SettingError`.
 */
export class UsageError extends LonghandError {
  override readonly name = 'UsageError';
}
