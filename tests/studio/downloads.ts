import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { POLL_MS } from './wait-for.js';

const TIMEOUT = 45_000;

/**
 * Waits until a file has been downloaded completely, and returns its path. All tests of a browser
 * share the folder.
 */
export async function waitForDownload(folder: string, name: RegExp): Promise<string> {
  const end = performance.now() + TIMEOUT;
  let before: string | undefined;
  for (;;) {
    // Browsers use another name until the file is complete; Firefox also creates an empty file with
    // the right name.
    const names = readdirSync(folder);
    const isUnderWay = names.some((found) => /\.(part|crdownload)$/.test(found));
    const file = isUnderWay ? undefined : names.find((found) => name.test(found));
    const state = file && `${file} ${statSync(path.join(folder, file)).size}`;
    if (file && state && state === before && !state.endsWith(' 0')) return path.join(folder, file);
    before = state;
    if (performance.now() > end) throw new Error(`no download like ${name}: there are ${names.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
