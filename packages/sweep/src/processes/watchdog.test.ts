import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWatchdog } from './watchdog.js';

const TICKS = 5;
const WORK_MS = 100;

const watched = () => createWatchdog({ ticks: TICKS, workMs: WORK_MS });
const ticksOf = (dog: ReturnType<typeof watched>, count: number, between: () => void = () => undefined) =>
  Array.from({ length: count }, () => {
    between();
    return dog.tick();
  }).filter((said) => said !== undefined);

test('a process that answers nothing hangs after the last tick, whether it has a task or not', () => {
  for (const begin of [true, false]) {
    const dog = watched();
    if (begin) dog.begin();
    expect(ticksOf(dog, TICKS)).toEqual([]);
    expect(dog.tick()).toBe('no sign of life');
  }
});

test('one that answers, and whose threads compute, may take as long as it likes for a step', () => {
  const dog = watched();
  dog.begin();
  let cpuMs = 0;
  const compute = () => {
    // Less than enough between two ticks, and enough over all of them.
    cpuMs += WORK_MS / (TICKS - 1);
    dog.answer(cpuMs);
  };
  expect(ticksOf(dog, 20 * TICKS, compute)).toEqual([]);
});

test('one that answers, and computes nothing, hangs; without a task it only waits', () => {
  const dog = watched();
  const answer = () => dog.answer(50);
  expect(ticksOf(dog, 20 * TICKS, answer)).toEqual([]);
  dog.begin();
  expect(ticksOf(dog, TICKS, answer)).toEqual([]);
  expect(ticksOf(dog, 1, answer)).toEqual(['no progress, and nothing computed,']);
  dog.rest();
  expect(ticksOf(dog, 20 * TICKS, answer)).toEqual([]);
});

test('steps that come often enough are life, whatever the answers say', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: TICKS }), { maxLength: 30 }), (waits) => {
      const dog = watched();
      dog.begin();
      for (const wait of waits) {
        expect(ticksOf(dog, wait)).toEqual([]);
        dog.step();
      }
    }),
  );
});
