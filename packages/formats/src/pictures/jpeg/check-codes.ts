import { readScan } from './baseline-scan.js';
import { readEntropy } from './entropy.js';
import { type BitReader, type HuffmanTable, nextCode } from './huffman.js';

/**
 * Whether the codes of a baseline JPEG break off before all blocks are there, or are none: what libjpeg warns of. No
 * pixel is computed. False for what is not the ordinary case, see `readScan`.
 */
export function hasWrongCodes(file: Uint8Array): boolean {
  const frame = readScan(file);
  const scan = frame && readEntropy(frame.bytes);
  if (!scan) return false;
  const { components, maxH, maxV } = frame;
  const { entropy, length, starts } = scan;
  const units = Math.ceil(frame.width / 8 / maxH) * Math.ceil(frame.height / 8 / maxV);
  const interval = frame.restart || units;
  // Another number of restarts: libjpeg looks for its place again, in its own way.
  if (starts.length !== Math.ceil(units / interval)) return false;
  const reader = { entropy, at: 0 };
  let end = 0;
  for (let unit = 0; unit < units; unit++) {
    if (unit % interval === 0) {
      const part = unit / interval;
      reader.at = 8 * starts[part]!.from;
      end = 8 * (starts[part + 1]?.from ?? length);
    }
    for (const { h, v, dc, ac } of components) {
      for (let block = h * v; block > 0; block--) {
        if (!skipBlock(reader, dc, ac) || reader.at > end) return true;
      }
    }
  }
  return false;
}

/** Passes over a block. Returns whether its bits are codes. */
function skipBlock(reader: BitReader, dc: HuffmanTable, ac: HuffmanTable): boolean {
  let code = nextCode(dc, reader);
  if (code === 0) return false;
  reader.at += (code & 255) + (code >>> 8);
  for (let place = 1; place < 64; place++) {
    code = nextCode(ac, reader);
    if (code === 0) return false;
    const [count, zeros] = [(code >>> 8) & 15, code >>> 12];
    reader.at += (code & 255) + count;
    // The rest of the block is zero.
    if (count === 0 && zeros !== 15) return true;
    place += zeros;
  }
  return true;
}
