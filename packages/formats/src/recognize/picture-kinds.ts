import type { FileKind } from './kind.js';

const latin1 = (head: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...head.subarray(from, to));

const starts =
  (...texts: readonly string[]) =>
  (head: Uint8Array): boolean =>
    texts.some((text) => latin1(head, 0, text.length) === text);

/** The sizes of a BMP's second header, by which its versions differ. */
const BMP_HEADERS = [12, 40, 52, 56, 64, 108, 124];

/** ISO base media files (HEIC, AVIF) name their brand after `ftyp`. */
const hasBrand =
  (...brands: readonly string[]) =>
  (head: Uint8Array): boolean =>
    latin1(head, 4, 8) === 'ftyp' && brands.includes(latin1(head, 8, 12));

/** Pictures, those that are decoded first. */
export const PICTURE_KINDS = [
  {
    name: 'png',
    purpose: 'picture',
    label: 'a PNG picture',
    fileName: /\.png$/i,
    hasSignature: starts('\x89PNG\r\n\x1a\n'),
  },
  {
    name: 'jpeg',
    purpose: 'picture',
    label: 'a JPEG picture',
    fileName: /\.(jpe?g|jfif|jpe)$/i,
    hasSignature: starts('\xff\xd8\xff'),
  },
  {
    name: 'webp',
    purpose: 'picture',
    label: 'a WebP picture',
    fileName: /\.webp$/i,
    hasSignature: (head) => latin1(head, 0, 4) === 'RIFF' && latin1(head, 8, 12) === 'WEBP',
  },
  {
    name: 'bmp',
    purpose: 'picture',
    label: 'a BMP picture',
    fileName: /\.(bmp|dib)$/i,
    // Two letters alone could begin a text.
    hasSignature: (head) =>
      latin1(head, 0, 2) === 'BM' && BMP_HEADERS.includes(head[14]!) && head[15] === 0 && head[16] === 0,
  },
  {
    name: 'gif',
    purpose: 'picture',
    label: 'a GIF picture',
    fileName: /\.gif$/i,
    hasSignature: starts('GIF87a', 'GIF89a'),
  },
  {
    name: 'heic',
    purpose: 'picture',
    label: 'a HEIC picture',
    advice: 'save it as JPEG or PNG',
    fileName: /\.hei[cf]$/i,
    hasSignature: hasBrand('heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'),
  },
  {
    name: 'avif',
    purpose: 'picture',
    label: 'an AVIF picture',
    advice: 'save it as JPEG or PNG',
    fileName: /\.avif$/i,
    hasSignature: hasBrand('avif', 'avis'),
  },
  {
    name: 'tiff',
    purpose: 'picture',
    label: 'a TIFF picture',
    advice: 'save it as PNG',
    fileName: /\.tiff?$/i,
    hasSignature: starts('II*\0', 'MM\0*'),
  },
  {
    name: 'pdf',
    purpose: 'other',
    label: 'a PDF document',
    advice: 'save the page as PNG',
    hasSignature: starts('%PDF-'),
  },
] as const satisfies readonly FileKind[];
