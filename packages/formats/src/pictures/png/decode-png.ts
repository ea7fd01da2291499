import { DataError } from '@longhand/core/errors';
import type { Picture } from '@longhand/core/pictures';
import { type DecodeOptions, damaged } from '../limits.js';
import { checkInflated, inflate } from './inflate.js';
import { readPngChunks } from './png-chunks.js';
import { bytesOfRow, type PngHeader, readPngHeader, SAMPLES } from './png-header.js';
import { spread, toPicture } from './png-samples.js';
import { unfilter } from './unfilter.js';

/** Adam7: of each pass, its first column and row, and its steps (PNG 3rd edition, 8.2). */
const PASSES = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
] as const;

/**
 * The picture in the bytes of a PNG file, of any color type and depth, interlaced or not. Checksums are
 * verified. Color profiles are not applied. It takes no more memory than its header announces.
 *
 * @param path of the file, for the errors
 * @throws DataError if it is damaged or too large
 */
export function decodePng(file: Uint8Array, path: string, options: DecodeOptions = {}): Picture {
  const header = readPngHeader(file, path, options);
  try {
    const chunks = readPngChunks(file);
    const passes = passesOf(header);
    const bytes = inflate(chunks.data, lengthOf(passes));
    return toPicture(samplesOf(bytes, header, passes), header, chunks);
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw damaged(path, 'PNG', error);
  }
}

/** Checks a PNG without unpacking it: header, parts and their checksums, and whether they can hold its pixels. */
export function checkPng(file: Uint8Array, path: string): void {
  const header = readPngHeader(file, path);
  try {
    checkInflated(readPngChunks(file).data, lengthOf(passesOf(header)));
  } catch (error) {
    throw damaged(path, 'PNG', error);
  }
}

/** Bytes of the rows of all passes, each with one for its filter. */
function lengthOf(passes: readonly Pass[]): number {
  return passes.reduce((sum, pass) => sum + pass.height * (pass.perRow + 1), 0);
}

/** A picture of its own within the file. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly width: number;
  readonly height: number;
  /** Bytes of a row, without the byte for its filter. */
  readonly perRow: number;
}

function passesOf({ width, height, depth, colorType, interlaced }: PngHeader): Pass[] {
  const all = interlaced ? PASSES : [{ x: 0, y: 0, dx: 1, dy: 1 }];
  return all
    .map((pass) => {
      const columns = Math.ceil((width - pass.x) / pass.dx);
      const rows = Math.ceil((height - pass.y) / pass.dy);
      return { ...pass, width: columns, height: rows, perRow: bytesOfRow(columns, depth, colorType) };
    })
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

function samplesOf(bytes: Uint8Array, header: PngHeader, passes: readonly Pass[]): Uint8Array {
  const bytesPerPixel = Math.max(1, (SAMPLES[header.colorType] * header.depth) >> 3);
  const one = ({ width, height, perRow }: Pass, at: number) => {
    const own = bytes.subarray(at, at + height * (perRow + 1));
    unfilter(own, height, perRow, bytesPerPixel);
    return spread(own.subarray(0, height * perRow), { ...header, width, height });
  };
  if (!header.interlaced) return one(passes[0]!, 0);
  const size = SAMPLES[header.colorType] * (header.depth === 16 ? 2 : 1);
  const samples = new Uint8Array(header.width * header.height * size);
  let at = 0;
  for (const pass of passes) {
    const part = one(pass, at);
    at += pass.height * (pass.perRow + 1);
    for (let row = 0; row < pass.height; row++) {
      for (let column = 0; column < pass.width; column++) {
        const from = (row * pass.width + column) * size;
        const to = ((pass.y + row * pass.dy) * header.width + pass.x + column * pass.dx) * size;
        for (let i = 0; i < size; i++) samples[to + i] = part[from + i]!;
      }
    }
  }
  return samples;
}
