import { DataError } from '@longhand/core';
import type { InputFile } from '../../source/input-file.js';
import { headOf } from '../../source/read-bytes.js';

/** How the characters of a text lie in its bytes. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Bytes that show the encoding. */
const HEAD = 1 << 16;

/** The encoding of a text: by its byte order mark, by where zeros lie, or by whether it is UTF-8. */
export async function encodingOf(file: InputFile): Promise<Encoding> {
  const head = await headOf(file, HEAD);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]!++;
  if (zeros[1]! > head.length / 4 && zeros[0] === 0) return 'utf-16le';
  if (zeros[0]! > head.length / 4 && zeros[1] === 0) return 'utf-16be';
  if (zeros[0]! + zeros[1]! > 0)
    throw new DataError(`${file.path}: holds bytes that are no text: expected a CSV file`);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** The text in UTF-8, without a byte order mark, in chunks. */
export async function* textChunks(file: InputFile, encoding: Encoding): AsyncGenerator<Uint8Array> {
  if (encoding !== 'utf-8') {
    const decoder = new TextDecoder(encoding);
    const encoder = new TextEncoder();
    for await (const chunk of file.open()) yield encoder.encode(decoder.decode(chunk, { stream: true }));
    return;
  }
  let start = new Uint8Array();
  let begun = false;
  for await (const chunk of file.open()) {
    if (begun) {
      yield chunk;
      continue;
    }
    const joined = new Uint8Array(start.length + chunk.length);
    joined.set(start);
    joined.set(chunk, start.length);
    start = joined;
    begun = joined.length >= 3;
    if (begun) yield withoutMark(joined);
  }
  if (!begun && start.length > 0) yield start;
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
