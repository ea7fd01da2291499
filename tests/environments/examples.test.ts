// The examples that need a bundler or a browser, as users have them: with core installed from its
// tarball.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { ElementHandle } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';
import { openPage, serveFolder } from './page.js';
import { createProject, PROGRAMS, run, startServer, toolFolder } from './project.js';

const EXAMPLES = path.join(ROOT, 'examples');
const MODEL = path.join(ROOT, 'packages/studio/models/draw.safetensors');
const copyOf = (example: string) => ({ [path.relative(PROGRAMS, path.join(EXAMPLES, example))]: '.' });

test.each(['vite', 'next'])('the example with %s asks for the version of core that is here', (example) => {
  const manifestOf = (folder: string) =>
    JSON.parse(readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8'));
  const { version } = manifestOf('packages/core');
  expect(manifestOf(`examples/${example}`).dependencies['@longhand/core']).toBe(version);
});

test('the page with Vite trains, and paints what the network answers', async (context) => {
  const folder = toolFolder('vite8', context);
  const project = createProject(folder, copyOf('vite'));
  run(process.execPath, [path.join(folder, 'node_modules/vite/bin/vite.js'), 'build'], project);
  const { origin } = await serveFolder(path.join(project, 'dist'));
  const { page } = await openPage(origin, context, 'button:enabled');
  const outcome = await page.$eval('output', ({ value }) => value);
  expect(Number(/^([\d.]+)% of the points are right$/.exec(outcome)?.[1]), outcome).toBeGreaterThan(95);
  const red = await page.$eval('canvas', (canvas) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, 80, 80);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i]! > data[i + 1]! && data[i]! > data[i + 2]!) count++;
    return count / 6400;
  });
  expect(red).toBeGreaterThan(0.1);
  expect(red).toBeLessThan(0.9);
});

// Its build takes half a minute on an idle machine.
const NEXT_TIMEOUT = 300_000;

test('the page with Next trains in the browser, its route on the server', {
  timeout: NEXT_TIMEOUT,
}, async (context) => {
  const folder = toolFolder('next', context);
  const project = createProject(folder, copyOf('next'));
  const next = path.join(folder, 'node_modules/next/dist/bin/next');
  run(process.execPath, [next, 'build'], project, { NEXT_TELEMETRY_DISABLED: '1' });
  const args = [next, 'start', '--hostname', '127.0.0.1', '--port', '0'];
  const server = await startServer(process.execPath, args, project, /(http:\/\/127\.0\.0\.1:\d+)/);
  try {
    for (const [a, b, label] of [
      [0, 1, 'yes'],
      [1, 1, 'no'],
    ]) {
      const response = await fetch(`${server.found}/api/predict?a=${a}&b=${b}`);
      expect(await response.json()).toMatchObject({ label });
    }
    const { page } = await openPage(server.found, context, 'button');
    await page.click('button');
    await page.waitForSelector('li');
    const answers = await page.$$eval('li', (items) => items.map(({ textContent }) => textContent ?? ''));
    expect(answers.map((text) => /: (yes|no) \(/.exec(text)?.[1])).toEqual(['no', 'yes', 'yes', 'no']);
  } finally {
    await server.end();
  }
});

test('the page in one file reads a digit that is drawn', async (context) => {
  const { origin } = await serveFolder(EXAMPLES, {});
  const project = createProject(undefined, {});
  const { page, messages } = await openPage('about:blank', context, 'html');
  // The page names a host for packages; here the file comes from the tarball.
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const file = /\/npm\/@longhand\/core@[\d.]+\/(.*)$/.exec(request.url())?.[1];
    if (!file) return void request.continue();
    void request.respond({
      contentType: 'text/javascript',
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: readFileSync(path.join(project, 'node_modules/@longhand/core', file)),
    });
  });
  await page.goto(`${origin}/page.html`);
  const input = (await page.waitForSelector('input[type=file]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(MODEL);
  await page.waitForFunction(() => document.querySelector('output')?.value === 'Draw a digit.');
  const { x, y } = (await (await page.$('canvas'))!.boundingBox())!;
  await page.mouse.move(x + 140, y + 50);
  await page.mouse.down();
  await page.mouse.move(x + 140, y + 230, { steps: 20 });
  await page.mouse.up();
  await page.waitForFunction(() => /^\d/.test(document.querySelector('output')?.value ?? ''));
  expect(await page.$eval('output', ({ value }) => value)).toMatch(/^1 \(\d+\.\d%\)/);
  expect(messages).toEqual([]);
});
