import type { Page } from 'puppeteer-core';
import { find } from './controls.js';

/** A stroke of the pen: points on the pad, x and y from 0 to 1. */
type Stroke = readonly (readonly [x: number, y: number])[];

const arc = (x: number, y: number, rx: number, ry: number, from: number, to: number): Stroke =>
  Array.from({ length: 25 }, (_, k) => {
    const angle = ((from + ((to - from) * k) / 24) * Math.PI) / 180;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)] as const;
  });

/** Digits as people write them. */
export const STROKES: Readonly<Record<number, readonly Stroke[]>> = {
  0: [arc(0.5, 0.5, 0.2, 0.3, -90, 270)],
  1: [
    [
      [0.52, 0.2],
      [0.5, 0.5],
      [0.48, 0.8],
    ],
  ],
  3: [[...arc(0.46, 0.36, 0.16, 0.14, -150, 90), ...arc(0.46, 0.66, 0.18, 0.16, -90, 150)]],
  7: [
    [
      [0.28, 0.24],
      [0.5, 0.23],
      [0.7, 0.24],
      [0.6, 0.45],
      [0.52, 0.62],
      [0.44, 0.82],
    ],
  ],
};

/** A 2 in the corner of the pad, a quarter of its side. */
export const SMALL_TWO: readonly Stroke[] = [
  [...arc(0.15, 0.14, 0.09, 0.08, -180, 40), [0.06, 0.31], [0.26, 0.3]],
];

/** Not a digit. */
export const SCRIBBLE: readonly Stroke[] = [
  Array.from({ length: 24 }, (_, k) => [0.1 + (0.8 * k) / 23, k % 2 ? 0.15 : 0.85] as const),
  Array.from({ length: 24 }, (_, k) => [k % 2 ? 0.12 : 0.88, 0.1 + (0.8 * k) / 23] as const),
];

/** Draws on the pad with the mouse. */
export async function draw(page: Page, strokes: readonly Stroke[]): Promise<void> {
  const pad = await find(page, 'application', 'Drawing pad');
  await pad.scrollIntoView();
  const { x, y, width, height } = (await pad.boundingBox())!;
  const place = ([right, down]: readonly [number, number]) => [x + right * width, y + down * height] as const;
  for (const [first, ...rest] of strokes) {
    await page.mouse.move(...place(first!));
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...place(point), { steps: 2 });
    await page.mouse.up();
  }
}
