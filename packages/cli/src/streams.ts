import { plainText } from './terminal/plain-text.js';
import { terminalOf } from './terminal/terminal.js';

/** All output: results go to stdout, everything else to stderr. No other file writes to either. */

/** Prints a result: what a pipe should carry. */
export function print(text: string): void {
  process.stdout.write(`${plainText(text, terminalOf(process.stdout))}\n`);
}

/** Prints the one document of `--json`. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** Prints a message for the person at the screen. */
export function log(text: string): void {
  process.stderr.write(`${plainText(text, terminalOf(process.stderr))}\n`);
}

/**
 * Goes on when nobody reads the output any more. A reader that has seen enough (`| head`) closes
 * the pipe, and so does a terminal that is closed: no error, and no reason to lose a model that is
 * being trained. What is written after that goes nowhere.
 *
 * @param onOther called with a real error, such as a full disk
 */
export function tolerateClosedPipes(onOther: (error: Error) => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') onOther(error);
    });
  }
}
