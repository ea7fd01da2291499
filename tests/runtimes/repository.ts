import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunName } from './same-bits.js';

/** The repository's folder, wherever the compiler put this file. */
export const ROOT = findRoot(path.dirname(fileURLToPath(import.meta.url)));

export const HASHES_FILE = path.join(ROOT, 'tests', 'runtimes', 'hashes.json');

/**
 * One hash for each run, for all runtimes and any number of threads. A person updates them with
 * write-hashes.ts.
 */
export function committedHashes(): Readonly<Record<RunName, string>> {
  return JSON.parse(readFileSync(HASHES_FILE, 'utf8'));
}

function findRoot(folder: string): string {
  const manifest = path.join(folder, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'longhand-repository') {
    return folder;
  }
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('not inside the repository of Longhand');
  return findRoot(parent);
}
