import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The command itself, as npm links it. */
export const COMMAND = path.join(root, 'packages/cli/bin/longhand.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of a test file's own, under the system's temporary one, gone when its tests are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'longhand-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The command under way, in a folder, with its output caught. */
export function start(args: readonly string[], cwd: string): { child: ChildProcess; ended: Promise<Ended> } {
  return startProgram(process.execPath, [COMMAND, ...args], cwd);
}

/** Any program under way; for a command within a shell. */
export function startProgram(
  program: string,
  args: readonly string[],
  cwd: string,
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(program, args, { cwd, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' } });
  let [stdout, stderr] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** The command from start to end. */
export function longhand(args: readonly string[], cwd: string): Promise<Ended> {
  return start(args, cwd).ended;
}
