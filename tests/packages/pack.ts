import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../runtimes/repository.js';

/** The packages that are published, by their folders, each after those it needs. */
export const PACKAGES = ['core', 'mnist', 'formats', 'sweep', 'studio', 'cli'] as const;

export type PackageFolder = (typeof PACKAGES)[number];

export interface Packed {
  /** The tarball's file name. */
  readonly filename: string;
  /** Bytes of the tarball. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Packs a package as npm publishes it. Without a folder for the tarball, it is only listed. */
export function pack(name: PackageFolder, into?: string): Packed {
  const target = into === undefined ? ['--dry-run'] : ['--pack-destination', into];
  const stdout = npm(['pack', '--json', ...target, path.join(ROOT, 'packages', name)], ROOT);
  const [packed] = JSON.parse(stdout) as readonly [Packed];
  return packed;
}

/** Runs npm to its end, and returns what it printed. */
export function npm(args: readonly string[], cwd: string): string {
  // npm is a script on Windows, which only a shell can start.
  const shell = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8', shell });
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: exit code ${status}\n${stdout}${stderr}`);
  return stdout;
}
