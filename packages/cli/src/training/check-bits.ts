import { EngineError } from '@longhand/core/errors';

/**
 * Holds the parameters that this machine came to against those of a worker.
 *
 * @param run which run it is, for the message
 * @throws EngineError if they have other bits
 */
export function checkBits(
  run: string,
  own: string,
  { parametersSha256, worker }: { readonly parametersSha256: string; readonly worker: string },
): void {
  if (own === parametersSha256) return;
  throw new EngineError(
    `${run}: this machine comes to other bits (${own.slice(0, 16)}…) than ${worker} (${parametersSha256.slice(0, 16)}…): one of them computes wrong, or has another version of Longhand`,
  );
}
