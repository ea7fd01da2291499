import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { describeOwner, isOfThisBoot, ownerFrom, stateOf, thisProcess } from './owner.js';

const own = thisProcess();

test('this process lives, also after its way through JSON', () => {
  const read = ownerFrom(JSON.stringify(own))!;
  expect(read).toEqual(own);
  expect(stateOf(read)).toBe('lives');
  expect(isOfThisBoot(read)).toBe(true);
  expect(describeOwner(read)).toBe(`process ${process.pid} on ${own.host}`);
});

test('a process that was killed has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const owner = { ...own, pid: child.pid!, started: '' };
  expect(stateOf(owner)).toBe('lives');
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  expect(stateOf(owner)).toBe('ended');
});

test('a later process with the same number is another one', (context) => {
  if (own.started === '') context.skip('this system does not say when a process was started');
  expect(stateOf({ ...own, started: '1' })).toBe('ended');
});

test('what ran before the machine was started has ended', () => {
  expect(stateOf({ ...own, boot: 'another' })).toBe('ended');
  expect(isOfThisBoot({ ...own, boot: 'another' })).toBe(false);
});

test('of other machines and containers nothing is known', () => {
  expect(stateOf({ ...own, host: 'elsewhere' })).toBe('unknown');
  expect(stateOf({ ...own, space: 'pid:[1]' })).toBe('unknown');
});

test.each(['', '{', 'null', '[]', '{"pid":1}', JSON.stringify({ ...own, pid: 0 })])(
  '%s is no owner',
  (text) => {
    expect(ownerFrom(text)).toBeUndefined();
  },
);
