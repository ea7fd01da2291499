import type { Settings } from '@longhand/core';
import { DataError } from '@longhand/core/errors';
import type { Json } from '@longhand/core/files';
import { withCurrentNames } from '@longhand/core/settings';
import { isSweepLog } from '@longhand/sweep/log';
import { readBytes } from '../data/read-bytes.js';
import type { LogLine } from '../training/run-log.js';
import type { Line, LoggedEnd, LoggedRun } from './logged-run.js';
import { runsOfSweep } from './runs-of-sweep.js';

/**
 * The runs in a log of training, or of a sweep. A last line without a line break was cut off, and is ignored.
 *
 * @throws DataError for a file that is missing or is no log, with the line
 */
export async function readRuns(file: string): Promise<LoggedRun[]> {
  const expected = 'a file that longhand train --log wrote';
  const text = new TextDecoder().decode(await readBytes(file, expected));
  if (isSweepLog(text)) return runsOfSweep(file, text);
  const lines = text.split('\n');
  lines.pop();
  const runs: { file: string; begun: Line<'run'>; steps: Line<'step'>[]; end: LoggedEnd | undefined }[] = [];
  for (const [k, written] of lines.entries()) {
    const line = readLine(written);
    const run = runs.at(-1);
    if (line?.type === 'run') runs.push({ file, begun: line, steps: [], end: undefined });
    else if (line?.type === 'step' && run && !run.end) run.steps.push(line);
    else if (line?.type === 'end' && run && !run.end) run.end = line;
    else if (line?.type === 'test' && runs[line.run - 1]?.end) {
      const { examples, loss, accuracy } = line;
      const tested = runs[line.run - 1]!;
      tested.end = { ...tested.end!, test: { examples, loss, accuracy } };
    } else throw new DataError(`${file}: line ${k + 1} is not part of a run log: expected ${expected}`);
  }
  if (runs.length === 0) throw new DataError(`${file}: contains no run: expected ${expected}`);
  return runs;
}

function readLine(text: string): LogLine | undefined {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isLine(line)) return undefined;
  if (line.type === 'end') return withCurrentKeys(line);
  if (line.type !== 'run') return line;
  return { ...line, settings: withCurrentNames(line.settings as Record<string, Json>) as Partial<Settings> };
}

function isLine(line: unknown): line is LogLine {
  if (typeof line !== 'object' || line === null) return false;
  const { type, version, settings, iteration, epoch, loss, accuracy, train, run } = line as Record<
    string,
    unknown
  >;
  if (type === 'run') return version === 1 && typeof settings === 'object' && settings !== null;
  if (type === 'step') return [iteration, epoch, loss, accuracy].every((value) => typeof value === 'number');
  if (type === 'test') return [run, loss, accuracy].every((value) => typeof value === 'number');
  return type === 'end' && typeof train === 'object' && train !== null;
}

/** A log's last line; formerly it had `made` and `ended`. */
function withCurrentKeys(
  line: Line<'end'> & { readonly made?: number; readonly ended?: string },
): Line<'end'> {
  const { made, ended, ...rest } = line;
  return {
    ...rest,
    updates: rest.updates ?? made ?? rest.iterations,
    stopReason: rest.stopReason ?? ended ?? 'interrupted',
  };
}
