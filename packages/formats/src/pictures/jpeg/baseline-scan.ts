import { type HuffmanTable, huffmanTable } from './huffman.js';

/** A component of the picture: lightness, or one of two colors. */
export interface Component {
  /** Its blocks in each unit, across and down. */
  readonly h: number;
  readonly v: number;
  /** In the order of the file. */
  readonly quantization: Uint16Array;
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
}

/** A baseline JPEG with one scan, ready to be decoded. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
  readonly maxH: number;
  readonly maxV: number;
  /** Units between two restarts; 0 if there are none. */
  readonly restart: number;
  /** The file from the first compressed byte on. */
  readonly bytes: Uint8Array;
}

const [SOF0, SOF1, DHT, SOI, EOI, SOS, DQT, DRI, ADOBE] = [
  ...[0xc0, 0xc1, 0xc4, 0xd8, 0xd9, 0xda, 0xdb, 0xdd, 0xee],
] as [number, number, number, number, number, number, number, number, number];

/**
 * Reads a JPEG up to its pixels (ITU-T T.81, annex B). Undefined if it is anything but gray or YCbCr of 8 bits, Huffman
 * coded, in one scan.
 */
export function readScan(file: Uint8Array): Frame | undefined {
  const quantizations: Uint16Array[] = [];
  const tables = new Map<number, HuffmanTable>();
  let [sof, restart] = [undefined as Uint8Array | undefined, 0];
  for (let at = 2; at + 4 <= file.length; ) {
    const marker = file[at + 1]!;
    if (file[at] !== 0xff || marker === SOI || marker === EOI) return undefined;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = (file[at + 2]! << 8) | file[at + 3]!;
    const body = file.subarray(at + 4, at + 2 + length);
    at += 2 + length;
    if (marker >= SOF0 && marker <= 0xcf && ![SOF0, SOF1, DHT, 0xc8, 0xcc].includes(marker)) return undefined;
    if (marker === SOF0 || marker === SOF1) sof = body;
    if (marker === DRI) restart = (body[0]! << 8) | body[1]!;
    if (marker === DQT && !readQuantizations(body, quantizations)) return undefined;
    if (marker === DHT && !readTables(body, tables)) return undefined;
    // Adobe's own segment: whether three components are YCbCr.
    if (marker === ADOBE && body[0] === 0x41 && body[11] === 0) return undefined;
    if (marker === SOS) return sof && frameOf(sof, body, quantizations, tables, restart, file.subarray(at));
  }
  return undefined;
}

function frameOf(
  sof: Uint8Array,
  sos: Uint8Array,
  quantizations: readonly Uint16Array[],
  tables: ReadonlyMap<number, HuffmanTable>,
  restart: number,
  bytes: Uint8Array,
): Frame | undefined {
  const count = sof[5]!;
  if (sof[0] !== 8 || (count !== 1 && count !== 3) || sos[0] !== count) return undefined;
  const components: Component[] = [];
  for (let c = 0; c < count; c++) {
    const [id, factor = 0, number = 0] = sof.subarray(6 + 3 * c);
    const [scanId, codes = 0] = sos.subarray(1 + 2 * c);
    const quantization = quantizations[number];
    const [dc, ac] = [tables.get(codes >> 4), tables.get(16 | (codes & 15))];
    const [h, v] = [factor >> 4, factor & 15];
    if (scanId !== id || !quantization || !dc || !ac) return undefined;
    if (![1, 2].includes(h) || ![1, 2].includes(v)) return undefined;
    // A single component is not interleaved: its units are blocks.
    components.push({ ...{ h: count === 1 ? 1 : h, v: count === 1 ? 1 : v }, quantization, dc, ac });
  }
  const [width, height] = [(sof[3]! << 8) | sof[4]!, (sof[1]! << 8) | sof[2]!];
  if (width * height === 0) return undefined;
  // R, G, B by name: not YCbCr.
  if (count === 3 && sof[6] === 0x52 && sof[9] === 0x47) return undefined;
  return {
    ...{ width, height, components, restart, bytes },
    ...{ maxH: Math.max(...components.map(({ h }) => h)), maxV: Math.max(...components.map(({ v }) => v)) },
  };
}

function readQuantizations(body: Uint8Array, into: Uint16Array[]): boolean {
  for (let at = 0; at < body.length; ) {
    const kind = body[at++]!;
    const bytes = kind >> 4 === 0 ? 1 : 2;
    if (at + 64 * bytes > body.length) return false;
    into[kind & 15] = Uint16Array.from({ length: 64 }, (_, k) =>
      bytes === 1 ? body[at + k]! : (body[at + 2 * k]! << 8) | body[at + 2 * k + 1]!,
    );
    at += 64 * bytes;
  }
  return true;
}

/** By their class, 0 or 16, and number. */
function readTables(body: Uint8Array, into: Map<number, HuffmanTable>): boolean {
  for (let at = 0; at + 17 <= body.length; ) {
    const kind = body[at]!;
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const table = huffmanTable(counts, body.subarray(at + 17, at + 17 + total));
    if (!table) return false;
    into.set(kind, table);
    at += 17 + total;
  }
  return true;
}
