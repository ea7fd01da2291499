import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as ask, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerLog, isLogRequest } from './serve-log.js';

let folder: string;
let file: string;
let server: Server;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'longhand-log-'));
  file = path.join(folder, 'sweep é.jsonl');
  server = createServer((request, response) => {
    if (isLogRequest(request)) void answerLog(file, request, response, { 'X-Of-All': 'yes' });
    else response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

function get(place: string, host?: string): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    ask({ host: '127.0.0.1', port, path: place, ...(host && { headers: { host } }) }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode!, text, headers: response.headers }));
    })
      .on('error', reject)
      .end();
  });
}

test('what a log has gained is sent, in whole lines', async () => {
  writeFileSync(file, 'one\ntwo é\nhalf a');
  const first = await get('/live-log');
  expect(first).toMatchObject({ status: 200, text: 'one\ntwo é\n' });
  expect(first.headers).toMatchObject({ 'x-of-all': 'yes', 'cache-control': 'no-store', 'x-log-size': '17' });
  expect(decodeURIComponent(String(first.headers['x-log-name']))).toBe('sweep é.jsonl');
  const at = Buffer.byteLength(first.text);
  expect((await get(`/live-log?from=${at}`)).text).toBe('');
  appendFileSync(file, ' line\n');
  expect((await get(`/live-log?from=${at}`)).text).toBe('half a line\n');
  expect(await get('/live-log?from=1000')).toMatchObject({ status: 200, text: '' });
});

test('a line longer than a piece comes whole', async () => {
  const long = 'x'.repeat(9 * 1024 * 1024);
  writeFileSync(file, `${long}\nnext\n`);
  const { text } = await get('/live-log');
  expect(text.startsWith(long)).toBe(true);
  expect(text.endsWith('\n')).toBe(true);
});

test.each([
  ['a file that is gone', '/live-log', undefined, 404],
  ['a place that is none', '/live-log?from=-1', undefined, 400],
  ['another name for this machine', '/live-log', 'evil.example', 403],
  ['another address', '/live-logs', undefined, 418],
])('%s: no log', async (_, place, host, status) => {
  expect((await get(place, host)).status).toBe(status);
});
