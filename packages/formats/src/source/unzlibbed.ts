import { DataError } from '@longhand/core/errors';

/**
 * Unpacks zlib while it is read, and holds it against its checksum. No more is unpacked ahead than one chunk.
 *
 * @param name for the error
 * @throws DataError when it is cut short or damaged. Errors of the source are passed on.
 */
export async function* unzlibbed(
  packed: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const source = packed[Symbol.asyncIterator]();
  let failure: unknown;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const { done, value } = await source.next();
        if (done) controller.close();
        else controller.enqueue(value as Uint8Array<ArrayBuffer>);
      } catch (error) {
        failure = error;
        controller.error(error);
      }
    },
  });
  const reader = stream.pipeThrough(new DecompressionStream('deflate')).getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } catch {
    throw failure ?? new DataError(`${name}: is cut short or damaged: fetch the file again`);
  } finally {
    await reader.cancel().catch(() => undefined);
    await source.return?.();
  }
}
