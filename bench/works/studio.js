// The studio's page in Chromium beside the command: the same training, and how responsive the page
// stays meanwhile.
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
export const title = "The studio in Chromium: the board's network, 500 iterations on 59,000 digits";

const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/longhand.js', import.meta.url));
const MOST_ROUNDS = 5;

const LOAD_MS = 60_000;
/**
 * The number of frames, and by how many pixels each scrolls: more than a thousand cards a second.
 */
const [SCROLL_FRAMES, SCROLL_PIXELS] = [300, 200];

/** How the page is served. */
const WAYS = [
  { id: 'isolated', isolated: true, name: 'page with shared memory' },
  { id: 'plainHost', isolated: false, name: 'page without shared memory, one thread' },
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
    // Without its service worker, which would isolate the page.
    const { page } = await session.open({ at: 'train', serviceWorkers: isolated });
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
        { id: `command${threads}`, name: `the command with ${against}, only the training`, ...command },
        {
          id: way,
          name: `**${name}**, from the click until the hash appears`,
          note: `95th percentile of frame times ${frame.toFixed(1)} ms`,
          ...own,
        },
      ],
      goals: [
        under(
          `${name}: time compared with the command with ${against}`,
          1.3,
          own.median / command.median,
          '×',
        ),
        under(`${name}: 95th percentile of frame times during training`, 20, frame, 'ms'),
        under(`${name}: tasks of 50 ms or more on its main thread`, 1, longTasks, ''),
      ],
    };
  } finally {
    await session.end();
  }
}

/** How smoothly the gallery of Examine scrolls. */
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
    const name = 'Examine, scrolling through 60,000 cards';
    return {
      rows: [],
      goals: [
        under(`${name}: 95th percentile of frame times`, 20, percentile(frames, 0.95), 'ms'),
        under(`${name}: tasks of 50 ms or more`, 1, longTasks, ''),
      ],
    };
  } finally {
    await session.end();
  }
}

/** In the page: scrolls the gallery a little in every frame, then to its end. */
function scrollThrough(most, pixels) {
  return new Promise((resolve) => {
    const gallery = document.querySelector('.cards');
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
        gallery.scrollTop = frames.length < most ? gallery.scrollTop + pixels : gallery.scrollHeight;
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

/** The time of the training alone, in ms. */
async function trainByCommand(threads, folder) {
  const out = path.join(folder, 'beside-the-studio.safetensors');
  const args = ['train', '--seed', '1', '--threads', String(threads), '--quiet', '--json', '--out', out];
  return 1000 * JSON.parse(await outputOf([COMMAND, ...args])).seconds;
}

/** Trains once in the page, after removing the run before. */
async function trainInPage(page) {
  if (await page.evaluate(() => document.querySelector('[data-sha256]') !== null)) {
    await click(page, 'button', 'Reset');
    // The list changes with every click, so the buttons are looked up again until none is left.
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

/**
 * In the page: the ms from the click on *Train* until the hash appears, and the time between
 * frames.
 */
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
