import open from 'open';
import { log } from '../streams.js';
import { serveStudio } from '../studio/serve-studio.js';
import { UsageError } from '../usage-error.js';

interface WatchFlags {
  readonly watch?: boolean;
  readonly log?: string;
  readonly resume?: string;
  readonly quiet?: boolean;
}

/** @throws UsageError if there is no log that the page could show */
export function checkWatch({ watch, log: file, resume = file }: WatchFlags): void {
  if (watch && resume === undefined)
    throw new UsageError('--watch: shows a log while it grows: add --log sweep.jsonl');
}

/**
 * Opens the page Runs in a browser: it shows the log while it grows, to this machine only.
 *
 * @returns what ends it
 */
export async function watchSweep({
  watch,
  log: file,
  resume = file,
  quiet,
}: WatchFlags): Promise<() => Promise<void>> {
  if (!watch || resume === undefined) return async () => undefined;
  const studio = await serveStudio({ log: resume });
  if (!quiet) log(`The sweep is shown at ${studio.url}`);
  // A machine without a browser is no error: the address is printed above.
  const browser = await open(studio.url).catch(() => undefined);
  browser?.on('error', () => undefined);
  return () => studio.close();
}
