import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Task } from '../task.js';
import type { JobAnswer } from './job-payload.js';
import { createPiece, dropWorker, giveUnverified, openCopies, takeAnswer } from './ledger.js';
import { isVerified } from './verification.js';

const TASK = { id: 'ab'.repeat(32), trial: 1 } as Task;
const NOBODY = new Set<string>();

function answer(worker: string, bits = 'right', workers = [worker]): JobAnswer {
  const measure = { examples: 1, loss: 1, accuracy: 1 };
  const outcome = { type: 'measured', updates: 1, parametersSha256: bits, dev: measure, curve: [] } as const;
  return { outcome, seconds: worker.length, worker, workers };
}

test('a task that is not verified is settled by its first answer, and a second changes nothing', () => {
  const piece = createPiece(TASK, false);
  expect(takeAnswer(piece, 1, answer('a'), NOBODY)).toMatchObject({
    type: 'settled',
    result: { worker: 'a' },
  });
  expect(takeAnswer(piece, 1, answer('b'), NOBODY)).toEqual({ type: 'nothing' });
});

test('a task that is verified asks another worker, and is settled when both agree, whatever time they took', () => {
  const piece = createPiece(TASK, true);
  expect(takeAnswer(piece, 1, answer('a'), NOBODY)).toEqual({ type: 'ask', copy: 2, except: ['a'] });
  expect(takeAnswer(piece, 2, answer('bbb'), NOBODY)).toMatchObject({ type: 'settled', wrong: [] });
});

test('a worker cannot confirm itself', () => {
  const piece = createPiece(TASK, true);
  takeAnswer(piece, 1, answer('a'), NOBODY);
  expect(takeAnswer(piece, 2, answer('a'), NOBODY)).toEqual({ type: 'ask', copy: 3, except: ['a'] });
});

test('of three answers, two that agree count', () => {
  const piece = createPiece(TASK, true);
  takeAnswer(piece, 1, answer('a', 'wrong'), NOBODY);
  expect(takeAnswer(piece, 2, answer('b'), NOBODY)).toEqual({ type: 'ask', copy: 3, except: ['a', 'b'] });
  const step = takeAnswer(piece, 3, answer('c'), NOBODY);
  expect(step).toMatchObject({ type: 'settled', result: { worker: 'b' }, wrong: [{ worker: 'a' }] });
});

test('with at most one wrong worker, the right bits are given and it alone is blamed', () => {
  const orders = fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 3 });
  fc.assert(
    fc.property(orders, fc.constantFrom('a', 'b', 'c', 'nobody'), (order, wrong) => {
      const piece = createPiece(TASK, true);
      for (const [index, worker] of order.entries()) {
        const step = takeAnswer(
          piece,
          index + 1,
          answer(worker, worker === wrong ? 'wrong' : 'right'),
          NOBODY,
        );
        if (step.type !== 'settled') continue;
        expect(step.result).toMatchObject({ parametersSha256: 'right' });
        expect(step.wrong.map((one) => one.worker)).toEqual(
          order.slice(0, index + 1).filter((one) => one === wrong),
        );
        return;
      }
      expect.unreachable('three answers settle it');
    }),
  );
});

test('what a worker that was left out had a part in is computed again', () => {
  const piece = createPiece(TASK, false);
  takeAnswer(piece, 1, answer('b', 'x', ['a', 'b']), NOBODY);
  expect(dropWorker(piece, 'c')).toEqual([]);
  expect(dropWorker(piece, 'a')).toEqual([1]);
  expect(openCopies(piece)).toEqual([1]);
  expect(takeAnswer(piece, 1, answer('b', 'x', ['a', 'b']), new Set(['a']))).toEqual({ type: 'repeat' });
  expect(takeAnswer(piece, 1, answer('b'), new Set(['a']))).toMatchObject({ type: 'settled' });
});

test('a result that nobody can verify is given as it is', () => {
  const piece = createPiece(TASK, true);
  expect(giveUnverified(piece)).toEqual({ type: 'nothing' });
  takeAnswer(piece, 1, answer('a'), NOBODY);
  expect(giveUnverified(piece)).toMatchObject({ type: 'settled', result: { worker: 'a' } });
});

test('a share of tasks is verified: always the same ones, and about as many as asked', () => {
  const ids = Array.from({ length: 2000 }, (_, index) => index.toString(16).padStart(64, '0'));
  const chosen = (share: number, seed: number) => ids.filter((id) => isVerified(id, share, seed));
  expect(chosen(0, 1)).toEqual([]);
  expect(chosen(1, 1)).toEqual(ids);
  expect(chosen(0.05, 1)).toEqual(chosen(0.05, 1));
  expect(chosen(0.05, 1)).not.toEqual(chosen(0.05, 2));
  expect(Math.abs(chosen(0.05, 1).length - 100)).toBeLessThan(35);
});
