import { rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '@longhand/core/errors';
import { type DataDescription, type ReportOptions, reportHtml } from '@longhand/formats/about';

/**
 * Checks, before the work starts, that a report can be written.
 *
 * @throws DataError if it is a folder, or its folder does not exist
 */
export async function checkOutput(file: string): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  const [own, above] = await Promise.all([statusOf(file), statusOf(folder)]);
  if (file === '' || own?.isDirectory() || /[\\/]$/.test(file)) {
    throw new DataError(`--html ${file}: expected the name of a file, such as report.html`);
  }
  if (!above?.isDirectory()) throw new DataError(`--html ${file}: the folder ${folder} does not exist`);
}

/** Writes the report under another name, and gives it its own when it is whole. */
export async function writeReport(
  file: string,
  description: DataDescription,
  options: ReportOptions,
): Promise<void> {
  const unfinished = `${file}.${process.pid}.part`;
  try {
    await writeFile(unfinished, reportHtml(description, options), { flush: true });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new DataError(`--html ${file}: cannot be written (${code ?? (error as Error).message})`, {
      cause: error,
    });
  }
}

async function statusOf(file: string) {
  return stat(file).catch(() => undefined);
}
