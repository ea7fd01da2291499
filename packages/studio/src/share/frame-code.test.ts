import { expect, test } from 'vitest';
import { frameCode, isLocal } from './frame-code.js';

test('the code of a frame keeps an address that has quotes and ampersands', () => {
  const code = frameCode('https://example.org/#/board?embed=1&part=a"b', 'Longhand: Board', [640, 400]);
  expect(code).toContain('src="https://example.org/#/board?embed=1&amp;part=a&quot;b"');
  expect(code).toContain('width="640" height="400"');
  expect(code).toContain('cross-origin-isolated');
});

test('an address of this computer is told from one that others can open', () => {
  expect(['http://127.0.0.1:7840/#/board', 'http://localhost/', 'http://[::1]:80/'].map(isLocal)).toEqual(
    Array(3).fill(true),
  );
  expect(['https://example.org/', 'http://192.168.1.2:7840/'].map(isLocal)).toEqual([false, false]);
});
