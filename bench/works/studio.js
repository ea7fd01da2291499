// The page of the studio in Chromium beside the command: the same training, and how the page's own thread fares meanwhile.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { programOf } from '../../tests/dist/runtimes/installed.js';
import { click, find } from '../../tests/dist/studio/controls.js';
import { startSession } from '../../tests/dist/studio/session.js';
import { until } from '../../tests/dist/studio/until.js';
import { interleave } from '../interleave.js';
import { summary } from '../statistics.js';
import { under } from './goals.js';
import { outputOf } from './processes.js';

export const id = 'studio';
export const title = 'The studio in Chromium: the board, 500 iterations on 59,000 digits';

const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/longhand.js', import.meta.url));
const MOST_ROUNDS = 5;

const LOAD_MS = 60_000;
/** So many frames, each so many pixels on: more than a thousand cards a second go by. */
const [SCROLL_FRAMES, SCROLL_PIXELS] = [300, 200];

/** How the page is served. */
const WAYS = [
  { id: 'isolated', isolated: true, name: 'a page that may share memory' },
  { id: 'plainHost', isolated: false, name: 'a page that may not, one thread' },
];

export async function run(pace) {
  const parts = [];
  for (const way of WAYS) parts.push(await measureWay(way, pace));
  parts.push(await measureScrolling());
  return {
    unit: 's',
    rows: parts.flatMap(({ rows }) => rows),
    goals: parts.flatMap(({ goals }) => goals),
  };
}

async function measureWay({ id: way, isolated, name }, { cores, folder, rounds, sliceMs }) {
  const threads = isolated ? cores : 1;
  const session = await startSession('chromium', chromium(), { isolated });
  try {
    const { page } = await session.open({ at: 'train' });
    // The digits arrive, and the workers start.
    await trainInPage(page);
    const watched = [];
    const entries = [
      { id: 'command', run: () => trainByCommand(threads, folder) },
      {
        id: 'page',
        async run() {
          watched.push(await trainInPage(page));
          return watched.at(-1).ms;
        },
      },
    ];
    const times = await interleave(
      entries.map((entry) => ({ ...entry, iterations: 1 })),
      { rounds: Math.min(rounds, MOST_ROUNDS), sliceMs },
    );
    const [command, own] = ['command', 'page'].map((who) => {
      const seconds = times.get(who).map((ms) => ms / 1000);
      return { ...summary(seconds), rounds: seconds };
    });
    const frame = summary(watched.map(({ frames }) => percentile(frames, 0.95))).median;
    const longTasks = watched.reduce((sum, page) => sum + page.longTasks, 0);
    const against = threads === 1 ? 'one thread' : `${threads} threads`;
    return {
      rows: [
        { id: `command${threads}`, name: `the command with ${against}, training alone`, ...command },
        {
          id: way,
          name: `**${name}**, from the click to the hash`,
          note: `95th percentile of its frames ${frame.toFixed(1)} ms`,
          ...own,
        },
      ],
      goals: [
        under(`${name}: against the command with ${against}`, 1.3, own.median / command.median, '×'),
        under(`${name}: 95th percentile of its frames while it trains`, 20, frame, 'ms'),
        under(`${name}: tasks of 50 ms or more on its thread meanwhile`, 1, longTasks, ''),
      ],
    };
  } finally {
    await session.end();
  }
}

/** How the drawer of Examine keeps up with whoever scrolls through it. */
async function measureScrolling() {
  const session = await startSession('chromium', chromium());
  try {
    const { page } = await session.open({ at: 'examine?set=training' });
    await until(
      page,
      'the digits',
      (text) => document.querySelector('.filters .left')?.textContent?.includes(text),
      ['60,000'],
      LOAD_MS,
    );
    await until(
      page,
      'the answers',
      () => document.querySelector('.figures-line')?.getAttribute('aria-busy') === 'false',
      [],
      LOAD_MS,
    );
    const { frames, longTasks } = await page.evaluate(scrollThrough, SCROLL_FRAMES, SCROLL_PIXELS);
    const name = 'Examine, scrolled through its 60,000 cards';
    return {
      rows: [],
      goals: [
        under(`${name}: 95th percentile of its frames`, 20, percentile(frames, 0.95), 'ms'),
        under(`${name}: tasks of 50 ms or more meanwhile`, 1, longTasks, ''),
      ],
    };
  } finally {
    await session.end();
  }
}

/** In the page: scrolls the drawer on with every frame, then to its end. */
function scrollThrough(most, pixels) {
  return new Promise((resolve) => {
    const drawer = document.querySelector('.cards');
    let longTasks = 0;
    const observer = new PerformanceObserver((list) => {
      longTasks += list.getEntries().length;
    });
    observer.observe({ type: 'longtask' });
    const frames = [];
    let before = performance.now();
    requestAnimationFrame(function next(now) {
      frames.push(now - before);
      before = now;
      if (frames.length <= most) {
        drawer.scrollTop = frames.length < most ? drawer.scrollTop + pixels : drawer.scrollHeight;
        requestAnimationFrame(next);
        return;
      }
      longTasks += observer.takeRecords().length;
      observer.disconnect();
      resolve({ frames, longTasks });
    });
  });
}

function chromium() {
  return programOf('chromium', {
    skip(why) {
      throw new Error(why);
    },
  });
}

/** In ms, of its training alone. */
async function trainByCommand(threads, folder) {
  const out = path.join(folder, 'beside-the-studio.safetensors');
  const args = ['train', '--seed', '1', '--threads', String(threads), '--quiet', '--json', '--out', out];
  return 1000 * JSON.parse(await outputOf([COMMAND, ...args])).seconds;
}

/** A run in the page, the one before forgotten. */
async function trainInPage(page) {
  if (await page.evaluate(() => document.querySelector('[data-sha256]') !== null)) {
    await click(page, 'button', 'Reset');
    // The list moves while it is gone through: buttons are pressed where they are, until none is left.
    await until(
      page,
      'no run',
      () => {
        for (const button of document.querySelectorAll('button[aria-label^="Remove run"]')) button.click();
        return !document.querySelector('[data-sha256], button[aria-label^="Remove run"]');
      },
      [],
    );
  }
  const button = await find(page, 'button', 'Train');
  return button.evaluate(watchTraining);
}

/** In the page: from the click on *Train* to the hash of what was trained, in ms, and what its frames took. */
function watchTraining(button) {
  return new Promise((resolve) => {
    let longTasks = 0;
    const count = (entries) => {
      longTasks += entries.length;
    };
    const observer = new PerformanceObserver((list) => count(list.getEntries()));
    observer.observe({ type: 'longtask' });
    const frames = [];
    const start = performance.now();
    let before = start;
    button.click();
    requestAnimationFrame(function next(now) {
      frames.push(now - before);
      before = now;
      if (!document.querySelector('[data-sha256]')) {
        requestAnimationFrame(next);
        return;
      }
      const ms = performance.now() - start;
      count(observer.takeRecords());
      observer.disconnect();
      resolve({ ms, frames, longTasks });
    });
  });
}

function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
