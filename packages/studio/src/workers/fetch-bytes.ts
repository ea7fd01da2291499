import { DataError } from '@longhand/core';

export const NO_CONNECTION = 'the digits could not be loaded. Check your connection.';

/**
 * A file of digits, as the server has it.
 *
 * @param path from the page's address, `base`
 * @param onBytes gets the size of each part that arrives
 * @throws DataError when the server does not answer, stops in the middle, or has no such file
 */
export async function fetchBytes(
  path: string,
  base: string,
  onBytes?: (count: number) => void,
): Promise<Uint8Array> {
  try {
    const response = await fetch(new URL(path, base));
    if (!response.ok || !response.body)
      throw new DataError(`${path}: the server answered ${response.status}: try again`);
    return await joined(response.body, onBytes);
  } catch (error) {
    throw error instanceof TypeError ? new DataError(NO_CONNECTION) : error;
  }
}

// Read part by part: in Firefox, a Response hides a broken connection behind an AbortError.
async function joined(
  body: ReadableStream<Uint8Array>,
  onBytes?: (count: number) => void,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    onBytes?.(part.value.length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
