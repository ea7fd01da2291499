import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createRandom } from '@longhand/core/maths';
import { mnistTest } from '@longhand/mnist';
import { encode } from 'fast-png';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';
import { click, findAll } from './controls.js';
import { draw, STROKES } from './drawing.js';
import { drop } from './dropping.js';
import { inBrowsers } from './studio.js';
import { waitForText } from './wait-for.js';

const { composePage } = await import(path.join(ROOT, 'scripts/pages/compose-page.js'));

const SEVERAL = 'section[aria-labelledby=several-title]';
const ANSWER = 'section[aria-labelledby=answer-title]';

/** A digit's strokes in the left or the right half of the pad. */
const half = (digit: number, right: boolean) =>
  STROKES[digit]!.map((stroke) =>
    stroke.map(([x, y]) => [x * 0.5 + (right ? 0.5 : 0), y * 0.7 + 0.15] as const),
  );

describe('several digits', () => {
  inBrowsers(
    (open) => {
      test('both digits of 70 appear, each with its own way and its own answer', async (context) => {
        const { page } = await open(context, { at: 'draw' });
        await draw(page, [...half(7, false), ...half(0, true)]);
        await waitForText(page, SEVERAL, /^2 digits.*Together it reads ?70/);
        await waitForText(page, ANSWER, /^the answer ?7[^\d]/);
        expect(await waysOn(page)).toEqual([3, 3]);
        const [, second] = await findAll(page, 'button', /^Digit 2: 0/);
        expect(second).toBeUndefined();
        await click(page, 'button', /^Digit 2: 0/);
        await waitForText(page, ANSWER, /^the answer ?0[^\d]/);
        await click(page, 'button', 'Clear');
        await waitForText(page, ANSWER, /^the answer ?Nothing yet/);
      });

      test('a photo that is dropped is read, and is not taken for a dataset', async (context) => {
        const { page } = await open(context, { at: 'draw' });
        const random = createRandom(3, 'a photo');
        const kind = { paper: 'plain', content: 'telephone', isPhoto: true, touching: 0 };
        const { picture } = composePage(await mnistTest(), random, kind);
        await waitForText(page, ANSWER, /Nothing yet/);
        await drop(page, [{ name: 'number.png', bytes: encode({ ...picture, depth: 8 }) }]);
        await waitForText(page, SEVERAL, /^\d+ digits.*Together it reads ?[-\d ]{6}/);
        await click(page, 'button', 'Back to the pad');
        await waitForText(page, ANSWER, /^the answer ?Nothing yet/);
      });

      test('of an animation the first picture is read, and a format that it cannot read is named', async (context) => {
        const { page } = await open(context, { at: 'draw' });
        await waitForText(page, ANSWER, /Nothing yet/);
        const bytes = readFileSync(path.join(ROOT, 'tests/fixtures/formats/7-then-0.gif'));
        await drop(page, [{ name: 'moving.gif', bytes }]);
        await waitForText(page, ANSWER, /^the answer ?7[^\d]/);
        // The head of a HEIC photo: these browsers have no decoder for it.
        const head = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
        await drop(page, [{ name: 'photo.heic', bytes: head }]);
        await waitForText(
          page,
          '[role=alert]',
          /^photo\.heic: this browser cannot read it as a picture: save it/,
        );
        await waitForText(page, ANSWER, /^the answer ?7[^\d]/);
      });
    },
    { browsers: ['chromium'] },
  );
});

/** How many pictures each digit's way has. */
function waysOn(page: Page): Promise<number[]> {
  return page.$$eval('.several li', (items) =>
    items.map((item) => item.querySelectorAll('.step canvas').length),
  );
}
