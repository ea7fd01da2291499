import type { FileKind } from './kind.js';

const starts =
  (...bytes: readonly number[]) =>
  (head: Uint8Array): boolean =>
    bytes.every((byte, i) => head[i] === byte);

const text = (head: Uint8Array): string => new TextDecoder('latin1').decode(head);

/** Every kind of file that is known, read or not. Among kinds that look alike, the more special one comes first. */
export const FILE_KINDS = [
  { name: 'gzip', purpose: 'archive', label: 'a gzip file', hasSignature: starts(0x1f, 0x8b) },
  { name: 'png', purpose: 'picture', label: 'a PNG picture', hasSignature: starts(0x89, 0x50, 0x4e, 0x47) },
  { name: 'jpeg', purpose: 'picture', label: 'a JPEG picture', hasSignature: starts(0xff, 0xd8, 0xff) },
  { name: 'bmp', purpose: 'picture', label: 'a BMP picture', hasSignature: starts(0x42, 0x4d) },
  {
    name: 'lfs-pointer',
    purpose: 'other',
    label: 'a Git LFS pointer',
    advice: 'fetch the real file with git lfs pull',
    hasSignature: (head) => text(head).startsWith('version https://git-lfs'),
  },
] as const satisfies readonly FileKind[];
