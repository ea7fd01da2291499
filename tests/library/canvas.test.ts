import { copyFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { mnistTest } from '@longhand/mnist';
import type { Browser } from 'puppeteer-core';
import sirv from 'sirv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endBrowser, startBrowser } from '../runtimes/browser.js';
import { programOf } from '../runtimes/installed.js';
import { ROOT } from '../runtimes/repository.js';
import { createProject, type LibraryProject } from './project.js';

/** Draws on a canvas. It is JavaScript for the page. */
const DRAWINGS = {
  'a seven in black ink on nothing, as a page draws it': [
    320,
    `context.lineWidth = 24; context.lineCap = 'round'; context.lineJoin = 'round'; context.beginPath();
     context.moveTo(80, 70); context.lineTo(230, 70); context.lineTo(130, 260); context.stroke();`,
  ],
  'a seven in blue ink on white paper, small and in a corner': [
    300,
    `context.fillStyle = 'white'; context.fillRect(0, 0, 300, 300); context.strokeStyle = '#2040c0';
     context.lineWidth = 9; context.beginPath();
     context.moveTo(20, 20); context.lineTo(80, 20); context.lineTo(40, 100); context.stroke();`,
  ],
  'a digit of the test set, as it is': [
    28,
    `const { data } = context.createImageData(28, 28);
     for (let i = 0; i < 784; i++) data.set([digit[i], digit[i], digit[i], 255], 4 * i);
     context.putImageData(new ImageData(data, 28, 28), 0, 0);`,
  ],
} as const;

let project: LibraryProject;
let origin: string;
let browser: Browser | undefined;
let close: () => void;

beforeAll(async () => {
  project = createProject();
  copyFileSync(
    path.join(ROOT, 'packages/studio/models/draw.safetensors'),
    path.join(project.folder, 'model.safetensors'),
  );
  // The first digit of the test set is a 7.
  const digit = (await mnistTest()).pixels(0);
  for (const [k, [side, drawing]] of Object.values(DRAWINGS).entries()) {
    writeFileSync(
      path.join(project.folder, `page${k}.html`),
      `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<script type="importmap">{ "imports": { "@longhand/core": "/node_modules/@longhand/core/dist/index.js" } }</script>
<canvas width="${side}" height="${side}"></canvas><output></output>
<script type="module">
const digit = ${JSON.stringify([...digit])};
const context = document.querySelector('canvas').getContext('2d');
${drawing}
await import('./canvas.js');
</script>`,
    );
  }
  const server = createServer(sirv(project.folder, { dev: true }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});

afterAll(async () => {
  if (browser) await endBrowser(browser);
  close();
  project.remove();
});

for (const [k, name] of Object.keys(DRAWINGS).entries()) {
  test(`canvas.js reads ${name}`, async (context) => {
    const program = programOf('chromium', context);
    browser ??= await startBrowser('chromium', program);
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`${origin}/page${k}.html`);
    const answer = page.waitForFunction(() => document.querySelector('output')!.textContent);
    await answer.catch((error: unknown) => errors.push(String(error)));
    expect(errors).toEqual([]);
    expect(await page.$eval('output', (output) => output.textContent)).toMatch(/^7: \d+%$/);
    await page.close();
  });
}
