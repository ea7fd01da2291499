import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { npm, PACKAGES, type PackageFolder, pack } from './pack.js';

export interface Project {
  /** An empty folder in which the packages are installed. */
  readonly folder: string;
  /** Bytes of everything in its node_modules. */
  readonly bytes: number;
  remove(): void;
}

/** Packs packages, and installs them from their tarballs in an empty folder. */
export function installPacked(names: readonly PackageFolder[] = PACKAGES): Project {
  const folder = mkdtempSync(path.join(tmpdir(), 'longhand-project-'));
  const tarballs = path.join(folder, 'tarballs');
  mkdirSync(tarballs);
  const files = names.map((name) => `./tarballs/${pack(name, tarballs).filename}`);
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  npm(
    [
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
      ...files,
    ],
    folder,
  );
  return {
    folder,
    bytes: sizeOf(path.join(folder, 'node_modules')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(path.join(folder, name), { throwIfNoEntry: false }))
    .reduce((sum, found) => sum + (found?.isFile() ? found.size : 0), 0);
}
