/** What is used of a PNG. */
export interface PngChunks {
  /** The compressed pixels, in parts. */
  readonly data: readonly Uint8Array[];
  /** Red, green and blue of each color, one after the other. */
  readonly palette?: Uint8Array;
  readonly transparency?: Uint8Array;
}

/**
 * The chunks of a PNG that say what its pixels are. Their checksums are verified; others, such as color
 * profiles and texts, are passed over unread.
 *
 * @throws Error if a chunk is cut short or its checksum is wrong
 */
export function readPngChunks(file: Uint8Array): PngChunks {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const data: Uint8Array[] = [];
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  for (let at = 8; ; ) {
    if (at + 12 > file.length) throw new Error(`it ends after ${file.length} bytes`);
    const length = view.getUint32(at);
    const name = String.fromCharCode(...file.subarray(at + 4, at + 8));
    const end = at + 8 + length;
    if (end + 4 > file.length) {
      throw new Error(`it ends after ${file.length} bytes, in a part of ${length} bytes`);
    }
    const body = file.subarray(at + 8, end);
    if (['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'].includes(name)) {
      const found = crc32(file.subarray(at + 4, end));
      if (found !== view.getUint32(end)) throw new Error(`CRC mismatch in the part ${name}`);
    }
    if (name === 'IEND') return { data, ...(palette && { palette }), ...(transparency && { transparency }) };
    if (name === 'IDAT') data.push(body);
    if (name === 'PLTE') palette = body;
    if (name === 'tRNS') transparency = body;
    at = end + 4;
  }
}

/** PNG 3rd edition, D. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
