import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from '../packages/pack.js';
import { ROOT } from '../runtimes/repository.js';

const PROGRAMS = path.join(ROOT, 'tests', 'library', 'programs');

/** A folder with the packed library and the programs, as a user would have it. */
export interface LibraryProject {
  readonly folder: string;
  /** Runs a program of this folder to its end, and returns the lines that it printed. */
  run(program: string): string[];
  remove(): void;
}

/** Unpacks core's tarball into a folder of its own: it has no dependencies to install. */
export function createProject(): LibraryProject {
  const folder = mkdtempSync(path.join(tmpdir(), 'longhand-library-'));
  const core = path.join(folder, 'node_modules', '@longhand', 'core');
  mkdirSync(core, { recursive: true });
  const { filename } = pack('core', folder);
  const unpacked = spawnSync('tar', ['-xzf', filename, '--strip-components=1', '-C', core], { cwd: folder });
  if (unpacked.status !== 0) throw new Error(`tar: ${unpacked.stderr}`);
  cpSync(PROGRAMS, folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  return {
    folder,
    run(program) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
        cwd: folder,
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`${program} ended with ${status}:\n${stdout}${stderr}`);
      return stdout.trimEnd().split('\n');
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** How many lines a program has, without blank ones, and without imports of data and of Node. */
export function linesOf(program: string): number {
  const lines = readFileSync(path.join(PROGRAMS, program), 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '' && !/^import .* from '(\.\/|node:)/.test(line)).length;
}

/** A dataset of the fixtures as a module that exports rows and labels. */
export function dataModule(
  file: string,
  labelOf: (label: string, row: number) => string | undefined = (label) => label,
): string {
  const text = readFileSync(
    fileURLToPath(new URL(`../../../tests/fixtures/${file}`, import.meta.url)),
    'utf8',
  );
  const cells = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const examples = cells.flatMap((row, i) => {
    const label = labelOf(row.at(-1)!, i);
    return label === undefined ? [] : [{ row: row.slice(0, -1).map(Number), label }];
  });
  const rows = JSON.stringify(examples.map(({ row }) => row));
  const labels = JSON.stringify(examples.map(({ label }) => label));
  return `export const rows = ${rows};\nexport const labels = ${labels};\n`;
}
