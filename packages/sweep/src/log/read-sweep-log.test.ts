import { DataError } from '@longhand/core/errors';
import { describe, expect, test } from 'vitest';
import { createSweepLogReader, readSweepLog } from './read-sweep-log.js';

const SHA = 'ab'.repeat(32);
const HEADER = {
  ...{ type: 'sweep', version: 1, data: 'MNIST', fingerprint: SHA },
  ...{ layers: { inputs: 784, outputs: 10 }, examples: 60_000, settings: { hidden: [10] } },
  vary: [{ name: 'alpha', kind: 'range', from: 0.01, to: 1, isLog: true }],
  ...{ strategy: 'random', trials: 2, repeat: 1, seed: 1 },
};
const TRIAL = { type: 'trial', trial: 1, settings: { alpha: 0.1 } };
const MEASURED = {
  ...{ type: 'measured', id: SHA, trial: 1, repetition: 1, rung: 1, until: 500, updates: 500 },
  ...{ worker: 'a', seconds: 1, parametersSha256: SHA, dev: { examples: 1000, loss: 0.5, accuracy: 0.84 } },
  curve: [{ iteration: 500, loss: 0.5, dev: { loss: 0.5, accuracy: 0.84 } }],
};
const FAILED = {
  ...{ type: 'failed', id: 'f', trial: 2, repetition: 1, rung: 1, until: 500, worker: 'b', seconds: 1 },
  reason: 'diverged',
};
const WINNER = { type: 'winner', trial: 1, seed: 1, parametersSha256: SHA, dev: MEASURED.dev };
const END = { type: 'end', complete: true, winner: 1 };
const textOf = (...lines: object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('the log of a sweep', () => {
  test('is read line by line', () => {
    const sweep = readSweepLog('s.jsonl', textOf(HEADER, TRIAL, MEASURED, FAILED, WINNER, END));
    expect(sweep.header.trials).toBe(2);
    expect([...sweep.trials]).toEqual([[1, { alpha: 0.1 }]]);
    expect(sweep.results.map(({ type, trial }) => [type, trial])).toEqual([
      ['measured', 1],
      ['failed', 2],
    ]);
    expect(sweep.winners).toHaveLength(1);
    expect(sweep.end?.complete).toBe(true);
  });

  test('may be cut off in its last line, which then does not count', () => {
    const whole = textOf(HEADER, TRIAL);
    const cut = whole + textOf(MEASURED).slice(0, 50);
    expect(readSweepLog('s.jsonl', cut)).toEqual(readSweepLog('s.jsonl', whole));
  });

  test('grows: in whatever pieces it comes, the same is read', () => {
    const text = textOf(HEADER, TRIAL, MEASURED, FAILED, END);
    const reader = createSweepLogReader('s.jsonl');
    expect(reader.sweep).toBeUndefined();
    for (let at = 0; at < text.length; at += 7) reader.add(text.slice(at, at + 7));
    expect(reader.sweep).toEqual(readSweepLog('s.jsonl', text));
  });

  test('drops the results of a worker that computed wrong bits, also those it had a part in', () => {
    const shared = { ...MEASURED, worker: 'a', workers: ['b', 'a'] };
    const lines = [HEADER, TRIAL, MEASURED, shared, FAILED, { type: 'distrusted', worker: 'b' }];
    expect(readSweepLog('s.jsonl', textOf(...lines)).results).toEqual([MEASURED]);
  });

  test.each([
    ['is empty', '', 's.jsonl: is empty'],
    ['does not begin with its header', textOf(TRIAL), 'line 1 is not part'],
    ['has two headers', textOf(HEADER, HEADER), 'line 2 is not part'],
    ['is no JSON', `${textOf(HEADER)}nonsense\n`, 'line 2 is not part of a sweep’s log, found "nonsense"'],
    ['is of another version', textOf({ ...HEADER, version: 2 }), 'line 1'],
    ['has a result without dev', textOf(HEADER, { ...MEASURED, dev: null }), 'line 2'],
    ['has a result without a curve', textOf(HEADER, { ...MEASURED, curve: 1 }), 'line 2'],
    ['has a trial without a number', textOf(HEADER, { ...TRIAL, trial: 'x' }), 'line 2'],
    ['has a line of another type', textOf(HEADER, { type: 'step' }), 'line 2'],
    ['varies something without values', textOf({ ...HEADER, vary: [{ name: 'alpha' }] }), 'line 1'],
  ])('that %s is refused in one line', (_, text, message) => {
    const read = () => readSweepLog('s.jsonl', text);
    expect(read).toThrow(DataError);
    expect(read).toThrow(message);
  });
});
