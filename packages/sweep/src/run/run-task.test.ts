import { buildRun, Dataset, type GivenSettings, parametersSha256, train } from '@longhand/core';
import { decodeModel } from '@longhand/core/files';
import { createRandom } from '@longhand/core/maths';
import { describe, expect, test } from 'vitest';
import type { RunSettings, StateStore, Task } from '../task.js';
import { fingerprintOf } from './fingerprint.js';
import { runTask } from './run-task.js';
import { taskFrom } from './task-from.js';
import { taskId } from './task-id.js';

const EXAMPLES = 120;
const SIDE = 4;

/** Pictures whose class can be told from their pixels, and not too easily. */
const dataset = (() => {
  const random = createRandom(7, 'examples');
  const labels = Uint8Array.from({ length: EXAMPLES }, () => random.below(3));
  const pixels = new Uint8Array(EXAMPLES * SIDE * SIDE).map((_, at) => {
    const lit = labels[Math.floor(at / (SIDE * SIDE))] === (at % (SIDE * SIDE)) % 3;
    return random.below(lit ? 256 : 160);
  });
  return new Dataset({ pixels, labels, width: SIDE, height: SIDE, classNames: ['a', 'b', 'c'] });
})();

const FINGERPRINT = fingerprintOf(dataset);

function settingsFor(given: GivenSettings): { settings: RunSettings; iterations: number } {
  const { settings, iterations } = buildRun({ settings: { hidden: [5], dev: 30, ...given }, dataset });
  const { threads: _, ...own } = settings;
  return { settings: own, iterations };
}

function taskOf(settings: RunSettings, until: number, after?: string): Task {
  const id = taskId({ settings, data: FINGERPRINT, until });
  return {
    id,
    trial: 1,
    repetition: 1,
    rung: 1,
    settings,
    until,
    data: FINGERPRINT,
    ...(after && { after }),
  };
}

function memoryStore(): StateStore & { readonly states: Map<string, Uint8Array> } {
  const states = new Map<string, Uint8Array>();
  return {
    states,
    load: async (id) => states.get(id),
    save: async (id, state) => void states.set(id, state),
    remove: async (ids) => {
      for (const id of ids) states.delete(id);
    },
  };
}

const outcomeOf = async (task: Task, store: StateStore = memoryStore()) => {
  const { seconds, ...outcome } = await runTask(task, { dataset, threads: 0, store });
  expect(seconds).toBeGreaterThanOrEqual(0);
  return outcome;
};

/** Runs a task until it was asked for progress so many times, and saves its state. */
async function interrupted(task: Task, store: StateStore, afterSteps: number): Promise<void> {
  const controller = new AbortController();
  let steps = 0;
  const onProgress = () => {
    if (++steps === afterSteps) controller.abort(new Error('killed'));
  };
  await expect(
    runTask(task, { dataset, threads: 0, store, signal: controller.signal, onProgress }),
  ).rejects.toThrow('killed');
}

const RUNS: Readonly<Record<string, GivenSettings>> = {
  'full batches': { iterations: 60 },
  'mini-batches with a schedule': {
    ...{ batchSize: 16, epochs: 9, optimizer: 'nesterov', schedule: 'cosine', warmup: 2 },
  },
  'a mean of the parameters, and dropout': {
    ...{ batchSize: 16, epochs: 9, optimizer: 'adamw', weightAveraging: 5, dropout: 0.2, alpha: 0.01 },
  },
  'L-BFGS': { iterations: 40, optimizer: 'lbfgs' },
  'the plain maths': { iterations: 36, engine: 'maths', devEvery: 3 },
};

describe.each(Object.entries(RUNS))('a run with %s', (_, given) => {
  const { settings, iterations } = settingsFor(given);
  const ends = [Math.ceil(iterations / 9), Math.ceil(iterations / 3), iterations];

  test('in one task is the run itself', async () => {
    const { network, training, options } = buildRun({ settings, dataset });
    const run = train(network, training, { ...options, threads: 0 });
    let last: object = {};
    for await (const step of run) last = step;
    const { dev, ...measured } = last as { dev: object; examples: number; loss: number; accuracy: number };
    expect(await outcomeOf(taskOf(settings, iterations))).toMatchObject({
      ...{ type: 'measured', updates: iterations, parametersSha256: await parametersSha256(run.network) },
      ...{ dev, train: { loss: measured.loss, accuracy: measured.accuracy, examples: measured.examples } },
    });
  });

  test('in three rungs comes to the same bits as in one', async () => {
    const store = memoryStore();
    let after: string | undefined;
    for (const until of ends) {
      const task = taskOf(settings, until, after);
      const rung = await outcomeOf(task, store);
      expect(rung).toEqual(await outcomeOf(taskOf(settings, until)));
      expect(store.states.has(task.id)).toBe(until < iterations && settings.engine === 'wasm');
      after = task.id;
    }
  });

  test('killed at any step, once or twice, comes to the same bits', async () => {
    const task = taskOf(settings, ends[1]!);
    const whole = await outcomeOf(task);
    for (const step of [1, 2]) {
      const store = memoryStore();
      await interrupted(task, store, step);
      if (step === 1) await interrupted(task, store, step);
      expect(await outcomeOf(task, store)).toEqual(whole);
      // Killed between its end and the moment when somebody hears of it.
      expect(await outcomeOf(task, store)).toEqual(whole);
    }
  });

  test('a state that is damaged, or of another run, is not used', async () => {
    const task = taskOf(settings, iterations);
    const whole = await outcomeOf(task);
    const store = memoryStore();
    await interrupted(task, store, 1);
    for (const [id, state] of store.states)
      store.states.set(id, state.with(state.length - 1, 255 - state.at(-1)!));
    expect(await outcomeOf(task, store)).toEqual(whole);
    const other = taskOf({ ...settings, seed: 99 }, ends[0]!);
    await outcomeOf(other, store);
    expect(await outcomeOf({ ...task, after: other.id }, store)).toEqual(whole);
  });
});

test('early stopping before the end of a rung ends the run; the next rung has the same result', async () => {
  const { settings, iterations } = settingsFor({ iterations: 400, alpha: 3, patience: 2 });
  const whole = await outcomeOf(taskOf(settings, iterations));
  if (whole.type !== 'measured') throw new Error(whole.reason);
  expect(whole.updates).toBeLessThan(iterations);
  for (const shift of [-11, -10, -1, 0, 1, 10]) {
    const until = whole.updates + shift;
    const store = memoryStore();
    const first = taskOf(settings, until);
    const { id, ...ended } = await outcomeOf(first, store);
    const { id: wholeId, ...expected } = whole;
    expect([id, wholeId]).toEqual([first.id, taskOf(settings, iterations).id]);
    if (until >= whole.updates) expect(ended).toEqual(expected);
    expect(await outcomeOf(taskOf(settings, iterations, id), store)).toEqual(whole);
  }
});

test('a task that keeps its model puts it where its state was, with its outcome, and goes on from neither', async () => {
  const { settings, iterations } = settingsFor({ epochs: 40, batchSize: 10, patience: 5 });
  const plain = taskOf(settings, iterations);
  const task: Task = { ...plain, keepsModel: true };
  const store = memoryStore();
  const outcome = await outcomeOf(task, store);
  expect(outcome).toEqual(await outcomeOf(plain));
  const { network, record } = decodeModel(store.states.get(task.id)!, 'model');
  const {
    type: _,
    curve: _c,
    parametersSha256: sha256,
    ...figures
  } = outcome as Extract<typeof outcome, { type: 'measured' }>;
  expect(await parametersSha256(network)).toBe(sha256);
  const { id: _i, ...known } = figures;
  expect(record.results).toMatchObject({ ...known, stopReason: 'patience' });
  expect(record.results.iterations).toBeLessThan(known.updates);
  expect(await outcomeOf(task, store)).toEqual(outcome);
});

test('a run that diverges, or does not fit the data, has failed, and says why', async () => {
  const wild = settingsFor({ iterations: 50, alpha: 1e6, weightDecay: 1 });
  expect(await outcomeOf(taskOf(wild.settings, 50))).toMatchObject({
    type: 'failed',
    reason: expect.stringContaining('is not finite'),
  });
  const { settings } = settingsFor({ iterations: 50 });
  expect(await outcomeOf(taskOf({ ...settings, variants: 1 }, 50))).toMatchObject({
    type: 'failed',
    reason: expect.stringContaining('pictures of 28 × 28'),
  });
});

test('a store that cannot be written ends the task, and is no result of it', async () => {
  const { settings } = settingsFor({ iterations: 50 });
  const store: StateStore = { ...memoryStore(), save: () => Promise.reject(new Error('the disk is full')) };
  await expect(runTask(taskOf(settings, 20), { dataset, threads: 0, store })).rejects.toThrow(
    'the disk is full',
  );
});

describe('a task from elsewhere', () => {
  const { settings } = settingsFor({ iterations: 50 });
  const good = taskOf(settings, 20);
  const read = (change: object) => taskFrom(JSON.parse(JSON.stringify({ ...good, ...change })));

  test('is read as it was', () => {
    expect(read({})).toEqual(good);
    expect(read({ keepsModel: true })).toEqual({ ...good, keepsModel: true });
    expect(read({ after: good.id })).toEqual({ ...good, after: good.id });
  });

  test.each([
    [{ id: 'abc' }, 'task: id: expected 64 hexadecimal digits, found "abc"'],
    [{ trial: 0 }, 'task: trial: expected an integer from 1'],
    [{ until: '20' }, 'task: until: expected an integer from 1 to 1,000,000,000, found "20"'],
    [{ until: 21 }, 'task: id: expected'],
    [{ data: null }, 'task: data: expected 64 hexadecimal digits, found null'],
    [{ keepsModel: 'yes' }, 'task: keepsModel: expected true, found "yes"'],
    [{ code: 'x' }, 'task: code: expected no such field'],
    [{ settings: [] }, 'task: settings: expected an object, found []'],
    [{ settings: { ...settings, threads: 2 } }, 'task: settings.threads: expected no such setting'],
    [{ settings: { ...settings, alpha: -1 } }, 'task: settings: alpha: expected a number greater than 0'],
    [{ settings: { ...settings, alpha: null } }, 'task: settings: alpha: expected a number'],
    [{ settings: { ...settings, seed: undefined } }, 'task: settings.seed: expected a value, found nothing'],
    [{ settings: { ...settings, epochs: 3 } }, 'task: settings: expected either iterations or epochs'],
    [{ settings: { ...settings, minutes: 1 } }, 'task: settings.minutes: expected none'],
    [{ settings: { ...settings, stepEvery: 3 } }, 'task: settings: stepEvery 3: needs schedule step'],
  ])('a wrong one is refused in one line (%#)', (change, message) => {
    const line = (() => {
      try {
        return String(read(change));
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(line).toContain(message);
    expect(line).not.toContain('\n');
  });
});
