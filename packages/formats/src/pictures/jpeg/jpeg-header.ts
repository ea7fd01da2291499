import { DataError } from '@longhand/core/errors';
import { checkSize, type DecodeOptions } from '../limits.js';

/** What a JPEG says of itself before its pixels (ITU-T T.81, annex B). */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** How the picture has to be turned: 1–8, as Exif numbers them. */
  readonly orientation: number;
}

const [EOI, SOS] = [0xd9, 0xda];
const PROGRESSIVE = 0xc2;
/** Its decoder keeps the coefficients of the whole picture. */
const MAX_PROGRESSIVE_PIXELS = 12_500_000;
/** Frames: baseline, extended sequential and progressive, Huffman-coded. */
const READ_FRAMES = [0xc0, 0xc1, 0xc2];
/** The other frames (differential, lossless, arithmetic coding); C4, C8 and CC are no frames. */
const OTHER_FRAMES = [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];
/** Encoders write about 10. Each goes through the whole picture, however few bytes it has. */
const MAX_SCANS = 50;

/**
 * Reads the markers of a JPEG, before anything is unpacked.
 *
 * @param file that begins with JPEG's signature
 * @param path of the file, for the errors
 * @param upTo the first scan, for whoever finds out whether the picture ends after it; or the end
 * @throws DataError if it is cut short, of a kind that is not read, or has no pixels or too many
 */
export function readJpegHeader(
  file: Uint8Array,
  path: string,
  options: DecodeOptions = {},
  upTo: 'scan' | 'end' = 'end',
): JpegHeader {
  const fail = (reason: string) =>
    new DataError(`${path}: the JPEG is cut short or corrupt (${reason}): save the picture again`);
  let frame: Frame | undefined;
  let orientation = 1;
  let scans = 0;
  let hasEnd = false;
  for (const { marker, body } of segmentsOf(file)) {
    if (OTHER_FRAMES.includes(marker)) {
      throw new DataError(
        `${path}: a JPEG of a rare kind (lossless or with arithmetic coding): save it as an ordinary JPEG or as PNG`,
      );
    }
    if (READ_FRAMES.includes(marker)) {
      if (frame) throw fail('it has two frames');
      frame = readFrame(body);
      if (!frame) throw fail('its frame is damaged');
      if (frame.precision !== 8) {
        throw new DataError(`${path}: a JPEG of ${frame.precision} bits a sample: save it with 8 bits`);
      }
      const max = marker === PROGRESSIVE ? MAX_PROGRESSIVE_PIXELS : undefined;
      checkSize(frame.width, frame.height, path, { ...options, max });
    }
    if (marker === EOI) hasEnd = true;
    if (marker === 0xe1) orientation = orientationOf(body) ?? orientation;
    if (marker === SOS) {
      if (!frame) throw fail('no frame before its pixels');
      if (++scans > MAX_SCANS) throw fail(`more than ${MAX_SCANS} scans`);
      if (upTo === 'scan') break;
    }
  }
  if (!frame || scans === 0) throw fail(`it ends after ${file.length} bytes, without pixels`);
  if (!hasEnd && upTo === 'end') throw fail(`it ends after ${file.length} bytes`);
  // A code has at least one bit, and every block at least one code.
  if (file.length * 8 < frame.blocks) {
    throw fail(`${file.length} bytes cannot hold its ${frame.width} × ${frame.height} pixels`);
  }
  const { width, height, components } = frame;
  return { width, height, components, orientation };
}

interface Frame {
  readonly precision: number;
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Of 8 × 8 samples, in all components. */
  readonly blocks: number;
}

function readFrame(body: Uint8Array): Frame | undefined {
  const [precision = 0, high = 0, low = 0, wide = 0, narrow = 0, components = 0] = body;
  const [height, width] = [(high << 8) | low, (wide << 8) | narrow];
  if (components < 1 || components > 4 || body.length < 6 + 3 * components) return undefined;
  const factors = Array.from({ length: components }, (_, c) => {
    const factor = body[7 + 3 * c]!;
    return { h: factor >> 4, v: factor & 15 };
  });
  if (factors.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) return undefined;
  const maxH = Math.max(...factors.map(({ h }) => h));
  const maxV = Math.max(...factors.map(({ v }) => v));
  const [across, down] = [Math.ceil(width / 8 / maxH), Math.ceil(height / 8 / maxV)];
  const blocks = factors.reduce((sum, { h, v }) => sum + across * h * down * v, 0);
  return { precision, width, height, components, blocks };
}

interface Segment {
  readonly marker: number;
  /** What follows the segment's length. */
  readonly body: Uint8Array;
}

/** The segments of a file; the compressed pixels between them are passed over. */
function* segmentsOf(file: Uint8Array): Generator<Segment> {
  for (let at = 2; at + 2 <= file.length; ) {
    const marker = file[at + 1]!;
    const isMarker =
      file[at] === 0xff && marker !== 0 && marker !== 0xff && !(marker >= 0xd0 && marker < 0xd8);
    if (!isMarker) {
      at = file.indexOf(0xff, at + 1);
      if (at < 0) return;
      continue;
    }
    if (marker === EOI) {
      yield { marker, body: new Uint8Array() };
      return;
    }
    if (at + 4 > file.length) return;
    const length = (file[at + 2]! << 8) | file[at + 3]!;
    yield { marker, body: file.subarray(at + 4, at + 2 + length) };
    at += 2 + Math.max(2, length);
  }
}

/** The tag `Orientation` of an Exif segment; undefined if there is none. */
function orientationOf(body: Uint8Array): number | undefined {
  if (latin1(body.subarray(0, 6)) !== 'Exif\0\0' || body.length < 14) return undefined;
  const tiff = new DataView(body.buffer, body.byteOffset + 6, body.byteLength - 6);
  const isLittle = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, isLittle);
  if (directory + 2 > tiff.byteLength) return undefined;
  const entries = tiff.getUint16(directory, isLittle);
  for (let k = 0; k < entries; k++) {
    const entry = directory + 2 + 12 * k;
    if (entry + 12 > tiff.byteLength) return undefined;
    if (tiff.getUint16(entry, isLittle) !== 0x0112) continue;
    const value = tiff.getUint16(entry + 8, isLittle);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
