import { expect, test } from 'vitest';
import { isSweepLog } from './is-sweep-log.js';

test('the log of a sweep is known by how it begins', () => {
  expect(isSweepLog('{"type":"sweep","version":1,"data":"MNIST"')).toBe(true);
  expect(isSweepLog('{"type":"run","version":1,"data":"MNIST"')).toBe(false);
});
