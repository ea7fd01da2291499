import { DataError } from '../errors.js';

/**
 * In JavaScript anything can be given to a reader: an ArrayBuffer, or nothing.
 *
 * @throws DataError that says what to give instead
 */
export function requireBytes(bytes: unknown, name: string): void {
  const kind = Object.prototype.toString.call(bytes).slice(8, -1);
  if (kind === 'Uint8Array') return;
  const advice = kind === 'ArrayBuffer' ? ': give new Uint8Array(buffer)' : '';
  const found = bytes === undefined || bytes === null ? 'nothing' : kind;
  throw new DataError(`${name}: expected its bytes in a Uint8Array, found ${found}${advice}`);
}
