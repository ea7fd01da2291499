import { stat } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '@longhand/core/errors';
import type { InputFile } from '@longhand/formats';
import type { FetchProgress, NamedData } from '@longhand/formats/named';
import { EXIT } from '../exit-code.js';
import { log } from '../streams.js';
import { startProgress } from '../terminal/progress.js';
import { fetchOptions } from './fetch-options.js';
import { filesBelow } from './files-below.js';

/** The set that comes with the command. */
const MNIST = 'mnist';
/** What a name looks like: no folder, no ending of a file. */
const NAME = /^[\w-]+$/;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The files at a path or, if there is nothing of that name, those of the dataset that has it: from
 * the cache, or fetched.
 *
 * @param expected what should be there, for the errors
 * @throws DataError if there is neither, or the dataset cannot be fetched
 */
export async function filesOf(name: string, expected: string): Promise<readonly InputFile[]> {
  if (!NAME.test(name) || name === '-') return filesBelow(name, expected);
  const { namedData, suggestNamed } = await import('@longhand/formats/named');
  const data = namedData(name);
  if (await isThere(name)) {
    if (data) {
      log(
        `longhand: ${name}: there is a file or folder of this name here: it is read, and nothing is fetched`,
      );
    }
    return filesBelow(name, expected);
  }
  if (data) return fetchData(data, expected);
  const meant = suggestNamed(name);
  const question = meant ? ` (Did you mean ${meant}?)` : '';
  throw new DataError(
    `${name}: no such file or folder, and no dataset of this name: longhand data --list prints the names${question}`,
  );
}

/** Whether a name means the digits that come with the command: there is no file or folder of that name. */
export async function isBuiltin(name: string): Promise<boolean> {
  return name.toLowerCase() === MNIST && !(await isThere(name));
}

async function isThere(name: string): Promise<boolean> {
  return stat(name).then(
    () => true,
    () => false,
  );
}

async function fetchData(data: NamedData, expected: string): Promise<readonly InputFile[]> {
  const { fetchNamed, mirrorsOf, sizeOf } = await import('@longhand/formats/named');
  const { cache, quiet = false } = fetchOptions();
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of SIGNALS) process.once(signal, stop);
  const total = sizeOf(data);
  let progress: Awaited<ReturnType<typeof startProgress>> | undefined;
  let starting: Promise<void> | undefined;
  const start = () => {
    if (!quiet) log(`longhand: fetching ${data.name} (${data.title}; ${data.license}; ${data.home})`);
    starting = startProgress({ total: Math.max(1, total), quiet }).then((started) => {
      progress = started;
    });
  };
  try {
    const { files } = await fetchNamed(data, {
      ...(cache !== undefined && { cache: path.resolve(cache) }),
      mirrors: mirrorsOf(data),
      signal: controller.signal,
      onProgress: (now) => {
        if (!starting) start();
        progress?.update(Math.min(now.have, total || now.have), () => inWords(data, now));
      },
      onNote: (note) => log(`longhand: ${note}`),
    });
    const inputs = await Promise.all(files.map((file) => filesBelow(file, expected)));
    return inputs.flat();
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    await starting;
    progress?.end();
    log(`longhand: stopped. What has arrived of ${data.name} is kept: the next time it goes on from there`);
    return process.exit(EXIT.interrupted);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
    await starting;
    progress?.end();
  }
}

function inWords({ name }: NamedData, { have, total, file, mirror }: FetchProgress): string {
  const of = total === undefined ? '' : ` of ${megabytes(total)}`;
  return `${name}: ${megabytes(have)}${of}, ${file} from ${mirror}`;
}

/** 30,804,864 → `30.8 MB`. */
export function megabytes(bytes: number): string {
  return bytes < 1e5 ? `${(bytes / 1000).toFixed(bytes < 1e4 ? 1 : 0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
