import { requireBytes } from '../data/require-bytes.js';
import { ModelError } from '../errors.js';
import { isModestJson, isRecord } from './json.js';

/** A tensor of 32-bit floats, row by row. */
export interface Tensor {
  /** The length of each dimension. */
  readonly shape: readonly number[];
  /** All numbers; the last index grows fastest. */
  readonly values: Float32Array;
}

/** What a safetensors file holds. */
export interface Safetensors {
  /** The tensors by their names. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Texts by their names. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** How many characters of a tensor's name an error shows. */
const SHOWN_CHARACTERS = 40;
/** A header longer than this is refused, as the format's own reader does (100 MB). */
const MAX_HEADER_BYTES = 100_000_000;
const LENGTH_BYTES = 8;
const FLOAT_BYTES = 4;

/**
 * Writes tensors and metadata as a safetensors file: the header's length as a 64-bit little-endian
 * integer, the header in JSON, then the bytes of one tensor after the other
 * (https://huggingface.co/docs/safetensors).
 */
export function encodeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, values }] of tensors) {
    const end = offset + FLOAT_BYTES * values.length;
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, end] };
    offset = end;
  }
  // Spaces at the end of the header make the floats start at a multiple of 8.
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + offset).fill(
    0x20,
    LENGTH_BYTES,
    LENGTH_BYTES + headerBytes,
  );
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  file.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const { values } of tensors.values()) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += FLOAT_BYTES;
    }
  }
  return file;
}

/**
 * Reads a safetensors file of 32-bit floats and checks everything in its header against the bytes.
 *
 * @param name the file's name, for the errors
 * @throws ModelError if a length, an offset, a type or a shape is wrong
 */
export function decodeSafetensors(file: Uint8Array, name: string): Safetensors {
  const { tensors: raw, metadata } = splitSafetensors(file, name, { F32: FLOAT_BYTES });
  const tensors = new Map<string, Tensor>();
  for (const [key, { shape, bytes }] of raw) {
    // A copy, to be aligned. Floats are little-endian in the memory of every machine that the engine runs on.
    const values = new Float32Array(new Uint8Array(bytes).buffer);
    tensors.set(key, { shape, values });
  }
  return { tensors, metadata };
}

/** A tensor whose numbers are still bytes, little-endian. */
export interface RawTensor {
  /** The type of its numbers: `F32`, `BF16` … */
  readonly dtype: string;
  /** The length of each dimension. */
  readonly shape: readonly number[];
  /** A view into the file. */
  readonly bytes: Uint8Array;
}

/**
 * The tensors of a safetensors file as bytes, with everything in its header checked.
 *
 * @param sizes the bytes of a number of each type that is accepted
 * @throws ModelError if a length, an offset, a type or a shape is wrong
 */
export function splitSafetensors(
  file: Uint8Array,
  name: string,
  sizes: Readonly<Record<string, number>>,
): { tensors: ReadonlyMap<string, RawTensor>; metadata: Readonly<Record<string, string>> } {
  const fail = (reason: string): never => {
    throw new ModelError(`${name}: ${reason}`);
  };
  requireBytes(file, name);
  if (file.length < LENGTH_BYTES)
    fail(`expected a safetensors file, found ${file.length} bytes: it is cut short`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerBytes = view.getBigUint64(0, true);
  if (headerBytes > BigInt(Math.min(MAX_HEADER_BYTES, file.length - LENGTH_BYTES))) {
    fail(
      `its header claims ${headerBytes} bytes, the file has ${file.length - LENGTH_BYTES} after the length: it is cut short, or no safetensors file`,
    );
  }
  const dataStart = LENGTH_BYTES + Number(headerBytes);
  if (!isModestJson(file.subarray(LENGTH_BYTES, dataStart)))
    fail('its header has more parts than that of a model: it is damaged, or no model');
  const header =
    parseHeader(file.subarray(LENGTH_BYTES, dataStart)) ?? fail('its header is not a JSON object');
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    fail('its metadata are not all text');
  }
  const extents: (Omit<RawTensor, 'bytes'> & { key: string; tensor: string; begin: number; end: number })[] =
    [];
  const expectedTypes = Object.keys(sizes).join(', ');
  for (const [key, entry] of Object.entries(entries)) {
    const tensor = shortName(key);
    if (!isRecord(entry)) fail(`tensor ${tensor} is described by no object`);
    const { dtype, shape, data_offsets: offsets } = entry as Record<string, unknown>;
    if (typeof dtype !== 'string' || !Object.hasOwn(sizes, dtype))
      return fail(`tensor ${tensor} has the type ${JSON.stringify(dtype)}: expected ${expectedTypes}`);
    if (!isIntegers(shape)) fail(`tensor ${tensor} has no shape of whole numbers`);
    if (!isIntegers(offsets) || (offsets as number[]).length !== 2)
      fail(`tensor ${tensor} has no two data offsets`);
    const [begin, end] = offsets as [number, number];
    const bytes = (shape as number[]).reduce((product, size) => product * size, sizes[dtype]!);
    if (end - begin !== bytes) {
      fail(
        `tensor ${tensor} of shape [${shape}] needs ${bytes} bytes, its offsets ${begin} to ${end} give ${end - begin}`,
      );
    }
    extents.push({ key, tensor, dtype, begin, end, shape: shape as number[] });
  }
  extents.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let expected = 0;
  for (const { tensor, begin, end } of extents) {
    if (begin < expected)
      fail(`tensor ${tensor} begins at ${begin}, inside the one before, which ends at ${expected}`);
    if (begin > expected) fail(`there is a hole of ${begin - expected} bytes before tensor ${tensor}`);
    expected = end;
  }
  if (dataStart + expected !== file.length) {
    const found = file.length - dataStart;
    fail(
      `its tensors take ${expected} bytes, found ${found}: the file is ${found < expected ? 'cut short' : 'too long'}`,
    );
  }
  const tensors = new Map(
    extents.map(({ key, dtype, begin, end, shape }) => {
      const bytes = file.subarray(dataStart + begin, dataStart + end);
      return [key, { dtype, shape, bytes }] as const;
    }),
  );
  return { tensors, metadata: metadata as Record<string, string> };
}

/** Whether a file that begins so is a safetensors file: a length that can be one, then an object in JSON. */
export function isSafetensors(head: Uint8Array): boolean {
  if (head.length <= LENGTH_BYTES || head[LENGTH_BYTES] !== 0x7b) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return view.getBigUint64(0, true) <= BigInt(MAX_HEADER_BYTES);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isRecord(header) ? header : undefined;
  } catch {
    return undefined;
  }
}

function isIntegers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry) && entry >= 0);
}

/**
 * A tensor's name for an error message. The names in a damaged file can contain anything, even line
 * ends.
 */
function shortName(key: string): string {
  return key.length <= SHOWN_CHARACTERS && /^[\w.-]+$/.test(key)
    ? key
    : JSON.stringify(key.slice(0, SHOWN_CHARACTERS));
}
