import type { Picture } from '@longhand/core/pictures';
import type { PngChunks } from './png-chunks.js';
import { bytesOfRow, type PngHeader, SAMPLES } from './png-header.js';

/**
 * One entry per sample, row by row, 16-bit samples as two bytes. In the file, rows with fewer than 8 bits
 * per sample are padded.
 */
export function spread(rows: Uint8Array, { width, height, depth, colorType }: PngHeader): Uint8Array {
  if (depth >= 8) return rows;
  const perRow = width * SAMPLES[colorType];
  const bytesPerRow = bytesOfRow(width, depth, colorType);
  const mask = 2 ** depth - 1;
  const samples = new Uint8Array(perRow * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let i = 0; i < perRow; i++, at++) {
      const bit = i * depth;
      samples[at] = (rows[y * bytesPerRow + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return samples;
}

/**
 * A picture with 8 bits per sample: samples of fewer bits are stretched to 0–255, 16 bits rounded to 8,
 * palette indices replaced, and the color that means transparency (tRNS) made transparent.
 *
 * @param samples as `spread` returns them
 * @throws Error if the palette is missing or too short
 */
export function toPicture(
  samples: Uint8Array,
  { width, height, depth, colorType }: PngHeader,
  { palette, transparency }: PngChunks,
): Picture {
  if (colorType === 'palette') {
    const data = lookedUp(samples, palette ?? new Uint8Array(), transparency ?? new Uint8Array());
    return { width, height, channels: 4, data };
  }
  const channels = SAMPLES[colorType];
  const keyed = transparency !== undefined && (channels === 1 || channels === 3);
  if (!keyed) return { width, height, channels, data: stretched(samples, depth) };
  if (transparency.length !== 2 * channels) throw new Error('its transparent color is cut short');
  const isClear = matches(samples, transparency, depth, channels);
  const data = stretched(samples, depth);
  return { width, height, channels: channels === 1 ? 2 : 4, data: withAlpha(data, isClear, channels) };
}

/** In place where the samples are whole bytes: large pictures are not in memory twice. */
function stretched(samples: Uint8Array, depth: number): Uint8Array {
  if (depth === 8) return samples;
  if (depth < 8) return samples.map((value) => Math.round((value * 255) / (2 ** depth - 1)));
  for (let i = 0; i < samples.length / 2; i++) {
    samples[i] = Math.round((((samples[2 * i]! << 8) | samples[2 * i + 1]!) * 255) / 65535);
  }
  return samples.subarray(0, samples.length / 2);
}

/** Palette entries are red, green, blue and, if the picture has transparency, alpha. */
function lookedUp(indices: Uint8Array, palette: Uint8Array, alphas: Uint8Array): Uint8Array {
  const colors = Math.floor(palette.length / 3);
  const data = new Uint8Array(4 * indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (index >= colors) throw new Error(`the palette has no color ${index}`);
    data[4 * i] = palette[3 * index]!;
    data[4 * i + 1] = palette[3 * index + 1]!;
    data[4 * i + 2] = palette[3 * index + 2]!;
    data[4 * i + 3] = alphas[index] ?? 255;
  }
  return data;
}

/** Of each pixel, whether its samples equal the key, which has two bytes for each. */
function matches(samples: Uint8Array, key: Uint8Array, depth: number, channels: number): Uint8Array {
  const bytes = depth === 16 ? 2 : 1;
  const wanted = depth === 16 ? key : key.filter((_, i) => i % 2 === 1);
  const size = channels * bytes;
  const isClear = new Uint8Array(samples.length / size);
  for (let pixel = 0; pixel < isClear.length; pixel++) {
    let same = 1;
    for (let i = 0; i < size; i++) if (samples[pixel * size + i] !== wanted[i]) same = 0;
    isClear[pixel] = same;
  }
  return isClear;
}

/** Adds alpha: 0 where a pixel is clear, 255 elsewhere. */
function withAlpha(data: Uint8Array, isClear: Uint8Array, channels: number): Uint8Array {
  const result = new Uint8Array(isClear.length * (channels + 1));
  for (let pixel = 0; pixel < isClear.length; pixel++) {
    for (let c = 0; c < channels; c++) result[pixel * (channels + 1) + c] = data[pixel * channels + c]!;
    result[pixel * (channels + 1) + channels] = isClear[pixel] ? 0 : 255;
  }
  return result;
}
