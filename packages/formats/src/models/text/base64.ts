import { bytesOfBase64 } from '../../source/base64.js';

/** Characters that `String.fromCharCode` takes at once. */
const CHUNK = 0x2000;

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

/** The bytes of base64; `undefined` if it is none. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    return bytesOfBase64(text);
  } catch {
    return undefined;
  }
}
