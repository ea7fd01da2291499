import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { ROOT } from './repository.js';
import { JOB_TIMEOUT, LateError, type Runtime, within } from './runtime.js';
import type { Outcome } from './same-bits.js';

type Answer = { readonly outcome: Outcome } | { readonly error: string };

const END_TIMEOUT = 60_000;

export interface ProcessOptions {
  /** Arguments before the program's file. */
  readonly args?: readonly string[];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts Node, Bun or Deno on `command-line.ts`, to fetch its data from `origin`. */
export function startProcess(
  command: string,
  origin: string,
  { args = [], env = {} }: ProcessOptions = {},
): Runtime {
  const program = path.join(ROOT, 'tests', 'dist', 'runtimes', 'command-line.js');
  const child = spawn(command, [...args, program, origin], { cwd: ROOT, env: { ...process.env, ...env } });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'close').then(
    ([code, signal]) => `${command} ended (${signal ?? code}) ${errors}`,
    (error: unknown) => `${command} did not start: ${error}`,
  );
  // If a write comes after the end, `ended` already reports why it ended.
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  async function answer(): Promise<Outcome> {
    const { value, done } = await lines.next();
    if (done) throw new Error(await ended);
    const answered = JSON.parse(value) as Answer;
    if ('error' in answered) throw new Error(answered.error);
    return answered.outcome;
  }

  return {
    async carryOut(job) {
      child.stdin.write(`${JSON.stringify(job)}\n`);
      try {
        return await within(JOB_TIMEOUT, `${command}: ${JSON.stringify(job)}`, answer());
      } catch (error) {
        // A late answer would be mistaken for the next job's.
        if (error instanceof LateError) child.kill('SIGKILL');
        throw error;
      }
    },
    async close() {
      child.stdin.end();
      try {
        await within(END_TIMEOUT, `${command}: its end`, ended);
      } catch {
        child.kill('SIGKILL');
        await ended;
      }
      return child.exitCode === 0;
    },
  };
}
