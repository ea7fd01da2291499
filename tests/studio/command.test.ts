import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { start } from '../cli/command.js';
import { ROOT } from '../runtimes/repository.js';
import type { Site } from './site.js';
import { inBrowsers } from './studio.js';
import { waitFor } from './wait-for.js';

const START_TIMEOUT = 60_000;

describe('longhand studio', () => {
  let command: ReturnType<typeof start>;
  let site: Site;

  beforeAll(async () => {
    command = start(['studio', '--no-open', '--json'], ROOT);
    let stdout = '';
    command.child.stdout!.on('data', (text: string) => {
      stdout += text;
    });
    await vi.waitFor(() => expect(stdout).toContain('\n'), { timeout: START_TIMEOUT });
    site = { url: JSON.parse(stdout).url, missing: [], close: async () => undefined };
  });

  afterAll(async () => {
    command.child.kill('SIGINT');
    expect((await command.ended).code).toBe(0);
  });

  inBrowsers((open) => {
    test('serves a page that may share memory between threads', async (context) => {
      const { page } = await open(context, { site, at: '' });
      await waitFor(page, 'the page', () => document.querySelector('h1')?.textContent === 'Board', []);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      expect(await page.evaluate(() => new SharedArrayBuffer(8).byteLength)).toBe(8);
    });
  });
});
