const CONNECTION =
  /ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|LOADING|READONLY|connection|closed|timeout/i;
const LOCK = /lock|missing key|not in the active state/i;

/**
 * Whether an error of the queue needs no word of its own: the connection was lost, which is told once,
 * or the lock of a task, which another worker has then.
 */
export function isExpected(error: Error & { code?: string }): boolean {
  const text = `${error.code ?? ''} ${error.message}`;
  return CONNECTION.test(text) || LOCK.test(text);
}
