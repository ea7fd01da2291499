import { describe, expect, test } from 'vitest';
import { EngineError, RunError } from '../errors.js';
import { network, training } from './stripes.test.support.js';
import { train } from './train.js';
import type { TrainingRun } from './training-run.js';

describe.each(['maths', 'wasm'] as const)('dispose of a run with the engine %s', (engine) => {
  test('between two steps: it keeps the network, and gives no further step', async () => {
    const run = train(network, training, { engine, iterations: 1000, alpha: 0.1 });
    const steps = run[Symbol.asyncIterator]();
    await steps.next();
    await steps.next();
    const { W } = run.network.layers[0]!;
    await run.dispose();
    expect(run.network.layers[0]!.W).toEqual(W);
    expect(await steps.next()).toMatchObject({ done: true });
    await expect(run.checkpoint()).rejects.toThrow(RunError);
  });

  test('before the first step: it cannot be started any more', async () => {
    const run = train(network, training, { engine });
    await run.dispose();
    await expect(run[Symbol.asyncIterator]().next()).rejects.toThrow(RunError);
  });

  test('is what `await using` calls', async () => {
    let kept: TrainingRun;
    {
      await using run = train(network, training, { engine, iterations: 1000 });
      kept = run;
      await run[Symbol.asyncIterator]().next();
    }
    await expect(kept.checkpoint()).rejects.toThrow(RunError);
  });
});

test('dispose of a run while a step is computed: the step rejects', async () => {
  const run = train(network, training, { iterations: 1_000_000, reportEvery: 1_000_000 });
  const steps = run[Symbol.asyncIterator]();
  await steps.next();
  const step = steps.next();
  const outcome = step.catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await run.dispose();
  expect(await outcome).toBeInstanceOf(EngineError);
});
