import process from 'node:process';
import { afterAll, describe, expect, test } from 'vitest';
import { programOf } from '../runtimes/installed.js';
import { measureFirstView } from './first-view.js';
import { type Session, startSession } from './session.js';

// The bounds are what the README promises, here for the best of a few runs: other work on a small
// machine slows down some of them. A page that is too slow exceeds the bounds in every run.
const TRIES = 3;

describe.each([
  ['Chromium', 'chromium'],
  ['Firefox', 'firefox'],
] as const)('%s', (_title, name) => {
  let starting: Promise<Session> | undefined;
  afterAll(async () => (await starting?.catch(() => undefined))?.end());

  test('the first view is usable within a second, with nothing in the cache', async (context) => {
    const program = programOf(name, context);
    starting ??= startSession(name, program);
    const session = await starting;
    const times: number[] = [];
    do times.push((await measureFirstView(session)).usable);
    while (times.at(-1)! >= 1000 && times.length < TRIES);
    process.stdout.write(`usable after ${times.map((time) => time.toFixed(0)).join(', ')} ms\n`);
    expect(Math.min(...times)).toBeLessThan(1000);
  });
});
