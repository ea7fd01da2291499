import { DataError } from '@longhand/core';
import { reportFailure } from './failure.js';
import { runCommand } from './program.js';
import { tolerateClosedPipes } from './streams.js';

/** The command from its arguments to its exit code. The process ends by itself, so that all output gets out. */
export async function run(args: readonly string[]): Promise<void> {
  const fail = (error: unknown) => process.exit(reportFailure(error));
  process.on('uncaughtException', fail);
  tolerateClosedPipes((error) => fail(new DataError(`cannot write the result: ${error.message}`)));
  try {
    process.exitCode = await runCommand(args);
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}
