import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { FILE_KINDS } from '../recognize/kinds.js';
import { kindOf } from '../recognize/recognize.js';
import { type Answer, RequestError, type RequestOptions, request } from './request.js';

/** What is downloaded: a file of a server, or bytes `start` to `end` (not included) of one. */
export interface Remote {
  readonly url: string;
  readonly range?: { readonly start: number; readonly end: number };
  /** Whether the bytes are compressed as in a zip file. */
  readonly isDeflated?: boolean;
}

export interface DownloadOptions extends Omit<RequestOptions, 'headers'> {
  /** The size in bytes, if it is known. More is refused. */
  readonly size?: number | undefined;
  /** Whether the result is checked by a known hash: then a part from elsewhere may be continued. */
  readonly isChecked: boolean;
  /** Called with the bytes that are there. */
  readonly onBytes?: (have: number, total: number | undefined) => void;
}

/** What is known about an unfinished download, in a file beside it. */
interface PartState {
  readonly url: string;
  readonly start: number;
  readonly isDeflated: boolean;
  /** An ETag or date: whether the file on the server is still the same. */
  readonly validator?: string;
}

/** Without a known size, more than this is no dataset of ours. */
const MOST_BYTES = 1e9;

const stateFile = (part: string): string => `${part}.json`;

/** Removes an unfinished download. */
export async function dropPart(part: string): Promise<void> {
  await Promise.all([rm(part, { force: true }), rm(stateFile(part), { force: true })]);
}

/**
 * Downloads to a file, which is continued if it is there. What has arrived stays when the connection is cut or
 * `signal` is aborted.
 *
 * @throws RequestError if the server does not have it, gives something else, or the connection is cut
 */
export async function download(remote: Remote, part: string, options: DownloadOptions): Promise<void> {
  const start = remote.range?.start ?? 0;
  const state = await stateOf(part);
  const isSame = state?.url === remote.url && state.start === start && state.validator !== undefined;
  const isAlike = state !== undefined && state.isDeflated === (remote.isDeflated ?? false);
  if (!(isAlike && (isSame || options.isChecked))) await dropPart(part);
  let have = await sizeOf(part);
  const wanted = remote.range && remote.range.end - start;
  if (wanted !== undefined && have > wanted) {
    await dropPart(part);
    have = 0;
  }
  if (wanted === have) return;

  const end = remote.range ? remote.range.end - 1 : '';
  const headers = {
    ...((have > 0 || remote.range) && { range: `bytes=${start + have}-${end}` }),
    ...(have > 0 && isSame && { 'if-range': state.validator! }),
  };
  const answer = await request(remote.url, { ...options, headers });
  try {
    if (answer.status === 416 && have > 0) {
      // The part is as long as the file, or longer. If it is the file, its hash says so.
      if (totalOf(answer) === have) return;
      await dropPart(part);
      throw new RequestError('the file has changed', true);
    }
    if (answer.status === 206) {
      const from = Number(/^bytes (\d+)-/.exec(answer.headers.get('content-range') ?? '')?.[1]);
      if (from !== start + have) {
        throw new RequestError(`was asked for bytes from ${start + have}, and gave bytes from ${from}`);
      }
    } else if (answer.status !== 200) {
      throw new RequestError(`${answer.status} ${STATUS[answer.status] ?? ''}`.trim(), answer.status >= 500);
    } else if (remote.range) {
      throw new RequestError('gives whole files only, and this one is a large archive');
    } else have = 0;
    await receive(answer, remote, part, have, options);
  } finally {
    answer.drop();
  }
}

const STATUS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  410: 'Gone',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

async function receive(
  answer: Answer,
  remote: Remote,
  part: string,
  already: number,
  { size, onBytes }: DownloadOptions,
): Promise<void> {
  const total = remote.range ? remote.range.end - remote.range.start : totalOf(answer);
  const limit = size ?? MOST_BYTES;
  // A server may have unpacked the file on the way: then its size says nothing.
  if (total !== undefined && total > Math.max(limit, 4096)) {
    throw new RequestError(`${total} bytes are too many: expected ${size ?? `fewer than ${MOST_BYTES}`}`);
  }
  const validator = validatorOf(answer.headers);
  const state: PartState = {
    url: remote.url,
    start: remote.range?.start ?? 0,
    isDeflated: remote.isDeflated ?? false,
    ...(validator && { validator }),
  };
  await writeFile(stateFile(part), JSON.stringify(state));
  const file = await open(part, already > 0 ? 'r+' : 'w');
  let have = already;
  try {
    for await (const chunk of answer.chunks()) {
      if (have === 0 && !remote.isDeflated) checkStart(chunk);
      await file.write(chunk, 0, chunk.length, have);
      have += chunk.length;
      if (have > (total ?? MOST_BYTES)) throw new RequestError('sends more bytes than it announced');
      onBytes?.(have, total ?? size);
    }
    await file.truncate(have);
    await file.sync();
  } finally {
    await file.close();
  }
  if (total !== undefined && have < total) throw new RequestError('the connection was cut', true);
}

/** A page or a pointer in place of the file is told from its first bytes. */
function checkStart(chunk: Uint8Array): void {
  const kind = kindOf(FILE_KINDS, chunk, '');
  if (kind?.purpose === 'other') throw new RequestError(`gives ${kind.label}`);
  const text = new TextDecoder('latin1').decode(chunk.subarray(0, 256)).trimStart().toLowerCase();
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) {
    throw new RequestError('gives a web page in place of the file');
  }
}

/** The size of the whole file, if the server says it, and did not pack it once more for the way. */
function totalOf({ headers }: Answer): number | undefined {
  const range = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  if (range) return Number(range);
  const length = headers.get('content-encoding') ? undefined : headers.get('content-length');
  return length ? Number(length) : undefined;
}

/** A weak ETag does not promise the same bytes. */
function validatorOf(headers: Headers): string | undefined {
  const tag = headers.get('etag');
  return tag && !tag.startsWith('W/') ? tag : (headers.get('last-modified') ?? undefined);
}

async function stateOf(part: string): Promise<PartState | undefined> {
  try {
    return JSON.parse(await readFile(stateFile(part), 'utf8')) as PartState;
  } catch {
    return undefined;
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
