import { EXIT, type ExitCode } from '../exit-code.js';
import { describeRunsAsJson, printRuns } from '../runs/print-runs.js';
import { readRuns } from '../runs/read-runs.js';
import { printJson } from '../streams.js';
import type { FlagsOf } from './row.js';
import type { runs as runsRow } from './runs.row.js';

/** `longhand runs FILE…`. */
export async function runsCommand(
  files: readonly string[],
  { json, quiet = false }: FlagsOf<typeof runsRow>,
): Promise<ExitCode> {
  const runs = (await Promise.all(files.map(readRuns))).flat();
  if (json) printJson(describeRunsAsJson(runs));
  else printRuns(runs, { quiet });
  return EXIT.done;
}
