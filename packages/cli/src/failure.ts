import { LonghandError } from '@longhand/core';
import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-code.js';
import { log } from './streams.js';

/** Says in one line what went wrong, and gives the code to end with. */
export function reportFailure(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    log(`longhand: ${oneLine(error.message.replace(/^error: /, ''))}`);
    return EXIT.bad;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof LonghandError) {
    log(`longhand: ${oneLine(message)}`);
    return EXIT.bad;
  }
  const kind = error instanceof Error ? error.name : 'error';
  log(
    `longhand: a defect of ours, please report it with the command you gave: ${kind}: ${oneLine(message)} (LONGHAND_DEBUG=1 shows where)`,
  );
  if (process.env.LONGHAND_DEBUG === '1' && error instanceof Error) log(error.stack ?? '');
  return EXIT.bad;
}

function oneLine(message: string): string {
  return message.replace(/\s*\n\s*/g, ' ').trim();
}
