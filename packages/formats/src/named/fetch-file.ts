import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createInflateRaw } from 'node:zlib';
import { type DownloadOptions, download, dropPart, type Remote } from './download.js';
import { checkFile } from './hash-file.js';
import type { Mirror, NamedFile } from './named-data.js';
import type { remoteZip } from './remote-zip.js';
import { RequestError } from './request.js';

/** Tries at one mirror that bring no byte. */
const FRUITLESS_TRIES = 2;
const PAUSE_MS = 200;

export interface FileOptions {
  readonly mirrors: readonly Mirror[];
  /** The zip files on servers whose directory was read. */
  readonly zipOf: (url: string) => ReturnType<typeof remoteZip>;
  readonly pinned: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly stallMs: number;
  readonly onBytes: (have: number, total: number | undefined, mirror: string) => void;
  /** Called when a mirror fails and the next one is tried. */
  readonly onFailure: (reason: string) => void;
}

/** A file that was fetched. */
export interface Fetched {
  readonly sha256: string;
  /** Whether only an earlier download, or nothing, says what its hash should be. */
  readonly pinned: boolean;
  readonly mirror: string;
}

/**
 * Fetches a file from the first mirror that has it, checks it, and gives it its name.
 *
 * @returns the reasons why no mirror has it
 */
export async function fetchFile(
  target: string,
  file: NamedFile,
  { mirrors, zipOf, pinned, signal, stallMs, onBytes, onFailure }: FileOptions,
): Promise<Fetched | { readonly reasons: readonly string[] }> {
  const part = `${target}.part`;
  const reasons: string[] = [];
  for (const mirror of mirrors) {
    const host = hostOf(mirror);
    const options = {
      signal,
      stallMs,
      isChecked: Boolean(file.sha256 || file.contents || file.md5 || pinned),
    };
    try {
      await downloadPatiently(mirror, file, part, {
        ...options,
        zipOf,
        onBytes: (have, total) => onBytes(have, total, host),
      });
      const whole = `${part}.whole`;
      await takeOut(part, whole, 'zip' in mirror && (await isDeflated(mirror, file, zipOf, options)));
      const check = await checkFile(whole, file, pinned);
      if (check.is === 'wrong') {
        await Promise.all([rm(whole, { force: true }), dropPart(part)]);
        throw new RequestError(
          `gives a file with another content (${check.found}, expected ${check.expected})`,
        );
      }
      await rename(whole, target);
      await dropPart(part);
      return { sha256: check.sha256, pinned: check.pinned, mirror: host };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const reason = `${host}: ${error.message}`;
      reasons.push(reason);
      onFailure(`${file.name}: ${reason}`);
    }
  }
  return { reasons };
}

type Zips = Pick<FileOptions, 'zipOf'>;

/** Tries one mirror as long as every try brings something. */
async function downloadPatiently(
  mirror: Mirror,
  file: NamedFile,
  part: string,
  { zipOf, ...options }: Omit<DownloadOptions, 'size'> & Zips,
): Promise<void> {
  let most = 0;
  for (let fruitless = 0; ; ) {
    let reached = 0;
    try {
      const remote = await remoteOf(mirror, file, zipOf, options);
      const size = remote.range ? undefined : file.size;
      return await download(remote, part, {
        ...options,
        size,
        onBytes: (have, total) => {
          reached = have;
          options.onBytes?.(have, total);
        },
      });
    } catch (error) {
      fruitless = reached > most ? 0 : fruitless + 1;
      most = Math.max(most, reached);
      const again = error instanceof RequestError && error.again && fruitless < FRUITLESS_TRIES;
      if (!again) throw error;
      await sleep(PAUSE_MS * fruitless, undefined, options.signal ? { signal: options.signal } : {});
    }
  }
}

async function remoteOf(
  mirror: Mirror,
  { name }: NamedFile,
  zipOf: FileOptions['zipOf'],
  options: Pick<DownloadOptions, 'signal' | 'stallMs'>,
): Promise<Remote> {
  if ('folder' in mirror) return { url: new URL(encodeURIComponent(name), mirror.folder).href };
  return zipOf(mirror.zip)(`${mirror.inside}${name}`, options);
}

async function isDeflated(
  mirror: Mirror,
  file: NamedFile,
  zipOf: FileOptions['zipOf'],
  options: Pick<DownloadOptions, 'signal' | 'stallMs'>,
): Promise<boolean> {
  return (await remoteOf(mirror, file, zipOf, options)).isDeflated ?? false;
}

/** The file itself: of a zip file, the part is still compressed. */
async function takeOut(part: string, whole: string, deflated: boolean): Promise<void> {
  if (!deflated) {
    await rename(part, whole);
    return;
  }
  try {
    await pipeline(createReadStream(part), createInflateRaw(), createWriteStream(whole, { flush: true }));
  } catch (error) {
    await Promise.all([rm(whole, { force: true }), dropPart(part)]);
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_')) throw new RequestError('gives a damaged archive');
    throw error;
  }
}

function hostOf(mirror: Mirror): string {
  return new URL('folder' in mirror ? mirror.folder : mirror.zip).host;
}
