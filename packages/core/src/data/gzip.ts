import { DataError } from '../errors.js';
import { chunksOf, requireBytes } from './require-bytes.js';

/**
 * Decompresses gzip. Bytes that are not gzip (which starts with 1f 8b) are returned as they are.
 *
 * @param name the file's name, for the error
 * @throws DataError if the compressed bytes are cut short or corrupt
 */
export async function gunzip(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  requireBytes(bytes, name);
  if (!isGzip(bytes)) return bytes;
  try {
    const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
      .stream()
      .pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw damaged(name);
  }
}

/**
 * The same for bytes that come in chunks, so a large file does not have to fit into memory.
 *
 * @param chunks the file's bytes, cut at any place
 * @throws DataError while you read it, as `gunzip` does. Errors of the source are passed on.
 */
export async function* gunzipStream(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = fromStart(chunksOf(chunks, name));
  try {
    const start = await source.next();
    if (start.done) return;
    if (isGzip(start.value)) {
      yield* inflate(start.value, source, name);
    } else {
      yield start.value;
      yield* source;
    }
  } finally {
    await source.return();
  }
}

async function* inflate(
  start: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let failure: unknown;
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(start as Uint8Array<ArrayBuffer>),
    async pull(controller) {
      try {
        const { done, value } = await rest.next();
        if (done) controller.close();
        else controller.enqueue(value as Uint8Array<ArrayBuffer>);
      } catch (error) {
        failure = error;
        controller.error(error);
      }
    },
  });
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } catch {
    throw failure ?? damaged(name);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * The same chunks, but the first has at least the two bytes by which gzip is recognized, if there
 * are so many.
 */
async function* fromStart(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let held = new Uint8Array();
  let started = false;
  for await (const chunk of chunks) {
    if (started) {
      yield chunk;
      continue;
    }
    const start = new Uint8Array(held.length + chunk.length);
    start.set(held);
    start.set(chunk, held.length);
    held = start;
    started = held.length >= 2;
    if (started) yield held;
  }
  if (!started && held.length > 0) yield held;
}

function damaged(name: string): DataError {
  return new DataError(`${name}: the gzip is cut short or corrupt: fetch the file again`);
}

/** Whether the bytes start like a gzip file. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
