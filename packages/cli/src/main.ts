import { DataError } from '@longhand/core/errors';
import { runCommand } from './program.js';
import { showError } from './show-error.js';
import { tolerateClosedPipes } from './streams.js';

/**
 * The command, from its arguments to its exit code. It does not call `process.exit` at the end, so
 * that all output is written.
 */
export async function run(args: readonly string[]): Promise<void> {
  const fail = (error: unknown) => process.exit(showError(error));
  process.on('uncaughtException', fail);
  tolerateClosedPipes((error) => fail(new DataError(`cannot write the result: ${error.message}`)));
  try {
    process.exitCode = await runCommand(args);
  } catch (error) {
    process.exitCode = showError(error);
  }
}
