import { open, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';

/** Where the page asks for the log that is watched; `?from=` leaves out that many bytes. */
const LOG_PATH = '/live-log';
/** So many bytes are sent at once: the page asks for the rest. */
const PIECE = 4 * 1024 * 1024;

/** Whether the page asks for the log. */
export function isLogRequest({ url = '' }: IncomingMessage): boolean {
  return url.split('?')[0] === LOG_PATH;
}

/**
 * Answers with what the log has gained: whole lines, so that no character is cut.
 *
 * @param headers of every answer of this server
 */
export async function answerLog(
  file: string,
  request: IncomingMessage,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const plain = { ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  // A page of another name that leads here, by a name server that lies, may not read the log.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
    response.writeHead(403, plain).end('Only this machine may read the log.\n');
    return;
  }
  const from = Number(new URL(request.url!, 'http://localhost').searchParams.get('from') ?? 0);
  if (!Number.isSafeInteger(from) || from < 0) {
    response.writeHead(400, plain).end('from: expected how many bytes to leave out.\n');
    return;
  }
  try {
    const { size } = await stat(file);
    const piece = await readPiece(file, from, size);
    response
      .writeHead(200, {
        ...plain,
        'Content-Length': piece.length,
        'X-Log-Size': size,
        'X-Log-Name': encodeURIComponent(path.basename(file)),
      })
      .end(piece);
  } catch {
    response.writeHead(404, plain).end('The log is not there.\n');
  }
}

/** The whole lines from a place on: nothing if there is no whole line yet. */
async function readPiece(file: string, from: number, size: number): Promise<Buffer> {
  if (from >= size) return Buffer.alloc(0);
  const handle = await open(file);
  try {
    // One line may be longer than a piece.
    for (let length = Math.min(PIECE, size - from); ; length = Math.min(2 * length, size - from)) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
      const read = buffer.subarray(0, bytesRead);
      const whole = read.lastIndexOf(0x0a) + 1;
      if (whole > 0 || length === size - from) return read.subarray(0, whole);
    }
  } finally {
    await handle.close();
  }
}
