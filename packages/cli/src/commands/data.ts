import { DataError } from '@longhand/core/errors';
import type { DataDescription } from '@longhand/formats/about';
import { listNamed } from '../about/list-named.js';
import { printDescription } from '../about/print-description.js';
import { openDataOfAnyKind } from '../data/open-data.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { log, print, printJson } from '../streams.js';
import { startProgress } from '../terminal/progress.js';
import { terminalOf } from '../terminal/terminal.js';
import { UsageError } from '../usage-error.js';
import type { data as dataRow } from './data.row.js';
import type { FlagsOf } from './row.js';

/** `longhand data PATH`, and `longhand data --list`. */
export async function dataCommand(
  path: string | undefined,
  { list = false, html, label, ignore, dataCache, json, quiet = false }: FlagsOf<typeof dataRow>,
): Promise<ExitCode> {
  if (list) {
    if (path !== undefined) throw new UsageError(`--list takes no path, but ${path} was given`);
    const rows = await listNamed(dataCache);
    if (json) printJson(rows.documents);
    else print(rows.lines(terminalOf(process.stdout)).join('\n'));
    return EXIT.done;
  }
  if (path === undefined) {
    throw new UsageError(
      'expected a file or folder of data, or the name of a dataset (longhand data --list prints them)',
    );
  }
  const { checkOutput, writeReport } = await import('../about/write-report.js');
  if (html !== undefined) await checkOutput(html);
  const read = await openDataOfAnyKind(path, undefined, {
    unlabeled: true,
    ...(label !== undefined && { label }),
    ...(ignore !== undefined && { ignore: ignore.split(',').map((name) => name.trim()) }),
  });
  const { describeData } = await import('@longhand/formats/about');
  const progress = await startProgress({ total: 1000, quiet, hasLastLine: false });
  let description: DataDescription;
  try {
    description = describeData(read, {
      balanced: '--class-weight balanced',
      onProgress: (share) =>
        progress.update(1000 * share, () => `looking at ${path}: ${Math.round(100 * share)}%`),
    });
  } catch (error) {
    throw error instanceof DataError ? new DataError(`${path}: ${error.message}`, { cause: error }) : error;
  } finally {
    progress.end();
  }
  if (html !== undefined) {
    const flags = [
      ...(label === undefined ? [] : ['--label', label]),
      ...(ignore === undefined ? [] : ['--ignore', ignore]),
    ];
    const command = ['longhand data', path, ...flags, '--html', html].join(' ');
    await writeReport(html, description, { title: path, command });
  }
  if (json) {
    const { toDocument } = await import('../about/to-document.js');
    printJson({ data: path, ...toDocument(description), ...(html !== undefined && { html }) });
  } else {
    printDescription(description, path, terminalOf(process.stdout), quiet);
    if (html !== undefined && !quiet) log(`longhand: the report is in ${html}`);
  }
  return EXIT.done;
}
