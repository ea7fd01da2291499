import type { SingleBar } from 'cli-progress';
import { log } from '../streams.js';
import { terminalOf } from './terminal.js';

/** The progress of long work, shown on stderr. */
export interface Progress {
  /** `describe` is called only when something is drawn. */
  update(done: number, describe: () => string): void;
  /** Removes the bar, or writes the last line. */
  end(): void;
}

const REDRAW_MS = 100;
const LINE_MS = 2000;
const BAR_COLUMNS = 20;
/** Columns that the text needs beside the bar. */
const WORDS_COLUMNS = 72;

export interface ProgressOptions {
  readonly total: number;
  readonly quiet: boolean;
  /** Whether the last state is written in any case where there is no terminal. Default: it is. */
  readonly hasLastLine?: boolean;
}

/** A bar in a terminal; otherwise a line from time to time; nothing with `quiet`. */
export async function startProgress({
  total,
  quiet,
  hasLastLine = true,
}: ProgressOptions): Promise<Progress> {
  if (quiet) return { update: () => undefined, end: () => undefined };
  const terminal = terminalOf(process.stderr);
  if (!terminal.interactive) return plainLines(total, hasLastLine);
  // In a narrow terminal, the text is more important than the bar.
  const columns = Math.min(BAR_COLUMNS, Math.max(0, terminal.width - WORDS_COLUMNS));
  const { default: cliProgress } = await import('cli-progress');
  const bar = new cliProgress.SingleBar({
    format: columns > 0 ? '{bar} {words}' : '{words}',
    barsize: columns,
    barCompleteChar: terminal.unicode ? '█' : '#',
    barIncompleteChar: terminal.unicode ? '░' : '.',
    stream: process.stderr,
    clearOnComplete: true,
    fps: 1000 / REDRAW_MS,
    // No change to the terminal that would remain if the process is killed. Long lines are cut.
    hideCursor: false,
    linewrap: true,
    gracefulExit: false,
  });
  return drawnBar(bar, total);
}

function drawnBar(bar: SingleBar, total: number): Progress {
  let drawn = Number.NEGATIVE_INFINITY;
  let started = false;
  return {
    update(done, describe) {
      const now = performance.now();
      if (now - drawn < REDRAW_MS) return;
      drawn = now;
      const payload = { words: describe() };
      if (started) bar.update(done, payload);
      else bar.start(total, done, payload);
      started = true;
    },
    end() {
      if (started) bar.stop();
    },
  };
}

function plainLines(total: number, hasLastLine: boolean): Progress {
  let written = performance.now();
  let last: { done: number; describe: () => string } | undefined;
  return {
    update(done, describe) {
      last = { done, describe };
      const now = performance.now();
      if (now - written < LINE_MS && (done < total || !hasLastLine)) return;
      written = now;
      last = undefined;
      log(describe());
    },
    end() {
      if (last && hasLastLine) log(last.describe());
    },
  };
}
