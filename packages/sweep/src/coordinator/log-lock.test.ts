import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { thisProcess } from '../owner.js';
import { lockLog } from './log-lock.js';

let folder: string;
let log: string;
let lock: string;
let notices: string[];
const take = (file = log) => lockLog(file, (message) => notices.push(message));
const write = (owner: object) => writeFileSync(lock, JSON.stringify(owner));
const own = thisProcess();
/** The number of a process that has ended. */
const { pid: ended } = spawnSync(process.execPath, ['-e', '']);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lock-test-'));
  log = path.join(folder, 'sweep.jsonl');
  lock = `${log}.lock`;
  notices = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('is there while it is held, names the process, and is removed', () => {
  const held = take();
  expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual(own);
  held.release();
  expect(readdirSync(folder)).toEqual([]);
  take().release();
  expect(notices).toEqual([]);
});

test('a log that another process writes is refused in one line', () => {
  take();
  expect(() => take()).toThrow(
    `${log}: another longhand sweep writes this log (process ${own.pid} on ${own.host}): end that one first`,
  );
  write({ ...own, host: 'elsewhere', pid: 12 });
  expect(() => take()).toThrow(
    `${log}: another longhand sweep writes this log (process 12 on elsewhere): end that one first; if it has ended, delete ${lock}`,
  );
});

test('one log has one lock, also by another name', () => {
  writeFileSync(log, '');
  const other = path.join(folder, 'other.jsonl');
  symlinkSync(log, other);
  take();
  expect(() => take(other)).toThrow('another longhand sweep writes this log');
});

test('what a process left that has ended is taken over, and said', () => {
  for (const left of [
    { ...own, pid: ended, started: '' },
    { ...own, boot: 'before' },
  ]) {
    write(left);
    const held = take();
    expect(notices.pop()).toBe(
      `${lock}: was left by process ${left.pid} on ${own.host}, which has ended: taken over`,
    );
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual(own);
    held.release();
    expect(readdirSync(folder)).toEqual([]);
  }
});

test('a lock that was cut off is taken over, but not while it may be being written', () => {
  writeFileSync(lock, '');
  expect(() => take()).toThrow('another longhand sweep writes this log (another process)');
  utimesSync(lock, 1000, 1000);
  take().release();
  expect(notices).toEqual([`${lock}: was left by a process, which has ended: taken over`]);
});

test('a lock that another process took over stays', () => {
  const held = take();
  write({ ...own, pid: 1 });
  held.release();
  expect(existsSync(lock)).toBe(true);
});

test('without the folder of the log there is nothing to lock', () => {
  take(path.join(folder, 'missing', 'sweep.jsonl')).release();
  expect(readdirSync(folder)).toEqual([]);
});
