import { type Network, parameters } from '../maths/network.js';

/**
 * SHA-256 of the parameters as little-endian 32-bit floats in the order W1, b1, W2, b2 …, each W
 * row by row. Two runs with the same hash ended with the same bits. 64 hexadecimal digits.
 */
export async function parametersSha256(network: Network): Promise<string> {
  return sha256(parameterBytes(network));
}

/** What is hashed. */
export function parameterBytes(network: Network): Uint8Array {
  const count = [...parameters(network)].reduce((sum, { data }) => sum + data.length, 0);
  const view = new DataView(new ArrayBuffer(4 * count));
  let at = 0;
  for (const { data } of parameters(network)) {
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return new Uint8Array(view.buffer);
}

/** 64 hexadecimal digits. */
export async function sha256(bytes: ArrayBufferLike | ArrayBufferView): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
