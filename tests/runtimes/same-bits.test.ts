import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { type BrowserName, endBrowser, openPage, startBrowser } from './browser.js';
import { programOf } from './installed.js';
import { type ProcessOptions, startProcess } from './process.js';
import { committedHashes, ROOT } from './repository.js';
import type { Runtime } from './runtime.js';
import { type Job, RUN_NAMES } from './same-bits.js';
import { type Server, serve } from './server.js';

// Longhand promises 20 ms. But on a small, busy machine a caller sometimes waits for a core. So the
// limit is generous, and the best of a few runs must keep it. If the engine itself blocks, no run
// keeps it.
const LONGEST_GAP = 100;
const TRIES = 5;

const hashes = committedHashes();
let isolated: Server;
let plain: Server;

beforeAll(async () => {
  isolated = await serve({ isolated: true });
  plain = await serve({ isolated: false });
});

afterAll(async () => {
  await isolated.close();
  await plain.close();
});

describe(`Node ${process.versions.node.split('.')[0]}, which runs the tests`, () => {
  inAProcess(() => process.execPath);
});

describe('Node 22', () => {
  inAProcess((context) => programOf('node22', context));
});

describe('Bun', () => {
  inAProcess((context) => programOf('bun', context));
});

describe('Deno', () => {
  const args = ['run', '--quiet', '--no-lock', '--allow-read', '--allow-net=127.0.0.1'];
  const env = {
    DENO_DIR: path.join(ROOT, 'tests', 'runtimes', 'node_modules', '.deno'),
    DENO_NO_UPDATE_CHECK: '1',
  };
  // Deno itself blocks for 35 to 80 ms whenever node:worker_threads starts a worker.
  inAProcess((context) => programOf('deno', context), { args, env }, [0]);
});

describe('Chromium', () => {
  inABrowser('chromium');
});

describe('Firefox', () => {
  inABrowser('firefox');
});

/** @param patient the numbers of threads with which the caller must never be blocked */
function inAProcess(
  program: (context: TestContext) => string,
  options: ProcessOptions = {},
  patient: readonly (number | undefined)[] = [undefined, 0],
): void {
  const runtime = started(
    program,
    async (command) => startProcess(command, isolated.origin, options),
    (child) => child.close(),
  );
  givesTheSameBits(runtime, [1, 2, 3, 4, 0]);
  neverHoldsUp(runtime, patient);
  test('ends without force when there is nothing left to do', async (context) => {
    expect(await (await runtime(context)).close()).toBe(true);
  });
}

function inABrowser(name: BrowserName): void {
  const browser = started(
    (context) => programOf(name, context),
    (program) => startBrowser(name, program),
    endBrowser,
  );

  describe('a page with shared memory', () => {
    const page = started(
      browser,
      (opened) => openPage(opened, isolated.origin),
      (opened) => opened.close(),
    );
    givesTheSameBits(page, [1, 2, 3, 4, 0]);
    neverHoldsUp(page, [undefined, 0]);
  });

  describe('a page without shared memory', () => {
    const page = started(
      browser,
      (opened) => openPage(opened, plain.origin),
      (opened) => opened.close(),
    );
    givesTheSameBits(page, [1, 0]);
    for (const run of RUN_NAMES) {
      for (const threads of [2, undefined]) {
        test(`${run}, ${threadsIn(threads)}: falls back to one, with the same bits`, async (context) => {
          const outcome = await (await page(context)).carryOut(jobOf(run, threads));
          expect(outcome).toMatchObject({ sha256: hashes[run], threads: 1, crossOriginIsolated: false });
        });
      }
    }
    neverHoldsUp(page, [undefined, 0]);
  });
}

type Get<Value> = (context: TestContext) => Value | Promise<Value>;

function givesTheSameBits(get: Get<Runtime>, threadCounts: readonly number[]): void {
  for (const run of RUN_NAMES) {
    for (const threads of threadCounts) {
      test(`${run}, ${threadsIn(threads)}: the same bits`, async (context) => {
        const outcome = await (await get(context)).carryOut({ run, threads });
        expect(outcome).toMatchObject({ sha256: hashes[run], threads });
      });
    }
  }
}

function neverHoldsUp(get: Get<Runtime>, threadCounts: readonly (number | undefined)[]): void {
  for (const run of RUN_NAMES) {
    for (const threads of threadCounts) {
      test(`${run}, ${threadsIn(threads)}: its caller is never blocked`, async (context) => {
        const runtime = await get(context);
        const gaps: number[] = [];
        do gaps.push((await runtime.carryOut(jobOf(run, threads))).longestGap);
        while (gaps.at(-1)! >= LONGEST_GAP && gaps.length < TRIES);
        process.stdout.write(`longest gap: ${gaps.map((gap) => gap.toFixed(1)).join(', ')} ms\n`);
        expect(Math.min(...gaps)).toBeLessThan(LONGEST_GAP);
      });
    }
  }
}

function threadsIn(threads: number | undefined): string {
  if (threads === undefined) return 'as many threads as cores';
  return threads === 1 ? '1 thread' : `${threads} threads`;
}

function jobOf(run: Job['run'], threads: number | undefined): Job {
  return threads === undefined ? { run } : { run, threads };
}

/**
 * Started by the first test that needs it, ended after the last. If it cannot start, each test says
 * why.
 */
function started<Input, Value>(
  input: Get<Input>,
  start: (given: Input) => Promise<Value>,
  end: (value: Value) => Promise<unknown>,
): (context: TestContext) => Promise<Value> {
  let starting: Promise<Value> | undefined;
  afterAll(async () => {
    const value = await starting?.catch(() => undefined);
    if (value) await end(value);
  });
  return async (context) => {
    const given = await input(context);
    starting ??= start(given);
    return starting;
  };
}
