import { EngineError, LonghandError, SettingError } from '@longhand/core/errors';
import { renderSettingError } from '@longhand/core/settings';
import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-code.js';
import { takesSetting, typedFlagOf } from './flag-name.js';
import { log } from './streams.js';
import { suggestValue } from './suggest-value.js';

/** Prints an error as one line, and returns the exit code. */
export function showError(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    // Help and the version end this way, too.
    if (error.exitCode === 0) return EXIT.done;
    log(`longhand: ${oneLine(error.message.replace(/^error: /, ''))}`);
    return EXIT.bad;
  }
  if (error instanceof SettingError) {
    log(`longhand: ${oneLine(renderSettingError(error, typedFlagOf))}${questionFor(error)}`);
    return EXIT.bad;
  }
  if (error instanceof EngineError) {
    log(`longhand: ${oneLine(withFlag(error))}`);
    return EXIT.bad;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof LonghandError) {
    // A value in a list or in a file, such as one of --vary.
    const question = error.cause instanceof SettingError ? questionFor(error.cause) : '';
    log(`longhand: ${oneLine(message)}${question}`);
    return EXIT.bad;
  }
  const kind = error instanceof Error ? error.name : 'error';
  log(
    `longhand: this is a bug in longhand: ${kind}: ${oneLine(message)}. Please report it with the command ` +
      'that you typed. LONGHAND_DEBUG=1 shows where it happened.',
  );
  if (process.env.LONGHAND_DEBUG === '1' && error instanceof Error) log(error.stack ?? '');
  return EXIT.bad;
}

function questionFor(error: SettingError): string {
  const meant = suggestValue(error);
  return meant === undefined ? '' : ` (Did you mean ${meant}?)`;
}

function oneLine(message: string): string {
  return message.replace(/\s*\n\s*/g, ' ').trim();
}

/** What the engine cannot do, with advice only if the command has a flag for it. */
function withFlag({ reason, advice, message }: EngineError): string {
  if (advice === undefined || !/maths/.test(advice)) return message;
  if (!takesSetting('engine')) return `${reason}: this command needs the fast engine`;
  return `${reason}. ${advice.replace(/the option engine: 'maths'|the maths engine/, '--engine maths')}`;
}
