// The marked exercise: what it says of a learner's program, and that no program gets out of its frame.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { click } from './controls.js';
import { serveSite } from './site.js';
import { inBrowsers, type Open, type OpenShared } from './studio.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AT = 'learn?chapter=exercise';
const SUMMARY = '.exercise-result .summary';

/** A whole program, but for what is replaced in it. */
const RIGHT = `
const weighted = (W, A, b) => multiply(W, A).map((row, i) => row.map((z) => z + b[i][0]));
const softmax = (scores) => {
  const powers = scores.map((z) => Math.exp(z));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
};
function forward({ W1, b1, W2, b2, X }) {
  const Z1 = weighted(W1, X, b1);
  const A1 = Z1.map((row) => row.map((z) => Math.max(0, z)));
  const Z2 = weighted(W2, A1, b2);
  return { Z1, A1, Z2, A2: transpose(transpose(Z2).map(softmax)) };
}
function loss({ A2, Y, m }) {
  return A2.flatMap((row, i) => row.map((p, j) => -Y[i][j] * Math.log(p))).reduce((a, b) => a + b) / m;
}
function backward({ X, Y, W2, Z1, A1, A2, m }) {
  const over = (d) => d / m;
  const dZ2 = A2.map((row, i) => row.map((p, j) => p - Y[i][j]));
  const dW2 = multiply(dZ2, transpose(A1)).map((row) => row.map(over));
  const sums = (dZ) => dZ.map((row) => [row.reduce((a, b) => a + b) / m]);
  const dZ1 = multiply(transpose(W2), dZ2).map((row, i) => row.map((d, j) => (Z1[i][j] > 0 ? d : 0)));
  const dW1 = multiply(dZ1, transpose(X)).map((row) => Float64Array.from(row, over));
  return { dZ2, dW2, db2: sums(dZ2), dZ1, dW1, db1: sums(dZ1) };
}
function update({ W1, b1, W2, b2, dW1, db1, dW2, db2, alpha }) {
  const step = (P, dP) => P.map((row, i) => row.map((p, j) => p - alpha * dP[i][j]));
  return { W1_new: step(W1, dW1), b1_new: step(b1, db1), W2_new: step(W2, dW2), b2_new: step(b2, db2) };
}
`;

describe('the marked exercise', () => {
  inBrowsers((open, browser, openShared) => {
    test('a right program is marked right; a mistake is named, with its chapter; both are kept', async (context) => {
      const { page } = await open(context, { at: AT });
      await write(page, RIGHT);
      expect(await runAndWait(page)).toBe('All 15 are right. You have written a backward pass.');
      await write(page, RIGHT.replace('row.map(over)', 'row'));
      expect(await runAndWait(page)).toBe('14 right, 1 wrong, 0 missing.');
      expect(await textOf(page, '.mark.wrong')).toMatch(
        /dW2.*Not divided by m\. .* You have dW2 = dZ2 A1ᵀ; right is dW2 = 1\/m dZ2 A1ᵀ\. Chapter 8/s,
      );
      // A reload would interrupt them, which Firefox reports as an error.
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await page.reload();
      await waitForEditor(page);
      expect(await textOf(page, '.exercise-buttons')).toMatch(/Most right so far: 15 of 15/);
      expect(await runAndWait(page)).toBe('14 right, 1 wrong, 0 missing.');
      if (browser !== 'chromium') return;
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      );
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
    });

    if (browser === 'chromium') {
      keyboardAndHints(openShared);
      startsAgain(open);
    }

    test('what stops a program is told, with its line, and the rest is marked', async (context) => {
      const { page } = await openShared(context, AT);
      await write(page, RIGHT.replace('const over = (d) => d / m;', 'return missing.entry;'));
      expect(await runAndWait(page)).toBe('5 right, 0 wrong, 10 missing. Your program stopped at an error.');
      expect(await textOf(page, '.exercise-result .problem')).toMatch(
        /^backward: ReferenceError: .*missing.* Go to line 18$/,
      );
      await write(page, 'function forward( {\n  let Z1 = ;\n}');
      expect(await runAndWait(page)).toBe('Your program did not run.');
      expect(await textOf(page, '.exercise-result .problem')).toMatch(
        /^Your program: SyntaxError: .* Go to line 2/,
      );
      await write(page, 'throw { toString() { throw 1; } }');
      expect(await runAndWait(page)).toBe('Your program did not run.');
      await write(page, RIGHT.replace('const dZ2 = A2', 'const dZ2 = undefined'));
      await runAndWait(page);
      expect(await textOf(page, '.exercise-result .problem')).toMatch(
        /^backward: TypeError: .* Go to line 19$/,
      );
      await write(page, `${RIGHT} console.log('hello', [1, 2], { a: Number.NaN });`);
      await runAndWait(page);
      expect(await textOf(page, '.printed pre')).toBe('hello [1,2] {"a":"NaN"}');
    });

    test('it runs where the service worker isolates the page, and without a connection', async (context) => {
      const site = await serveSite({ isolated: false, folder: '/longhand/' });
      onTestFinished(() => site.close());
      const { page, errors, visit } = await open(context, { site, at: 'glossary' });
      // The page loads itself again then.
      const isIsolated = () => page.evaluate(() => crossOriginIsolated).catch(() => false);
      await expect.poll(isIsolated).toBe(true);
      await keep(page, RIGHT);
      await visit(AT);
      await waitForEditor(page);
      expect(await runAndWait(page)).toMatch(/^All 15 are right/);
      await site.close();
      expect(await runAndWait(page)).toMatch(/^All 15 are right/);
      for (const error of errors.splice(0))
        expect(error).toMatch(/ERR_CONNECTION_REFUSED|ERR_FAILED|Failed to load/);
    });

    test('no program reaches the page, its storage or the network', async (context) => {
      const { page, site, otherOrigins, errors } = await openShared(context, AT);
      await write(page, breakOuts(site.url));
      await page.evaluate(() => {
        const heard: unknown[] = [];
        Object.assign(globalThis, { heard });
        addEventListener('message', ({ data }) => heard.push(data));
        new BroadcastChannel('way out').onmessage = ({ data }) => heard.push(data);
      });
      await runAndWait(page);
      const tried = (await page.$eval('.printed pre', ({ textContent }) => textContent))!.split('\n');
      for (const [name] of ATTEMPTS) expect(tried.find((line) => line.startsWith(name))).toMatch(/: refused/);
      // The frame around the sandbox says that it waits; so does a second one, if the first was slow.
      const heard = await page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard);
      expect([...new Set(heard)]).toEqual(['ready']);
      const left = await page.evaluate(async () => [
        ...(await caches.keys()),
        ...(await navigator.serviceWorker.getRegistrations()).map(({ active }) => active?.scriptURL),
      ]);
      for (const name of left) expect(name).not.toMatch(/way.out/);
      expect(site.missing).toEqual([]);
      expect(otherOrigins.asked).toEqual([]);
      // The browser reports what it refused.
      for (const error of errors.splice(0))
        expect(error).toMatch(/security[ -]policy|blocked|worker|NetworkError|way-out/i);
    });

    // Memory and messages are the browser's own matter; that a worker ends is ours.
    for (const { name, program, told } of browser === 'chromium' ? STOPPED : STOPPED.slice(0, 1)) {
      test(`${name} neither freezes nor changes the page`, async (context) => {
        const { page } = await openShared(context, AT);
        await write(page, program);
        await page.evaluate(() => {
          const longest = { pause: 0 };
          let last = performance.now();
          setInterval(() => {
            const now = performance.now();
            longest.pause = Math.max(longest.pause, now - last);
            last = now;
          }, 20);
          Object.assign(globalThis, { longest });
        });
        await runAndWait(page);
        expect(await textOf(page, '.exercise-result .problem')).toMatch(told);
        const { pause } = await page.evaluate(
          () => (globalThis as unknown as { longest: { pause: number } }).longest,
        );
        expect(pause).toBeLessThan(1900);
        expect(await page.$('iframe')).toBeNull();
      });
    }
  });
});

/** What is the same in every browser. */
function keyboardAndHints(openShared: OpenShared): void {
  test('Tab indents, and after Escape it leaves the editor', async (context) => {
    const { page } = await openShared(context, AT);
    await write(page, 'let a;');
    await page.keyboard.press('Home');
    await page.keyboard.press('Tab');
    expect(await written(page)).toBe('  let a;');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Run and mark');
  });

  test('one line is shown, after a hint', async (context) => {
    const { page } = await openShared(context, AT);
    await click(page, 'button', 'Start again');
    expect(await runAndWait(page)).toBe('0 right, 0 wrong, 15 missing.');
    await click(page, 'button', 'Show me one line');
    await waitForText(page, '.one-line', /Z1 Multiply the weights by the pixels/);
    expect(await page.$('.one-line pre')).toBeNull();
    await click(page, 'button', /show the line/);
    await waitForText(page, '.one-line pre', /^let W1X = multiply\(W1, X\);/);
  });
}

/** What becomes of a program whose frame or worker does not start. */
function startsAgain(open: Open): void {
  test('a frame that does not load is given up, and the program runs in another one', async (context) => {
    const { page } = await open(context, { at: AT });
    await write(page, RIGHT);
    await page.evaluate(() => {
      const frames: HTMLIFrameElement[] = [];
      Object.assign(globalThis, { frames });
      new MutationObserver((records) => {
        for (const node of records.flatMap(({ addedNodes }) => [...addedNodes]))
          if (node instanceof HTMLIFrameElement && frames.push(node) === 1) node.srcdoc = 'Another page.';
      }).observe(document.body, { childList: true });
    });
    expect(await runAndWait(page)).toMatch(/^All 15 are right/);
    expect(await page.evaluate(() => (globalThis as unknown as { frames: unknown[] }).frames.length)).toBe(2);
    expect(await page.$('iframe')).toBeNull();
  });

  // The browser throws for the first, and reports an error of the second later.
  for (const address of ['blob:null/nothing', 'data:text/javascript,']) {
    test(`that no worker starts is told at once (${address})`, async (context) => {
      const { page, errors, visit } = await open(context);
      await page.evaluateOnNewDocument((refused) => {
        const { setTimeout, Worker } = globalThis;
        class Refused extends Worker {
          constructor() {
            super(refused);
          }
        }
        if (origin === 'null') globalThis.Worker = Refused;
        // The page's own patience has no end: it must be told.
        else
          globalThis.setTimeout = ((act: () => void, ms = 0, ...args: []) =>
            setTimeout(ms < 5000 ? act : () => {}, ms, ...args)) as typeof setTimeout;
      }, address);
      await visit(AT);
      await write(page, RIGHT);
      expect(await runAndWait(page)).toBe('Your program did not run.');
      const told = await textOf(page, '.exercise-result .problem');
      expect(told).toMatch(/^Your program: It could not be started/);
      for (const error of errors.splice(0)) expect(error).toContain(address);
    });
  }
}

/** Programs that do not end as they should, and what is said of them. */
const STOPPED = [
  { name: 'an endless loop', program: 'for (;;);', told: /^Your program: It was stopped after 2 seconds/ },
  {
    name: '1 GB of memory',
    program: 'const all = []; for (let k = 0; k < 8; k++) all.push(new Float64Array(2 ** 24).fill(k));',
    told: /^forward: There is no function forward|was stopped|memory/,
  },
  {
    name: 'a flood of messages',
    program: 'for (;;) postMessage("x".repeat(1000));',
    told: /^Your program: It was stopped/,
  },
  {
    name: 'garbage',
    program: 'postMessage(null); postMessage(["started"]); postMessage([1, {}]); postMessage(["done", "{"]);',
    told: /no answers that can be read/,
  },
];

/** Ways out of a sandbox. Each throws, or gives something that is not there, if it is closed. */
const ATTEMPTS = [
  ['the page around it', 'parent.document.title'],
  ['the page on top', 'top.location.href'],
  ['the document', 'document.body'],
  ['the window that opened it', 'opener.location'],
  ['storage', 'localStorage.length'],
  ['a database', 'indexedDB.open("longhand")'],
  ['evaluating text', 'eval("1")'],
  ['a request', 'request("SITE/way-out-1")'],
  ['a request to another site', 'request("http://example.org/way-out")'],
  ['a script', 'importScripts("SITE/way-out-2")'],
] as const;

function breakOuts(site: string): string {
  const tries = ATTEMPTS.map(
    ([name, code]) => `attempt(${JSON.stringify(name)}, () => ${code.replace('SITE/', site)});`,
  );
  return `
function request(url) { const r = new XMLHttpRequest(); r.open('GET', url, false); r.send(); return r.status || refused(); }
function refused() { throw new Error('refused'); }
function attempt(name, f) {
  try { console.log(name + ': ' + f()); } catch (error) { console.log(name + ': refused, ' + error); }
}
${tries.join('\n')}
fetch('${site}way-out-3').catch(() => {});
fetch('http://example.org/way-out').catch(() => {});
import('${site}way-out-4').catch(() => {});
for (const open of [() => new WebSocket('ws://example.org/way-out'), () => new EventSource('${site}way-out-7')])
  try { open(); } catch {}
navigator.serviceWorker?.register('${site}way-out-8').catch(() => {});
try { caches.open('way out').catch(() => {}); } catch {}
new BroadcastChannel('way out').postMessage('hello');
postMessage({ hello: 'page' });
// A worker of its own, which goes on while this one waits.
new Worker(URL.createObjectURL(new Blob(["fetch('${site}way-out-5'); importScripts('${site}way-out-6')"])));
const until = Date.now() + 700;
while (Date.now() < until);
`;
}

/** Waits for the editor, and gives the focus to it. */
async function waitForEditor(page: Page): Promise<void> {
  await waitFor(
    page,
    'the editor, and a button to run it',
    () => {
      const content = document
        .querySelector('.marked-exercise .editor')
        ?.shadowRoot?.querySelector<HTMLElement>('.cm-content');
      const run = document.querySelector<HTMLButtonElement>('.exercise-buttons .main');
      content?.focus();
      return content?.matches(':focus') && run?.disabled === false;
    },
    [],
  );
}

/** Replaces the program in the editor, as by pasting. */
async function write(page: Page, code: string): Promise<void> {
  await waitForEditor(page);
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    // Firefox takes the text itself.
    const content = { clipboardData, data: text, dataType: 'text/plain', bubbles: true, cancelable: true };
    document
      .querySelector('.marked-exercise .editor')
      ?.shadowRoot?.querySelector('.cm-content')
      ?.dispatchEvent(new ClipboardEvent('paste', content));
  }, code);
  await waitFor(
    page,
    'the program, kept',
    (text) => JSON.parse(localStorage['longhand exercise'] ?? '{}').code === text,
    [code],
  );
}

/** Keeps a program as the page does. */
async function keep(page: Page, code: string): Promise<void> {
  await page.evaluate((text) => {
    localStorage['longhand exercise'] = JSON.stringify({ code: text, best: 0, shown: [] });
  }, code);
}

/** What is kept of the program. */
function written(page: Page): Promise<string> {
  return page.evaluate(() => JSON.parse(localStorage['longhand exercise']).code);
}

/**
 * Shows the button to run, and waits until it stays where it is: fonts move it when they arrive, and the editor when it
 * has measured the lines that scrolling has shown. A press would miss it.
 */
async function waitForRest(page: Page): Promise<void> {
  await waitFor(
    page,
    'the page at rest',
    async () => {
      const place = () => {
        const { top, left } = document.querySelector('.exercise-buttons .main')!.getBoundingClientRect();
        return `${top + scrollY} ${left}`;
      };
      document.querySelector('.exercise-buttons .main')!.scrollIntoView({ block: 'center' });
      const before = place();
      await document.fonts.ready;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return place() === before;
    },
    [],
  );
}

/** Runs the program, and returns the summary of its marks. */
async function runAndWait(page: Page): Promise<string> {
  await waitForRest(page);
  await click(page, 'button', 'Run and mark');
  await waitFor(
    page,
    'a run',
    () => document.querySelector('.exercise-buttons .main')?.textContent === 'Run and mark',
    [],
  );
  return (await waitForText(page, SUMMARY, /./)).trim();
}
