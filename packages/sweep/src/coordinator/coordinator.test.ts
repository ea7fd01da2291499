import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Dataset } from '@longhand/core';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Crew, CrewListener } from '../crew.js';
import { planSweep } from '../plan/plan-sweep.js';
import { rankTrials } from '../plan/ranking.js';
import { parseDimension } from '../space/dimension.js';
import type { Task, TaskResult } from '../task.js';
import { readSweep } from './read-sweep.js';
import { runFresh } from './run-fresh.js';
import { runTrials } from './run-trials.js';
import { createSweepLog, readSweepFile, resumeSweepLog } from './sweep-log.js';

const folder = mkdtempSync(path.join(tmpdir(), 'coordinator-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dataset = new Dataset({
  pixels: Uint8Array.from({ length: 400 }, (_, at) => (at * 37) % 256),
  labels: Uint8Array.from({ length: 100 }, (_, at) => at % 2),
  ...{ width: 2, height: 2, classNames: ['a', 'b'] },
});

const plan = planSweep({
  ...{ dataset, name: 'data', fingerprint: '0'.repeat(64), settings: { iterations: 270 } },
  vary: ['alpha=0.1,0.2,0.3', 'hidden=1,2,3'].map(parseDimension),
  ...{ strategy: 'halving', repeat: 1, seed: 1 },
});

/** A made-up result that depends on the task alone. */
function resultOf({ id, until }: Task, worker: string): TaskResult {
  const accuracy = Number.parseInt(id.slice(0, 4), 16) / 0x10000;
  return {
    ...{ type: 'measured', id, worker, seconds: 1, updates: until, parametersSha256: id, curve: [] },
    dev: { examples: 10, accuracy, loss: 1 - accuracy },
  };
}

/** A crew that has each task done at once, and says how many there were. */
function crewOf(
  before: (task: Task, told: CrewListener) => void = () => undefined,
): Crew & { readonly done: string[] } {
  const done: string[] = [];
  return {
    done,
    async run(tasks, told, signal) {
      for (const task of tasks) {
        if (signal.aborted) return;
        before(task, told);
        done.push(task.id);
        told.onResult(resultOf(task, 'good'));
      }
    },
    forget: async () => undefined,
    close: async () => undefined,
  };
}

const listener = {
  ...{ onRung: () => undefined, onResult: () => undefined, onProgress: () => undefined },
  ...{ onWorkers: () => undefined, onNotice: () => undefined },
};
const { signal } = new AbortController();
const warn = (message: string) => expect.fail(message);

let files = 0;

/** A whole sweep with its log. */
async function sweepTo(file: string, crew: Crew = crewOf()) {
  const log = createSweepLog(file, plan, warn);
  const standing = await runTrials({ plan, results: new Map(), crew, log, listener, signal });
  log.write({ type: 'end', complete: true, winner: rankTrials(plan, standing)[0]!.trial });
  log.close();
  return rankTrials(plan, standing);
}

describe('the log of a sweep', () => {
  const whole = path.join(folder, 'whole.jsonl');
  const ranked = sweepTo(whole);

  test('cut at any byte, it is gone on with to the same table and the same lines', async () => {
    const table = await ranked;
    const bytes = readFileSync(whole);
    const headerEnds = bytes.indexOf(0x0a) + 1;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: headerEnds, max: bytes.length }), async (cut) => {
        const file = path.join(folder, `cut-${++files}.jsonl`);
        writeFileSync(file, bytes.subarray(0, cut));
        const known = readSweepFile(file);
        const log = resumeSweepLog(file, plan, known, warn);
        const crew = crewOf();
        const standing = await runTrials({ plan, results: known.results, crew, log, listener, signal });
        log.write({ type: 'end', complete: true, winner: table[0]!.trial });
        log.close();
        expect(rankTrials(plan, standing)).toEqual(table);
        // Nothing is computed twice.
        expect(
          crew.done.length +
            (
              bytes
                .subarray(0, cut)
                .toString()
                .match(/"measured".*\n/g) ?? []
            ).length,
        ).toBe(13);
        const lines = (text: string) => new Set(text.trimEnd().split('\n'));
        expect(lines(readFileSync(file, 'utf8'))).toEqual(lines(bytes.toString()));
      }),
      { numRuns: 40 },
    );
  });

  test('of another sweep, or with two results for one run that differ, is not gone on with', async () => {
    await ranked;
    const text = readFileSync(whole, 'utf8');
    const other = readSweep(new TextEncoder().encode(text.replace('"seed":1', '"seed":2')), 'other.jsonl');
    expect(() => resumeSweepLog('other.jsonl', plan, other, warn)).toThrow(
      /^other.jsonl: is the log of a sweep with other seed \(2, not 1\)/,
    );
    const drawn = readSweep(
      new TextEncoder().encode(text.replace('"alpha":0.1', '"alpha":0.15')),
      'old.jsonl',
    );
    expect(() => resumeSweepLog('old.jsonl', plan, drawn, warn)).toThrow('its trial 1 has other settings');
    const line = text.split('\n').find((one) => one.includes('"measured"'))!;
    const id = JSON.parse(line).parametersSha256;
    const wrong = line.replace(`"parametersSha256":"${id}"`, `"parametersSha256":"${'f'.repeat(64)}"`);
    expect(() => readSweep(new TextEncoder().encode(`${text}${wrong}\n`), 'two.jsonl')).toThrow(
      'two results with different bits',
    );
    expect(() => createSweepLog(whole, plan, warn)).toThrow('exists: go on with --resume');
  });
});

test('results of a worker that computed wrong bits do not count, and are computed by others', async () => {
  const straight = await sweepTo(path.join(folder, 'straight.jsonl'));
  let hasLied = false;
  const crew = crewOf((task, told) => {
    // In the first rung a bad worker gives the best result; it is found out in the second.
    if (task.rung === 1 && !hasLied) {
      hasLied = true;
      const { dev, ...result } = resultOf(task, 'bad') as Extract<TaskResult, { type: 'measured' }>;
      told.onResult({ ...result, dev: { ...dev, accuracy: 1 }, parametersSha256: 'e'.repeat(64) });
    } else if (task.rung === 2) told.onDistrusted?.('bad');
  });
  const file = path.join(folder, 'distrusted.jsonl');
  const strip = (rows: typeof straight) => rows.map(({ trial, rung, dev }) => ({ trial, rung, dev }));
  expect(strip(await sweepTo(file, crew))).toEqual(strip(straight));
  const { results } = readSweepFile(file);
  expect([...results.values()].filter(({ worker }) => worker === 'bad')).toEqual([]);
});

test('what failed for want of memory is tried again with --resume; what diverged is not', async () => {
  const file = path.join(folder, 'memory.jsonl');
  const crew: Crew = {
    ...crewOf(),
    async run(tasks, told) {
      for (const { id, trial } of tasks) {
        const reason = trial === 1 ? '3 processes died over it: SIGKILL' : 'it diverged';
        told.onResult({
          type: 'failed',
          id,
          worker: 'w',
          seconds: 0,
          reason,
          ...(trial === 1 && { ofMachine: true }),
        });
      }
    },
  };
  await sweepTo(file, crew);
  expect(readSweepFile(file).results.size).toBe(8);
});

test('fresh runs have seeds that no trial had, and those that are known are not run again', async () => {
  const [winner] = await sweepTo(path.join(folder, 'fresh.jsonl'));
  const log = { write: () => undefined, close: () => undefined };
  const common = { plan, crew: crewOf(), log, listener, signal, winner: winner!, iterations: 270, count: 3 };
  const runs = await runFresh({ ...common, known: [] });
  expect(runs.map(({ seed }) => seed)).toEqual([2, 3, 4]);
  const crew = crewOf();
  const known = [{ type: 'winner', trial: winner!.trial, ...runs[1]! } as const];
  expect(await runFresh({ ...common, crew, known })).toEqual(runs);
  expect(crew.done).toHaveLength(2);
});
