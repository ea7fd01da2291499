let warned = false;

/**
 * Tells the developer, once, why training is slower than it could be. It is the only thing that core
 * prints.
 */
export function warnOfOneThread(reason: string): void {
  if (warned) return;
  warned = true;
  // biome-ignore lint/suspicious/noConsole: nobody else would say it
  console.warn(
    `Longhand computes on the calling thread (threads: 0), because no worker could be started: ${reason}. Give the address of @longhand/core/worker as the option "worker", or pass threads: 0.`,
  );
}
