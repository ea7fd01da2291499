// Takes pictures of the studio's built pages, for people to look at: all pages, sizes and themes,
// or those you name.
//   node scripts/studio-pictures.js OUT [page[?state] …] [--sizes 1440x900,390x844] [--themes light,dark] [--dist FOLDER] [--whole]
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from 'puppeteer-core';
import sirv from 'sirv';
import { root, say } from './setup.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '1440x900,1024x768,390x844' },
    themes: { type: 'string', default: 'light,dark' },
    dist: { type: 'string', default: path.join(root, 'packages/studio/dist') },
    wait: { type: 'string', default: '1500' },
    whole: { type: 'boolean', default: false },
    // A program to run in the page before the picture is taken, such as a click.
    run: { type: 'string', default: '' },
  },
});
const [out = 'pictures', ...pages] = positionals;
mkdirSync(out, { recursive: true });

const files = sirv(values.dist, { dev: true });
const server = createServer((request, response) => {
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  files(request, response, () => response.writeHead(404).end());
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await launch({
  executablePath: '/usr/bin/chromium',
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--hide-scrollbars',
  ],
});
try {
  const places = pages.length > 0 ? pages : await pagesOfNavigation();
  for (const size of values.sizes.split(',')) {
    for (const theme of values.themes.split(',')) {
      for (const place of places) {
        const page = await browser.newPage();
        page.on('console', (message) => say(`${place}: ${message.type()}: ${message.text()}`));
        page.on('pageerror', (error) => say(`${place}: ${error.stack ?? error}`));
        const [width, height] = size.split('x').map(Number);
        await page.setViewport({ width, height });
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
        await page.goto(`http://127.0.0.1:${server.address().port}/#/${place}`);
        await page.waitForNetworkIdle({ idleTime: 300 });
        if (values.run) await page.evaluate(values.run);
        await new Promise((resolve) => setTimeout(resolve, Number(values.wait)));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        if (wide) say(`${place} at ${size}: the page is wider than the window`);
        const name = `${place.replace(/\W+/g, '-')}-${size}-${theme}.png`;
        await page.screenshot({ path: path.join(out, name), fullPage: values.whole });
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}

/** The pages of the studio, as its own navigation names them. */
async function pagesOfNavigation() {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForSelector('nav a');
  const addresses = await page.$$eval('nav a', (links) => links.map((link) => link.getAttribute('href')));
  await page.close();
  return addresses.map((address) => address.replace('#/', ''));
}
