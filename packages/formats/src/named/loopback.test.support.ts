import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that do not compress, the same for the same seed. */
export function noise(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('shake256', { outputLength: length }).update(String(seed)).digest());
}

/** How a server answers for one path. */
export interface Served {
  readonly bytes: Uint8Array;
  /** Default 200; another status is sent alone. */
  readonly status?: number;
  readonly etag?: string;
  /** Whether it gives parts of a file; default true. */
  readonly ranges?: boolean;
  /** The connection is cut after so many bytes of an answer; of the first answers alone, if `cuts` is given. */
  readonly cutAfter?: number;
  readonly cuts?: number;
  /** It falls silent after so many bytes. */
  readonly silentAfter?: number;
  readonly redirect?: string;
}

/** A request that arrived. */
interface Seen {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/** A server on this machine that serves as badly as it is told to. */
export async function loopback() {
  const paths = new Map<string, Served>();
  const seen: Seen[] = [];
  const cuts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url!;
    seen.push({
      path,
      range: request.headers.range,
      ifRange: request.headers['if-range'] as string | undefined,
    });
    const served = paths.get(path);
    if (!served) return void response.writeHead(404, { 'content-type': 'text/html' }).end('<html>no</html>');
    answer(served, path, request, response);
  });

  function answer(served: Served, path: string, request: IncomingMessage, response: ServerResponse): void {
    const { bytes, status = 200, etag, ranges = true, redirect } = served;
    if (redirect) return void response.writeHead(302, { location: redirect }).end();
    if (status !== 200) return void response.writeHead(status).end();
    const asked = ranges ? /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') : null;
    const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    const headers: Record<string, string> = etag ? { etag } : {};
    let body = bytes;
    if (asked && isSame) {
      const last = asked[1] === '';
      const start = last ? Math.max(0, bytes.length - Number(asked[2])) : Number(asked[1]);
      if (start >= bytes.length) {
        return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      }
      const end = last || asked[2] === '' ? bytes.length : Math.min(bytes.length, Number(asked[2]) + 1);
      body = bytes.subarray(start, end);
      headers['content-range'] = `bytes ${start}-${end - 1}/${bytes.length}`;
    }
    response.writeHead(asked && isSame ? 206 : 200, { ...headers, 'content-length': String(body.length) });
    const left = served.cuts === undefined ? Number.POSITIVE_INFINITY : served.cuts - (cuts.get(path) ?? 0);
    if (served.cutAfter !== undefined && left > 0 && body.length > served.cutAfter) {
      cuts.set(path, (cuts.get(path) ?? 0) + 1);
      response.write(body.subarray(0, served.cutAfter), () => setTimeout(() => response.destroy(), 20));
    } else if (served.silentAfter !== undefined && body.length > served.silentAfter) {
      response.write(body.subarray(0, served.silentAfter));
    } else response.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    paths,
    seen,
    /** Forgets what it serves and what it saw. */
    reset() {
      paths.clear();
      cuts.clear();
      seen.length = 0;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
