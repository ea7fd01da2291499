import type { Picture } from '@longhand/core/pictures';
import type { DecodedPng } from 'fast-png';
import type { ColorType } from './png-header.js';

/**
 * What fast-png unpacked, with 8 bits per sample: samples of fewer bits are spread, 16 bits rounded
 * to 8, palette indices replaced, and the color that means transparency (tRNS) made transparent.
 *
 * @throws Error if the palette is missing or too short
 */
export function toPicture(png: DecodedPng, colorType: ColorType): Picture {
  const { width, height } = png;
  if (colorType === 'palette') return { width, height, channels: 4, data: lookedUp(png) };
  const channels = png.channels as Picture['channels'];
  const samples = spread(png);
  const data = png.depth === 8 ? (samples as Uint8Array) : rescaled(samples, 2 ** png.depth - 1);
  const key = png.transparency;
  if (key === undefined || (channels !== 1 && channels !== 3)) return { width, height, channels, data };
  return { width, height, channels: channels === 1 ? 2 : 4, data: withAlpha(data, samples, key) };
}

/**
 * One entry per sample, row by row. In the file, rows with fewer than 8 bits per sample are padded.
 */
function spread({ width, height, depth, channels, data }: DecodedPng): Uint8Array | Uint16Array {
  if (depth >= 8) return data as Uint8Array | Uint16Array;
  const perRow = width * channels;
  const bytesPerRow = Math.ceil((perRow * depth) / 8);
  const mask = 2 ** depth - 1;
  const samples = new Uint8Array(perRow * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let i = 0; i < perRow; i++, at++) {
      const bit = i * depth;
      samples[at] = (data[y * bytesPerRow + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return samples;
}

function rescaled(samples: Uint8Array | Uint16Array, most: number): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = Math.round((samples[i]! * 255) / most);
  return bytes;
}

/** Palette entries are red, green, blue and, if the picture has transparency, alpha. */
function lookedUp(png: DecodedPng): Uint8Array {
  const indices = spread(png);
  const data = new Uint8Array(4 * indices.length);
  for (let i = 0; i < indices.length; i++) {
    const entry = png.palette?.[indices[i]!];
    if (entry === undefined) throw new Error(`the palette has no color ${indices[i]}`);
    data[4 * i] = entry[0]!;
    data[4 * i + 1] = entry[1]!;
    data[4 * i + 2] = entry[2]!;
    data[4 * i + 3] = entry[3] ?? 255;
  }
  return data;
}

/** Adds alpha: 0 where the samples equal the key, 255 elsewhere. */
function withAlpha(data: Uint8Array, samples: Uint8Array | Uint16Array, key: Uint16Array): Uint8Array {
  const channels = key.length;
  const pixels = samples.length / channels;
  const result = new Uint8Array(pixels * (channels + 1));
  for (let pixel = 0; pixel < pixels; pixel++) {
    let same = true;
    for (let c = 0; c < channels; c++) {
      const at = pixel * channels + c;
      if (samples[at] !== key[c]) same = false;
      result[pixel * (channels + 1) + c] = data[at]!;
    }
    result[pixel * (channels + 1) + channels] = same ? 0 : 255;
  }
  return result;
}
