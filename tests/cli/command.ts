import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The command, as npm links it. */
export const COMMAND = path.join(root, 'packages/cli/bin/longhand.js');

/** How a program ended. */
export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary folder for one test file, removed after its tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'longhand-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the command in a folder, and captures its output. */
export function start(args: readonly string[], cwd: string): { child: ChildProcess; ended: Promise<Result> } {
  return startProgram(process.execPath, [COMMAND, ...args], cwd);
}

/** Starts any program, such as a shell that runs the command. */
export function startProgram(
  program: string,
  args: readonly string[],
  cwd: string,
): { child: ChildProcess; ended: Promise<Result> } {
  const child = spawn(program, args, { cwd, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' } });
  let [stdout, stderr] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Result>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** Runs the command to its end. */
export function longhand(args: readonly string[], cwd: string): Promise<Result> {
  return start(args, cwd).ended;
}
