import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { EngineError } from '../../errors.js';
import { createNetwork } from '../../maths/network.js';
import { realDigits } from '../cases.test.support.js';
import { createEngine } from './create-engine.js';
import type { EngineOptions } from './engine.js';
import { createPredictor } from './predictor.js';
// Loaded before the timers are stopped: createEngine loads them when it needs them.
import '../threads/own-thread.js';
import '../threads/remote-backend.js';

const network = createNetwork({ layers: [784, 10, 10], seed: 1 });
const digits = realDigits(600);
const workerUrl = new URL('../threads/longhand-worker.js', import.meta.url);
const nowhere = new URL('./nowhere.js', import.meta.url);

async function trained(options: EngineOptions): Promise<{ threads: number; W: Float64Array }> {
  const engine = await createEngine(network, options);
  const examples = await engine.load(digits, { fullBatches: true });
  const batches = Array.from({ length: 3 }, () => ({ from: 0, to: digits.length }));
  await engine.descend(examples, { alpha: 0.1, batches });
  const { threads } = engine;
  const { W } = engine.network().layers[0]!;
  await engine.dispose();
  return { threads, W: W.data };
}

let warn: MockInstance<typeof console.warn>;

beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
});

test('no worker can be started: the calling thread computes the same bits, and one warning says so', async () => {
  const expected = await trained({ threads: 0 });
  expect(warn).not.toHaveBeenCalled();
  for (let times = 0; times < 2; times++) {
    expect(await trained({ threads: 2, worker: nowhere })).toEqual(expected);
  }
  const refused = { threads: 2, spawn: () => Promise.reject(new Error('not permitted')) };
  expect(await trained(refused)).toEqual(expected);
  expect(expected.threads).toBe(0);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(String(warn.mock.calls[0])).toMatch(/threads: 0.*nowhere\.js.*@longhand\/core\/worker/);
});

describe.each([
  ['a pool of workers on shared memory', true],
  ['one worker with a memory of its own', false],
])('%s', (_, isolated) => {
  test('a worker that starts and never answers: the calling thread computes after 10 s, and the worker ends', async () => {
    vi.stubGlobal('crossOriginIsolated', isolated);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const terminate = vi.fn();
      const silent = () => ({ onmessage: null, onerror: null, postMessage: () => undefined, terminate });
      const network2 = createNetwork({ layers: [784, 10, 10], seed: 2 });
      const starting = createEngine(network2, { threads: 1, worker: silent });
      let isStarted = false;
      void starting.then(() => {
        isStarted = true;
      });
      await vi.advanceTimersByTimeAsync(9900);
      expect([isStarted, terminate.mock.calls.length]).toEqual([false, 0]);
      await vi.advanceTimersByTimeAsync(200);
      const engine = await starting;
      expect(engine.threads).toBe(0);
      expect(terminate).toHaveBeenCalled();
      await engine.dispose();
    } finally {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    }
  });

  test('an engine that starts leaves no timer behind', async () => {
    vi.stubGlobal('crossOriginIsolated', isolated);
    const cleared = vi.spyOn(globalThis, 'clearTimeout');
    const engine = await createEngine(network, { threads: 1 });
    expect([engine.threads, cleared.mock.calls.length > 0]).toEqual([1, true]);
    await engine.dispose();
    vi.unstubAllGlobals();
  });
});

test.each<[string, NonNullable<EngineOptions['worker']>]>([
  ['its address', workerUrl.href],
  ['a URL', workerUrl],
  ['a function that makes it', () => new Worker(workerUrl)],
])('the worker can be given: %s', async (_, worker) => {
  expect(await trained({ threads: 2, worker })).toMatchObject({ threads: 2 });
  expect(warn).not.toHaveBeenCalled();
});

describe('WebAssembly that may not compile', () => {
  test('is one EngineError that says what to add to the policy; the maths needs none', async () => {
    vi.spyOn(WebAssembly, 'Module').mockImplementation(function refuse() {
      throw new WebAssembly.CompileError('code generation disallowed by embedder');
    });
    await expect(createEngine(network, { threads: 2 })).rejects.toThrow(EngineError);
    await expect(createEngine(network, { threads: 0 })).rejects.toThrow(
      /'wasm-unsafe-eval'.*engine: 'maths'/,
    );
    expect(() => createPredictor(network)).toThrow(/'wasm-unsafe-eval'/);
    expect(createPredictor(network, { engine: 'maths' }).predict(digits.pixels(0))).toHaveLength(10);
    expect(warn).not.toHaveBeenCalled();
  });

  test('is another error where SIMD is missing', () => {
    vi.spyOn(WebAssembly, 'Module').mockImplementation(function refuse() {
      throw new WebAssembly.CompileError('invalid opcode 0xfd');
    });
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    expect(() => createPredictor(network)).toThrow(/no SIMD.*newer version/);
  });

  test('no address space for its memory: an EngineError that says so', async () => {
    vi.spyOn(WebAssembly, 'Memory').mockImplementation(function refuse() {
      throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    });
    expect(() => createPredictor(network)).toThrow(EngineError);
    await expect(createEngine(network, { threads: 2 })).rejects.toThrow(/address space.*engine: 'maths'/);
  });

  test('and WebAssembly that is switched off: an EngineError', () => {
    vi.stubGlobal('WebAssembly', undefined);
    try {
      expect(() => createPredictor(network)).toThrow(EngineError);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
