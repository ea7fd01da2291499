import type { FileKind } from './kind.js';
import { MODEL_KINDS } from './model-kinds.js';
import { PICTURE_KINDS } from './picture-kinds.js';
import { isPictureList } from './picture-list.js';

const starts =
  (...bytes: readonly number[]) =>
  (head: Uint8Array): boolean =>
    bytes.every((byte, i) => head[i] === byte);

const text = (head: Uint8Array): string => new TextDecoder('latin1').decode(head);

/** The types and dimensions that an IDX file can have. */
const isIdx = (head: Uint8Array): boolean =>
  head[0] === 0 &&
  head[1] === 0 &&
  [8, 9, 0xb, 0xc, 0xd, 0xe].includes(head[2]!) &&
  head[3]! >= 1 &&
  head[3]! <= 4;

/** Every kind of file that is known, read or not. Among kinds that look alike, the more special one comes first. */
export const FILE_KINDS = [
  ...MODEL_KINDS,
  { name: 'gzip', purpose: 'archive', label: 'a gzip file', hasSignature: starts(0x1f, 0x8b) },
  ...PICTURE_KINDS,
  { name: 'idx', purpose: 'data', label: 'an IDX file', hasSignature: isIdx },
  {
    name: 'lfs-pointer',
    purpose: 'other',
    label: 'a Git LFS pointer',
    advice: 'fetch the real file with git lfs pull',
    hasSignature: (head) => text(head).startsWith('version https://git-lfs'),
  },
  {
    name: 'picture-list',
    purpose: 'data',
    label: 'a list of pictures',
    hasSignature: isPictureList,
  },
  { name: 'csv', purpose: 'data', label: 'a CSV file', fileName: /\.csv$/i },
] as const satisfies readonly FileKind[];
