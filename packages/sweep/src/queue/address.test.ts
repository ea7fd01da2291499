import { expect, test } from 'vitest';
import { parseAddress } from './address.js';

test('an address has host, port, database, user, password and encryption', () => {
  expect(parseAddress('rediss://ada:p%40ss@queue.example:7000/3')).toEqual({
    ...{ host: 'queue.example', port: 7000, database: 3, username: 'ada', password: 'p@ss', tls: true },
    shown: 'queue.example:7000',
  });
  expect(parseAddress('redis://[::1]')).toEqual({
    ...{ host: '::1', port: 6379, database: 0, tls: false },
    shown: '[::1]:6379',
  });
});

test.each([
  'localhost:6379',
  'http://localhost',
  'redis://',
  'redis://:secret@host/name',
  'redis://:sec%ret@host',
  'redis://:secret@host:99999',
])('%s is refused in one line that does not hold the password', (text) => {
  expect(() => parseAddress(text)).toThrow(/^the address of the queue: |^the address of the queue/);
  expect(() => parseAddress(text)).not.toThrow(/secret|sec%ret/);
});
