import type { FileKind } from './kind.js';
import { MODEL_KINDS } from './model-kinds.js';
import { PICTURE_KINDS } from './picture-kinds.js';
import { isPictureList } from './picture-list.js';
import {
  has,
  isHtml,
  isIdx,
  isJson,
  isMat,
  isTable,
  isTar,
  isZip,
  isZipWith,
  latin,
  starts,
} from './signatures.js';

/** In lines, these files look like tables, too: whatever they are called, they are none. */
const ANY = /./;

/** Every kind of file that is known, read or not. Among kinds that look alike, the more special one comes first. */
export const FILE_KINDS = [
  {
    name: 'empty',
    purpose: 'other',
    label: 'an empty file',
    advice: 'fetch it again',
    hasSignature: (head) => head.length === 0,
  },
  ...MODEL_KINDS,
  { name: 'gzip', purpose: 'archive', label: 'a gzip file', hasSignature: starts(0x1f, 0x8b) },
  {
    name: 'xlsx',
    purpose: 'other',
    label: 'a document of Excel or Office',
    advice: 'save it as CSV',
    fileName: /\.xls[xmb]$/i,
    hasSignature: isZipWith(/^(\[Content_Types\]\.xml|xl\/.*|_rels\/.*)$/),
  },
  { name: 'zip', purpose: 'archive', label: 'a zip file', hasSignature: isZip },
  { name: 'npy', purpose: 'data', label: 'an npy file (an array of NumPy)', hasSignature: has('\x93NUMPY') },
  { name: 'parquet', purpose: 'data', label: 'a Parquet file', hasSignature: has('PAR1') },
  ...PICTURE_KINDS,
  { name: 'idx', purpose: 'data', label: 'an IDX file', hasSignature: isIdx },
  {
    name: 'mat-7.3',
    purpose: 'other',
    label: 'a MATLAB file of version 7.3 (HDF5)',
    advice: 'save it with -v7, or its arrays with numpy.savez',
    hasSignature: has('MATLAB 7.3'),
  },
  { name: 'mat', purpose: 'data', label: 'a MATLAB file (.mat)', hasSignature: isMat },
  {
    name: 'lfs-pointer',
    purpose: 'other',
    label: 'a Git LFS pointer',
    advice: 'fetch the real file with git lfs pull',
    fileName: ANY,
    hasSignature: has('version https://git-lfs'),
  },
  {
    name: 'html',
    purpose: 'other',
    label: 'a web page (a download that failed?)',
    advice: 'open it in a browser to see why, and fetch the file again',
    fileName: ANY,
    hasSignature: isHtml,
  },
  {
    name: 'tar',
    purpose: 'archive',
    label: 'a tar archive',
    advice: 'unpack it with tar -xf',
    hasSignature: isTar,
  },
  {
    name: '7z',
    purpose: 'archive',
    label: 'a 7z archive',
    advice: 'unpack it',
    hasSignature: starts(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c),
  },
  {
    name: 'rar',
    purpose: 'archive',
    label: 'a RAR archive',
    advice: 'unpack it',
    hasSignature: has('Rar!\x1a\x07'),
  },
  {
    name: 'bzip2',
    purpose: 'archive',
    label: 'a bzip2 file',
    advice: 'unpack it with bunzip2',
    hasSignature: has('BZh'),
  },
  {
    name: 'xz',
    purpose: 'archive',
    label: 'an xz file',
    advice: 'unpack it with unxz',
    hasSignature: starts(0xfd, 0x37, 0x7a, 0x58, 0x5a),
  },
  {
    name: 'zstd',
    purpose: 'archive',
    label: 'a zstd file',
    advice: 'unpack it with unzstd',
    hasSignature: starts(0x28, 0xb5, 0x2f, 0xfd),
  },
  { name: 'json', purpose: 'other', label: 'a JSON file', fileName: /\.json$/i, hasSignature: isJson },
  {
    name: 'svg',
    purpose: 'other',
    label: 'an SVG drawing',
    fileName: ANY,
    hasSignature: (head) => /^\s*(<\?xml[^>]*>\s*)?<svg/.test(latin(head)),
  },
  {
    name: 'picture-list',
    purpose: 'data',
    label: 'a list of pictures',
    // With a column of numbers, it looks like any table.
    fileName: /\.(csv|tsv|tab)$/i,
    hasSignature: isPictureList,
  },
  {
    name: 'csv',
    purpose: 'data',
    label: 'a table in text (CSV)',
    fileName: /\.(csv|tsv|tab)$/i,
    hasSignature: isTable,
  },
  {
    name: 'mat-4',
    purpose: 'other',
    label: 'a MATLAB file of version 4, or none',
    advice: 'save it with -v7, or its arrays with numpy.savez',
    fileName: /\.mat$/i,
  },
  // Of a table whose first lines do not show it.
  { name: 'csv', purpose: 'data', label: 'a table in text (CSV)', fileName: /\.(csv|tsv|tab)$/i },
] as const satisfies readonly FileKind[];
