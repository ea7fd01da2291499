import { checkWritable } from '../model/save-model.js';
import { placeOf } from '../training/run-files.js';
import { UsageError } from '../usage-error.js';

interface SweepFiles {
  readonly out: string;
  readonly log?: string;
  readonly resume?: string;
  readonly csv?: string;
  readonly data?: string;
}

/**
 * Checks the files of a sweep before it starts: all have names, none is written over another, and all can be
 * written.
 *
 * @throws UsageError for two flags with one file, DataError for a file that cannot be written
 */
export async function checkSweepFiles(files: SweepFiles): Promise<void> {
  const named = (['out', 'csv', 'log', 'resume', 'data'] as const).flatMap((flag) =>
    files[flag] === undefined ? [] : [[flag, files[flag]] as const],
  );
  for (const [flag, file] of named)
    if (file === '') throw new UsageError(`--${flag}: the file name is empty: is a shell variable unset?`);
  if (files.log !== undefined && files.resume !== undefined)
    throw new UsageError(
      '--log and --resume exclude each other: --resume goes on with the log that it names',
    );
  const places = await Promise.all(named.map(([, file]) => placeOf(file)));
  for (const [k, [flag, file]] of named.entries()) {
    const first = places.indexOf(places[k]);
    if (places[k] === undefined || first === k) continue;
    const [other, otherFile] = named[first]!;
    throw new UsageError(
      `--${flag} ${file}: is the same file as --${other} ${otherFile}: choose two different files`,
    );
  }
  await checkWritable(files.out);
  if (files.csv !== undefined) await checkWritable(files.csv, 'the table');
}
