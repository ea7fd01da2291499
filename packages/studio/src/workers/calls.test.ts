import * as core from '@longhand/core';
import { afterEach, describe, expect, test } from 'vitest';
import { type Call, WorkerCalls } from './calls.js';
import { packError, unpackError } from './error-message.js';
import { serve, withTransfer } from './serve.js';

const methods = {
  double: (value: number) => 2 * value,
  fill(length: number): Float64Array {
    const filled = new Float64Array(length).fill(1);
    last = filled;
    return withTransfer(filled, [filled.buffer]);
  },
  async countTo(end: number, { report, signal }: Call<number>): Promise<number> {
    for (let k = 1; k <= end; k++) {
      if (signal.aborted) return k - 1;
      report(k);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return end;
  },
  never: () => new Promise<void>(() => undefined),
  fail(kind: 'data' | 'diverged' | 'defect'): void {
    if (kind === 'data') throw new core.DataError('a.csv: line 3 is empty');
    if (kind === 'diverged') throw new core.DivergenceError({ iteration: 7, symbol: 'Z¹', cause: 'α = 50' });
    throw new RangeError('a defect');
  },
};
/** What `fill` gave away, as the worker still has it. */
let last: Float64Array | undefined;
const ports: MessagePort[] = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** A channel in place of a worker: one end serves, the other is called. */
function calls(): WorkerCalls<typeof methods> {
  return new WorkerCalls<typeof methods>(() => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serve(methods, port1);
    port1.start();
    port2.start();
    return Object.assign(port2, { terminate: () => port2.close() }) as unknown as Worker;
  }, 'not loaded');
}

test('a call resolves to what the method returns, several at a time', async () => {
  const worker = calls();
  expect(worker.isRunning).toBe(false);
  expect(await Promise.all([worker.call('double', 4), worker.call('double', 5)])).toEqual([8, 10]);
  expect(worker.isRunning).toBe(true);
});

test('reports arrive before the result', async () => {
  const reports: number[] = [];
  expect(await calls().call('countTo', 3, { onReport: (k) => reports.push(k) })).toBe(3);
  expect(reports).toEqual([1, 2, 3]);
});

test('a method hears that its call was cancelled', async () => {
  const cancelling = new AbortController();
  const onReport = (k: number) => k === 2 && cancelling.abort();
  expect(await calls().call('countTo', 1000, { onReport, signal: cancelling.signal })).toBeLessThan(1000);
  const cancelled = AbortSignal.abort();
  expect(await calls().call('countTo', 1000, { signal: cancelled })).toBeLessThan(1000);
});

test('buffers are given away where the method says so', async () => {
  const filled = await calls().call('fill', 3);
  expect([...filled]).toEqual([1, 1, 1]);
  expect(last).toHaveLength(0);
});

describe('errors', () => {
  test('keep their class and what they know', async () => {
    const worker = calls();
    await expect(worker.call('fail', 'data')).rejects.toThrow(core.DataError);
    await expect(worker.call('fail', 'data')).rejects.toThrow('a.csv: line 3 is empty');
    const diverged = await worker.call('fail', 'diverged').catch((error: unknown) => error);
    expect(diverged).toBeInstanceOf(core.DivergenceError);
    expect(diverged).toMatchObject({ iteration: 7, symbol: 'Z¹', cause: 'α = 50' });
  });

  test('that are defects are no LonghandError', async () => {
    const defect = await calls()
      .call('fail', 'defect')
      .catch((error: unknown) => error);
    expect(defect).toBeInstanceOf(Error);
    expect(defect).not.toBeInstanceOf(core.LonghandError);
    expect((defect as Error).message).toBe('a defect');
  });

  test('of every class that core exports arrive as that class', () => {
    const classes = Object.values(core).filter(
      (value): value is typeof core.LonghandError =>
        typeof value === 'function' && value.prototype instanceof core.LonghandError,
    );
    expect(classes.length).toBeGreaterThanOrEqual(6);
    for (const Class of classes) {
      const error: unknown = Reflect.construct(Class, [{ setting: 'alpha', expected: ['a number'] }]);
      expect(unpackError(structuredClone(packError(error))), Class.name).toBeInstanceOf(Class);
    }
  });
});

test('calls without an answer are rejected when the worker is ended, and the next starts another', async () => {
  const worker = calls();
  const waiting = worker.call('never', undefined);
  worker.end();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  expect(worker.isRunning).toBe(false);
  expect(await worker.call('double', 1)).toBe(2);
});
