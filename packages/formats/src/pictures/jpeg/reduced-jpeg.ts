import type { Picture } from '@longhand/core/pictures';
import { type Frame, readScan } from './baseline-scan.js';
import { blockMeans } from './block-means.js';
import { decodeBlock } from './huffman.js';

/** Pixels across, and as many down, that become one. */
type Reduction = 2 | 4 | 8;

/**
 * The picture in a baseline JPEG, reduced: each pixel is the mean of 2 × 2, 4 × 4 or 8 × 8. The means are taken of the
 * cosines that the file stores, so that the pixels need not be computed. It is not turned.
 *
 * Undefined for what is not the ordinary case, or is damaged: progressive pictures, several scans, CMYK, bytes that are
 * left over. The plain decoder reads those, or says what is wrong with them.
 */
export function decodeReduced(file: Uint8Array, reduction: Reduction): Picture | undefined {
  const frame = readScan(file);
  const planes = frame && decodePlanes(frame, reduction);
  return planes && asPicture(frame, planes, reduction);
}

/** The means of one component. */
interface Plane {
  readonly data: Float32Array;
  /** Means across, with those past the right side of the picture. */
  readonly stride: number;
  /** Pixels of the reduced picture for each mean. */
  readonly across: number;
  readonly down: number;
}

function decodePlanes(frame: Frame, reduction: Reduction): Plane[] | undefined {
  const { components, entropy, starts, maxH, maxV } = frame;
  const [columns, rows] = [Math.ceil(frame.width / 8 / maxH), Math.ceil(frame.height / 8 / maxV)];
  const parts = components.map(({ h, v, quantization, dc, ac }) => {
    // A component that is coarser than the reduced picture has four means at the most.
    const [wide, high] = [
      Math.min(4, (8 * maxH) / (h * reduction)),
      Math.min(4, (8 * maxV) / (v * reduction)),
    ];
    const stride = columns * h * wide;
    return {
      ...{ h, v, dc, ac, wide, high, stride },
      ...{ across: (8 * maxH) / (h * reduction * wide), down: (8 * maxV) / (v * reduction * high) },
      means: blockMeans(quantization, wide, high),
      data: new Float32Array(stride * rows * v * high),
      block: new Float64Array(wide * high),
    };
  });
  // How many blocks each mean is of must be a whole number, as in every usual sampling.
  if (parts.some(({ wide, high }) => !(Number.isInteger(wide) && Number.isInteger(high)))) return undefined;
  const interval = frame.restart || columns * rows;
  const before = new Int32Array(parts.length);
  const reader = { entropy, at: 0 };
  for (let unit = 0; unit < columns * rows; unit++) {
    if (unit % interval === 0) {
      const start = starts[unit / interval];
      if (start === undefined || (unit > 0 && !isAtEnd(reader.at, start.from))) return undefined;
      reader.at = 8 * start.from;
      before.fill(0);
    }
    const column = unit % columns;
    const row = (unit - column) / columns;
    for (let number = 0; number < parts.length; number++) {
      const { h, v, wide, high, stride, data, block, dc, ac, means } = parts[number]!;
      for (let down = 0; down < v; down++) {
        for (let right = 0; right < h; right++) {
          const first = decodeBlock(reader, dc, ac, means, block, before[number]!);
          if (first === undefined) return undefined;
          before[number] = first;
          let to = (row * v + down) * high * stride + (column * h + right) * wide;
          for (let y = 0, from = 0; y < high; y++, to += stride) {
            for (let x = 0; x < wide; x++, from++) data[to + x] = block[from]!;
          }
        }
      }
    }
  }
  const isWhole = starts.length === Math.ceil((columns * rows) / interval);
  return isWhole && isAtEnd(reader.at, frame.length) ? parts : undefined;
}

/** Whether only the bits are left that fill the last byte. */
function isAtEnd(bit: number, byte: number): boolean {
  return Math.ceil(bit / 8) === byte;
}

/** The means in red, green and blue, or in gray. */
function asPicture({ width, height }: Frame, planes: readonly Plane[], reduction: Reduction): Picture {
  const [wide, high] = [Math.ceil(width / reduction), Math.ceil(height / reduction)];
  const [luma, blue, red] = planes as [Plane, Plane?, Plane?];
  const channels = blue && red ? 3 : 1;
  const data = new Uint8ClampedArray(channels * wide * high);
  for (let y = 0, to = 0; y < high; y++) {
    const row = Math.floor(y / luma.down) * luma.stride;
    for (let x = 0; x < wide; x++, to += channels) {
      const light = luma.data[row + ((x / luma.across) | 0)]! + 128;
      data[to] = light;
      if (!(blue && red)) continue;
      // ITU-T T.871: JFIF's YCbCr.
      const at = ((y / blue.down) | 0) * blue.stride + ((x / blue.across) | 0);
      const cb = blue.data[at]!;
      const cr = red.data[((y / red.down) | 0) * red.stride + ((x / red.across) | 0)]!;
      data[to] = light + 1.402 * cr;
      data[to + 1] = light - 0.344136 * cb - 0.714136 * cr;
      data[to + 2] = light + 1.772 * cb;
    }
  }
  return { width: wide, height: high, channels, data: new Uint8Array(data.buffer) };
}
