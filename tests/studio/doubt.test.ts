import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRandom } from '@longhand/core/maths';
import { mnistTest } from '@longhand/mnist';
import { encode } from 'fast-png';
import type { ElementHandle, Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { longhand, temporaryFolder } from '../cli/command.js';
import { ROOT } from '../runtimes/repository.js';
import { drop } from './dropping.js';
import { inBrowsers } from './studio.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

const ANSWER = 'section[aria-labelledby=answer-title]';
const MODEL = path.join(ROOT, 'packages/studio/models/draw.safetensors');
const folder = temporaryFolder();

interface Gray {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Dark lines on white paper, through points from 0 to 1. */
function drawn(side: number, thick: number, points: readonly (readonly [number, number])[]): Gray {
  const data = new Uint8Array(side * side).fill(255);
  for (const [k, [x1, y1]] of points.slice(1).entries()) {
    const [x0, y0] = points[k]!;
    for (let t = 0; t <= 1; t += 0.2 / side) {
      const [x, y] = [Math.round((x0 + t * (x1 - x0)) * side), Math.round((y0 + t * (y1 - y0)) * side)];
      for (let dy = 0; dy < thick; dy++) data.fill(20, (y + dy) * side + x, (y + dy) * side + x + thick);
    }
  }
  return { width: side, height: side, data };
}

const TWO = [
  ...Array.from({ length: 20 }, (_, k) => {
    const angle = Math.PI * (1 + k / 16);
    return [0.15 + 0.08 * Math.cos(angle), 0.16 + 0.08 * Math.sin(angle)] as const;
  }),
  [0.07, 0.34] as const,
  [0.25, 0.34] as const,
];

/** Pictures of digits, and of what is none. */
async function pictures(): Promise<Record<string, Gray>> {
  const digits = await mnistTest();
  const random = createRandom(1, 'a scribble');
  const scribble = Array.from(
    { length: 30 },
    () => [0.1 + 0.8 * random.uniform(), 0.1 + 0.8 * random.uniform()] as const,
  );
  const of = (index: number): Gray => ({ width: 28, height: 28, data: digits.pixels(index).slice() });
  return {
    'seven.png': of(0),
    'unclear.png': of(115),
    'scribble.png': drawn(120, 4, scribble),
    'cross.png': drawn(90, 5, [
      [0.2, 0.2],
      [0.8, 0.8],
      [0.5, 0.5],
      [0.8, 0.2],
      [0.2, 0.8],
    ]),
    'hairline.png': drawn(300, 1, TWO),
  };
}

interface Answer {
  readonly file: string;
  readonly class: string;
  readonly confidence: number;
  readonly doubt: { readonly message: string } | null;
}

describe('doubt', () => {
  inBrowsers(
    (open) => {
      test('Draw and the command judge the same picture in the same way', async (context) => {
        const { page } = await open(context, { at: 'draw' });
        const files = Object.entries(await pictures()).map(([name, picture]) => {
          const bytes = encode({ ...picture, channels: 1, depth: 8 });
          writeFileSync(path.join(folder, name), bytes);
          return { name, bytes };
        });
        const { stdout } = await longhand(
          ['predict', MODEL, ...files.map(({ name }) => name), '--json'],
          folder,
        );
        const answers = JSON.parse(stdout) as Answer[];
        // Some of them are in doubt, and some are not.
        expect(answers.map(({ doubt }) => doubt === null)).toEqual(expect.arrayContaining([true, false]));
        expect(answers.find(({ file }) => file === 'scribble.png')!.doubt).not.toBeNull();
        expect(answers.find(({ file }) => file === 'hairline.png')!.class).toBe('2');
        await waitForText(page, ANSWER, /Nothing yet/);
        for (const [k, file] of files.entries()) {
          await drop(page, [file]);
          await waitForPhoto(page, file.name);
          const { class: name, doubt, confidence } = answers[k]!;
          const sure = confidence >= 0.9995 ? 'over 99.9%' : `${(100 * confidence).toFixed(1)}%`;
          const said = doubt ? doubt.message : `It is ${sure} sure.`;
          await expect.poll(() => textOf(page, ANSWER)).toContain(said);
          expect(await textOf(page, ANSWER)).toMatch(
            new RegExp(`^the answer ?${name}${doubt ? '\\?' : '[^\\d]'}`),
          );
        }
      });

      test('a pasted picture is read, and so is one from the camera', async (context) => {
        const { page } = await open(context, { at: 'draw' });
        const { 'seven.png': seven, 'hairline.png': two } = await pictures();
        await waitForText(page, ANSWER, /Nothing yet/);
        await paste(page, encode({ ...seven!, channels: 1, depth: 8 }));
        await waitForText(page, ANSWER, /^the answer ?7/);
        const file = path.join(folder, 'photo.png');
        writeFileSync(file, encode({ ...two!, channels: 1, depth: 8 }));
        const camera = (await page.$(
          '.photo-choice input[capture=environment]',
        )) as ElementHandle<HTMLInputElement>;
        await camera.uploadFile(file);
        await waitForText(page, ANSWER, /^the answer ?2/);
      });
    },
    { browsers: ['chromium'] },
  );
});

function waitForPhoto(page: Page, name: string): Promise<unknown> {
  return waitFor(
    page,
    `the photo ${name}`,
    (label) => document.querySelector(`.pad canvas[aria-label="${label}"]`) !== null,
    [`The photo ${name}`],
  );
}

/** Pastes a picture, as from the clipboard. */
async function paste(page: Page, bytes: Uint8Array): Promise<void> {
  await page.evaluate((base64) => {
    const clipboardData = new DataTransfer();
    const picture = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    clipboardData.items.add(new File([picture], 'pasted.png', { type: 'image/png' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, Buffer.from(bytes).toString('base64'));
}
