import { DataError, LonghandError } from '@longhand/core';
import { type Compressors, type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { InputFile } from '../../source/input-file.js';
import { bytesOf } from '../../source/read-bytes.js';
import { afterElement, faultInPages } from './check-pages.js';

/** A Parquet file is read into memory. */
const MAX_FILE = 4e9;
/** A part may unpack to so many times the size of the file, or to so many bytes in any case. */
const MAX_RATIO = 20;
const ALWAYS = 64e6;
/** An example takes a byte or two at least; so many rows are read in any case. */
const MIN_BYTES_PER_ROW = 0.5;
const FEW_ROWS = 100_000;

/** A row: its values by the names of their columns. */
type ParquetRow = Readonly<Record<string, unknown>>;

/** A Parquet file whose metadata are read. */
export interface ParquetFile {
  readonly path: string;
  readonly rows: number;
  /** The names of the columns, of their outermost level. */
  readonly columns: readonly string[];
  /** Of columns that hold the index of a class, the classes (as Hugging Face notes them). */
  readonly classNames: ReadonlyMap<string, readonly string[]>;
  /** The rows in parts, a group of the file each. */
  readonly read: () => AsyncGenerator<readonly ParquetRow[]>;
}

/**
 * Opens a Parquet file.
 *
 * @throws DataError when it is damaged, or promises far more than its size can hold
 */
export async function openParquet(file: InputFile): Promise<ParquetFile> {
  const bytes = await bytesOf(file, MAX_FILE);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const damaged = () =>
    new DataError(`${file.path}: the Parquet file is cut short or damaged: fetch it again`);
  const metadata = guarded(() => parquetMetadata(buffer), damaged);
  const limit = Math.max(ALWAYS, MAX_RATIO * bytes.length);
  const compressors = await bounded(limit, file.path, damaged);
  const fault = faultInPages(new DataView(buffer), metadata, compressors, limit);
  if (fault === 'encoding') {
    throw new DataError(
      `${file.path}: a column has an encoding that is not read: save it with plain or dictionary encoding, as pandas and pyarrow do if nothing else is asked for`,
    );
  }
  if (fault) throw damaged();
  const rows = Number(metadata.num_rows);
  const groups = metadata.row_groups.map(({ num_rows }) => Number(num_rows));
  if (!(rows >= 0) || rows > Math.max(FEW_ROWS, bytes.length / MIN_BYTES_PER_ROW)) {
    throw new DataError(`${file.path}: promises ${rows} rows in ${bytes.length} bytes: the file is damaged`);
  }
  if (groups.some((count) => !(count >= 0)) || groups.reduce((sum, count) => sum + count, 0) !== rows)
    throw damaged();
  for (const { columns } of metadata.row_groups) {
    for (const { meta_data: column } of columns) {
      if (Number(column?.num_values ?? 0) * MIN_BYTES_PER_ROW > limit) throw damaged();
      if (Number(column?.total_uncompressed_size ?? 0) > limit) {
        throw new DataError(
          `${file.path}: unpacks to more than ${MAX_RATIO} times its size: if that is right, save it without compression`,
        );
      }
    }
  }
  return {
    ...{ path: file.path, rows },
    columns: guarded(() => outermost(metadata), damaged),
    classNames: classNamesOf(metadata),
    async *read() {
      const source = {
        byteLength: buffer.byteLength,
        slice: (start: number, end?: number) => Promise.resolve(buffer.slice(start, end)),
      };
      let rowStart = 0;
      for (const count of groups) {
        const range = { rowStart, rowEnd: rowStart + count };
        rowStart += count;
        if (count === 0) continue;
        let part: readonly ParquetRow[];
        try {
          part = await parquetReadObjects({
            ...{ file: source, metadata, ...range, utf8: false },
            compressors,
          });
        } catch (error) {
          throw error instanceof LonghandError ? error : damaged();
        }
        if (part.length !== count) throw damaged();
        yield part;
      }
    },
  };
}

/** The decompressors, which refuse to make more than the limit. */
async function bounded(limit: number, name: string, damaged: () => DataError): Promise<Compressors> {
  // Loaded here, since it compiles WebAssembly at once, which other files do not need.
  const { compressors } = await import('hyparquet-compressors').catch((): never => {
    throw new DataError(`${name}: a Parquet file, which needs WebAssembly: it is switched off here`);
  });
  return Object.fromEntries(
    Object.entries(compressors).map(([name, decompress]) => [
      name,
      (input: Uint8Array, length: number) => {
        if (length > limit) throw damaged();
        return decompress(input, length);
      },
    ]),
  );
}

/** What a library throws about a damaged file is of any kind. */
function guarded<Value>(read: () => Value, damaged: () => DataError): Value {
  try {
    return read();
  } catch {
    throw damaged();
  }
}

function outermost({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  for (let at = 1; at < schema.length; at = afterElement(schema, at)) names.push(schema[at]!.name);
  return names;
}

/** The names of the classes in the notes of Hugging Face's datasets. */
function classNamesOf({ key_value_metadata: notes }: FileMetaData): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  const text = notes?.find(({ key }) => key === 'huggingface')?.value;
  try {
    const { features } = JSON.parse(text ?? '{}').info ?? {};
    for (const [column, feature] of Object.entries<{ names?: unknown }>(features ?? {})) {
      const list = feature?.names;
      if (Array.isArray(list) && list.every((name) => typeof name === 'string')) names.set(column, list);
    }
  } catch {
    // Notes are for others: without them, the classes are numbers.
  }
  return names;
}
