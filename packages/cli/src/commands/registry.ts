import type { ExitCode } from '../exit-code.js';
import { check } from './check.row.js';
import { compare } from './compare.row.js';
import { convert } from './convert.row.js';
import { data } from './data.row.js';
import { evaluate } from './evaluate.row.js';
import { exercise } from './exercise.row.js';
import { explain } from './explain.row.js';
import { mark } from './mark.row.js';
import { predict } from './predict.row.js';
import { read } from './read.row.js';
import { reproduce } from './reproduce.row.js';
import type { CommandRow, Run } from './row.js';
import { runs } from './runs.row.js';
import { show } from './show.row.js';
import { studio } from './studio.row.js';
import { sweep } from './sweep.row.js';
import { teach } from './teach.row.js';
import { train } from './train.row.js';
import { worker } from './worker.row.js';

/** A command: its row, and how to run it with what was typed, loading only then what it needs. */
export interface RegisteredCommand {
  readonly row: CommandRow;
  readonly run: (values: readonly unknown[]) => Promise<ExitCode>;
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly RegisteredCommand[] = [
  command(train, async () => (await import('./train.js')).trainCommand),
  command(sweep, async () => (await import('./sweep.js')).sweepCommand),
  command(evaluate, async () => (await import('./evaluate.js')).evaluateCommand),
  command(predict, async () => (await import('./predict.js')).predictCommand),
  command(read, async () => (await import('./read.js')).readCommand),
  command(teach, async () => (await import('./teach.js')).teachCommand),
  command(show, async () => (await import('./show.js')).showCommand),
  command(explain, async () => (await import('./explain.js')).explainCommand),
  command(compare, async () => (await import('./compare.js')).compareCommand),
  command(convert, async () => (await import('./convert.js')).convertCommand),
  command(data, async () => (await import('./data.js')).dataCommand),
  command(check, async () => (await import('./check.js')).checkCommand),
  command(exercise, async () => (await import('./exercise.js')).exerciseCommand),
  command(mark, async () => (await import('./mark.js')).markCommand),
  command(reproduce, async () => (await import('./reproduce.js')).reproduceCommand),
  command(runs, async () => (await import('./runs.js')).runsCommand),
  command(worker, async () => (await import('./worker.js')).workerCommand),
  command(studio, async () => (await import('./studio.js')).studioCommand),
];

/** Ties a row to its command, which must take exactly what the row promises. */
function command<R extends CommandRow>(row: R, load: () => Promise<Run<R>>): RegisteredCommand {
  return { row, run: async (values) => (await load())(...(values as Parameters<Run<R>>)) };
}
