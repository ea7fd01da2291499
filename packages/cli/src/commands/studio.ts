import { existsSync } from 'node:fs';
import open from 'open';
import { EXIT, type ExitCode } from '../exit-code.js';
import { log, print, printJson } from '../streams.js';
import { serveStudio } from '../studio/serve-studio.js';
import { UsageError } from '../usage-error.js';
import type { FlagsOf } from './row.js';
import type { studio as studioRow } from './studio.row.js';

/** `longhand studio`: serves the page until Ctrl-C. */
export async function studioCommand({
  port,
  log: watched,
  open: opens,
  json,
  quiet,
}: FlagsOf<typeof studioRow>): Promise<ExitCode> {
  if (watched !== undefined && !existsSync(watched))
    throw new UsageError(`--log ${watched}: there is no such file`);
  const studio = await serveStudio({ port, log: watched });
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  if (json) printJson({ url: studio.url });
  else print(quiet ? studio.url : `The studio is at ${studio.url}`);
  if (opens) await openBrowser(studio.url);
  if (!quiet && !json) log('Press Ctrl-C to stop.');
  await interrupted;
  await studio.close();
  return EXIT.done;
}

/** A machine without a browser is no error: the address is printed above. */
async function openBrowser(url: string): Promise<void> {
  try {
    const browser = await open(url);
    browser.on('error', () => undefined);
  } catch {
    log('No browser could be opened. Open the address yourself.');
  }
}
