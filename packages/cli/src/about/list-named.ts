import path from 'node:path';
import { count } from '@longhand/core/text';
import { cachedFiles, dataCacheFolder, NAMED_DATA, sizeOf } from '@longhand/formats/named';
import { megabytes } from '../data/named-files.js';
import { padBefore, padTo, painter } from '../terminal/paint.js';
import { rowsFitting } from '../terminal/rows.js';
import type { Terminal } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';

/** A dataset that has a name. */
interface Listed {
  readonly name: string;
  readonly title: string;
  readonly training: number;
  readonly test: number;
  readonly classes: number;
  /** Bytes to fetch, as far as they are known. */
  readonly bytes: number;
  /** The folder that holds it, if it is on this machine. */
  readonly cached: string | null;
  readonly license: string;
  readonly home: string;
}

const BUILTIN: Listed = {
  name: 'mnist',
  title: 'handwritten digits; they come with Longhand',
  training: 60_000,
  test: 10_000,
  classes: 10,
  bytes: 0,
  cached: 'built in',
  license: 'CC BY-SA 3.0',
  home: 'http://yann.lecun.com/exdb/mnist/',
};

/** The datasets that have a name, and whether they are in the cache. Nothing is fetched. */
export async function listNamed(cacheFlag: string | undefined): Promise<{
  readonly documents: readonly Listed[];
  readonly lines: (terminal: Terminal) => string[];
}> {
  const cache = cacheFlag === undefined ? dataCacheFolder() : path.resolve(cacheFlag);
  const documents: Listed[] = [BUILTIN];
  for (const data of NAMED_DATA) {
    const { name, title, training, test, classes, license, home } = data;
    const { folder, complete, bytes } = await cachedFiles(data, cache);
    documents.push({
      ...{ name, title, training, test, classes, license, home },
      bytes: complete ? bytes : sizeOf(data),
      cached: complete ? folder : null,
    });
  }
  return { documents, lines: (terminal) => linesOf(documents, cache, terminal) };
}

function linesOf(listed: readonly Listed[], cache: string, terminal: Terminal): string[] {
  const paint = painter(terminal);
  const rows = listed.map(({ name, training, test, classes, bytes, cached }) => [
    name,
    count(training),
    count(test),
    String(classes),
    bytes > 0 ? megabytes(bytes) : '',
    cached === null ? '' : cached === 'built in' ? cached : 'on this machine',
  ]);
  const all = [['name', 'training', 'test', 'classes', 'size', ''], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const lines = all.map((row, k) => {
    const text = row
      .map((cell, column) =>
        column === 0 || column === 5 ? padTo(cell, widths[column]!) : padBefore(cell, widths[column]!),
      )
      .join('  ')
      .trimEnd();
    return k === 0 ? paint('dim', text) : text;
  });
  const titles = listed.flatMap(({ name, title }) => wrap(`${name}: ${title}`, terminal.width - 2));
  return [
    ...rowsFitting(lines, all, terminal),
    '',
    ...titles,
    '',
    ...wrap(
      `A dataset is fetched when you first pass its name as --data, and kept in ${cache}.`,
      terminal.width,
    ),
  ];
}
