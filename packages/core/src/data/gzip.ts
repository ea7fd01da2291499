import { DataError } from '../errors.js';

/**
 * What gzip packed, or the bytes themselves when they are not gzip's (its magic number is 1f 8b).
 *
 * @param name of the file, for the error
 * @throws DataError when the packed bytes are cut short or corrupt
 */
export async function gunzip(bytes: Uint8Array, name: string): Promise<Uint8Array> {
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
 * The same for bytes that come in chunks, so that a large file need not fit into memory.
 *
 * @param chunks the file's bytes, cut anywhere
 * @throws DataError while it is read, as `gunzip` does; an error of the source comes through as it is
 */
export async function* gunzipStream(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = fromStart(chunks);
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

/** The chunks, the first of at least the two bytes that tell gzip, unless there are fewer. */
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

/** Whether the bytes begin as a gzip file does. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
