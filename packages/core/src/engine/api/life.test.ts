import { spawnSync } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import workerThreads from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { EngineError } from '../../errors.js';
import { createNetwork } from '../../maths/network.js';
import { realDigits } from '../cases.test.support.js';
import { spawnWorker } from '../threads/spawn.js';
import type { SpawnWorker } from '../threads/worker-handle.js';
import { createEngine } from './create-engine.js';
import type { Engine } from './engine.js';

const network = createNetwork({ layers: [784, 10, 10], seed: 1 });
const engines: Engine[] = [];

async function started(threads: number): Promise<Engine> {
  const engine = await createEngine(network, { threads });
  engines.push(engine);
  return engine;
}

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.dispose();
});

/** Full-batch passes over the examples, for one call. */
function passes(count: number, length: number): { from: number; to: number }[] {
  return Array.from({ length: count }, () => ({ from: 0, to: length }));
}

/** Gives a test the workers that the engine starts in Node. */
async function withWorkers<Result>(
  use: (workers: workerThreads.Worker[]) => Promise<Result>,
): Promise<Result> {
  const { Worker } = workerThreads;
  const workers: workerThreads.Worker[] = [];
  workerThreads.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      workers.push(this);
    }
  };
  syncBuiltinESMExports();
  try {
    return await use(workers);
  } finally {
    workerThreads.Worker = Worker;
    syncBuiltinESMExports();
  }
}

test('the caller can start the workers, and one that it reports as dead ends the engine', async () => {
  const reports: ((reason: string) => void)[] = [];
  const spawn: SpawnWorker = (listener) => {
    reports.push(listener.onFailure);
    return spawnWorker(listener);
  };
  const engine = await createEngine(network, { threads: 2, spawn });
  engines.push(engine);
  expect(reports).toHaveLength(2);
  const examples = await engine.load(realDigits(500));
  expect(await engine.measure(examples)).toMatchObject({ examples: 500 });
  reports[1]!('its page was closed');
  await expect(engine.measure(examples)).rejects.toThrow('worker 2 of 2 died: its page was closed');
});

describe('a worker that dies', () => {
  test.each([1, 2, 3])(
    'of %i: the running call and all later ones reject, and the others end too',
    async (threads) => {
      await withWorkers(async (workers) => {
        const engine = await started(threads);
        expect(workers).toHaveLength(threads);
        const examples = await engine.load(realDigits(5000));
        const ends = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
        const alpha = 0.1;
        const running = engine.descend(examples, { alpha, batches: passes(100_000, 5000) });
        const outcome = running.then(
          () => 'finished',
          (error: unknown) => error,
        );
        await wait(100);
        await workers.at(-1)!.terminate();
        const error = await outcome;
        expect(error).toBeInstanceOf(EngineError);
        expect((error as Error).message).toContain('died');
        await Promise.all(ends);
        await expect(engine.measure(examples)).rejects.toThrow(EngineError);
        await expect(engine.descend(examples, { alpha, batches: passes(1, 5000) })).rejects.toThrow('died');
        await expect(engine.load(realDigits(10))).rejects.toThrow(EngineError);
      });
    },
  );

  test('while it is idle: the next call rejects', async () => {
    await withWorkers(async (workers) => {
      const engine = await started(2);
      const examples = await engine.load(realDigits(100));
      await workers[0]!.terminate();
      await expect(engine.measure(examples)).rejects.toThrow('died');
    });
  });
});

describe('dispose', () => {
  test.each([0, 2])(
    'with %i threads: a running call rejects, later ones too; a second dispose does nothing',
    async (threads) => {
      const engine = await started(threads);
      const examples = await engine.load(realDigits(5000));
      const running = engine.descend(examples, { alpha: 0.1, batches: passes(100_000, 5000) });
      const outcome = running.then(
        () => 'finished',
        (error: unknown) => error,
      );
      await wait(100);
      await engine.dispose();
      expect(await outcome).toBeInstanceOf(EngineError);
      await expect(engine.measure(examples)).rejects.toThrow(EngineError);
      await engine.dispose();
    },
  );

  test('of examples: they can no longer be used, and their memory is used again', async () => {
    const engine = await started(0);
    const digits = realDigits(2000);
    const first = await engine.load(digits);
    const expected = await engine.measure(first);
    first.dispose();
    await expect(engine.measure(first)).rejects.toThrow(EngineError);
    expect(await engine.measure(await engine.load(digits))).toEqual(expected);
  });
});

describe('an idle engine', () => {
  test('uses no CPU time', async () => {
    const engine = await started(2);
    const examples = await engine.load(realDigits(1000));
    await engine.descend(examples, { alpha: 0.1, batches: passes(20, 1000) });
    await wait(200);
    const before = process.cpuUsage();
    await wait(1000);
    const { user, system } = process.cpuUsage(before);
    // One spinning thread would take 1,000 ms, two would take 2,000.
    expect((user + system) / 1000).toBeLessThan(300);
  });

  test.each([0, 1, 3])('with %i threads lets the process end, and a busy one does not', (threads) => {
    const program = `
      import { createEngine } from ${JSON.stringify(new URL('./create-engine.js', import.meta.url).href)};
      import { createNetwork } from ${JSON.stringify(new URL('../../maths/network.js', import.meta.url).href)};
      import { Dataset } from ${JSON.stringify(new URL('../../data/dataset.js', import.meta.url).href)};
      const engine = await createEngine(createNetwork({ layers: [9, 4, 2] }), { threads: ${threads} });
      const pixels = Uint8Array.from({ length: 9 * 600 }, (_, i) => i % 251);
      const labels = new Uint8Array(600);
      const data = new Dataset({ pixels, labels, width: 3, height: 3, classNames: ['a', 'b'] });
      const examples = await engine.load(data);
      const batches = Array.from({ length: 300 }, () => ({ from: 0, to: 600 }));
      engine.descend(examples, { alpha: 0.1, batches }).then((results) => console.log(results.length));
    `;
    const { stdout, stderr, status, signal } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { encoding: 'utf8', timeout: 120_000 },
    );
    expect({ stdout, stderr, status, signal }).toEqual({
      stdout: '300\n',
      stderr: '',
      status: 0,
      signal: null,
    });
  });
});

describe("the caller's event loop", () => {
  test.each([0, 2])('stays responsive while the engine computes, with %i threads', async (threads) => {
    const engine = await started(threads);
    const digits = realDigits(20_000);
    // How often others work in the meantime: after each slice. How long that takes is the machine's affair.
    let [turns, isOver] = [0, false];
    const count = () => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const examples = await engine.load(digits);
    await engine.descend(examples, { alpha: 0.1, batches: passes(100, digits.length) });
    await engine.measure(examples);
    isOver = true;
    expect(turns).toBeGreaterThan(10);
  });

  test('calls run one after the other', async () => {
    const engine = await started(2);
    const examples = await engine.load(realDigits(300));
    const batches = passes(3, 300);
    const [first, second] = await Promise.all([
      engine.descend(examples, { alpha: 0.1, batches }),
      engine.descend(examples, { alpha: 0.1, batches }),
    ]);
    const losses = [...first, ...second].map(({ loss }) => loss);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(new Set(losses).size).toBe(6);
  });
});

test('a network larger than WebAssembly can hold: an error that says how much memory, and for what', async () => {
  const wide = createNetwork({ layers: [1, 1, 2_000_000, 2], seed: 1 });
  const asked = createEngine(wide, { threads: 0 });
  await expect(asked).rejects.toThrow(EngineError);
  await expect(asked).rejects.toThrow(/block of examples.*asked for [\d,]{13,} bytes.*4 GiB/);
});
