import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { longhand, start, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const IRIS = fileURLToPath(new URL('../../fixtures/iris.csv', import.meta.url));
const END = ['--processes', '1', '--fresh', '0', '--no-doubt', '--json', '--out', 'best.safetensors'];
/** Long enough to meet another one. */
const SWEEP = [
  ...['sweep', '--data', IRIS, '--batch-size', '4', '--epochs', '100', '--vary', 'alpha=0.01,0.02,0.05,0.1'],
  ...END,
];
const resumeOf = (log: string) => ['sweep', '--data', IRIS, '--resume', log, ...END];

const hasResult = (log: string) =>
  existsSync(file(log)) && /"measured"/.test(readFileSync(file(log), 'utf8'));

test('two sweeps never write one log; a killed one is gone on with at once', async () => {
  const log = 'killed.jsonl';
  const first = start([...SWEEP, '--log', log], folder);
  await expect.poll(() => hasResult(log)).toBe(true);
  for (const args of [resumeOf(log), [...SWEEP, '--log', log]]) {
    expect(await longhand(args, folder)).toEqual({
      code: 2,
      stdout: '',
      stderr: `longhand: ${log}: another longhand sweep writes this log (process ${first.child.pid} on ${hostname()}): end that one first\n`,
    });
  }
  // What the others did changed nothing for it.
  expect(existsSync(file(`${log}.lock`))).toBe(true);
  first.child.kill('SIGKILL');
  await first.ended;
  const { code, stdout, stderr } = await longhand(resumeOf(log), folder);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain(
    `longhand: ${log}.lock: was left by process ${first.child.pid} on ${hostname()}, which has ended: taken over\n`,
  );
  expect(JSON.parse(stdout)).toMatchObject({ complete: true });
  expect(existsSync(file(`${log}.lock`))).toBe(false);
});

test('the lock is gone after Ctrl-C and after an error', async () => {
  const log = 'stopped.jsonl';
  const { child, ended } = start([...SWEEP, '--log', log], folder);
  await expect.poll(() => hasResult(log)).toBe(true);
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  expect(existsSync(file(`${log}.lock`))).toBe(false);
  expect((await longhand([...SWEEP, '--log', log], folder)).stderr).toContain('exists: go on with --resume');
  expect(existsSync(file(`${log}.lock`))).toBe(false);
});
