import { log } from '../streams.js';
import { clip } from './paint.js';
import { terminalOf } from './terminal.js';

/** Lines at the end of the terminal that change in place. */
export interface LiveLines {
  /**
   * `describe` is called only when something is drawn. In a pipe, only the first line is written, now and
   * then.
   */
  draw(describe: () => readonly string[]): void;
  /** A line that stays, above the others. */
  say(line: string): void;
  /** Removes the lines. */
  end(): void;
}

const REDRAW_MS = 200;
const LINE_MS = 5000;

/** Lines on stderr: drawn over in a terminal, one from time to time elsewhere, none with `quiet`. */
export function startLines({ quiet }: { readonly quiet: boolean }): LiveLines {
  if (quiet) return { draw: () => undefined, say: () => undefined, end: () => undefined };
  return terminalOf(process.stderr).interactive ? drawnLines() : plainLines();
}

function drawnLines(): LiveLines {
  let drawn = Number.NEGATIVE_INFINITY;
  let rows = 0;
  const erase = () => {
    // Ctrl-C leaves ^C where the cursor is.
    if (rows > 0) process.stderr.write(`\r\x1b[${rows}A\x1b[J`);
    rows = 0;
  };
  return {
    draw(describe) {
      const now = performance.now();
      if (now - drawn < REDRAW_MS) return;
      drawn = now;
      const { width } = terminalOf(process.stderr);
      const lines = describe().map((line) => clip(line, width - 1));
      erase();
      process.stderr.write(lines.map((line) => `${line}\n`).join(''));
      rows = lines.length;
    },
    say(line) {
      erase();
      log(line);
      drawn = Number.NEGATIVE_INFINITY;
    },
    end: erase,
  };
}

function plainLines(): LiveLines {
  let written = performance.now();
  return {
    draw(describe) {
      const now = performance.now();
      if (now - written < LINE_MS) return;
      written = now;
      log(describe()[0] ?? '');
    },
    say: log,
    end: () => undefined,
  };
}
