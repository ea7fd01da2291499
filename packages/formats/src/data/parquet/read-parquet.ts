import { DataError, Dataset } from '@longhand/core';
import { readClassNames } from '@longhand/core/files';
import { framingReduction } from '@longhand/core/pictures';
import { checkPicture, decodePicture } from '../../pictures/decode-picture.js';
import type { KnownFile } from '../../recognize/known-file.js';
import { baseOf, type InputFile } from '../../source/input-file.js';
import { labelAmong } from '../choices.js';
import { readTables } from '../csv/read-csv-files.js';
import { partOf } from '../part-of.js';
import { inOrder } from '../pictures/plan-pictures.js';
import { takePictures } from '../pictures/take-pictures.js';
import type { DataOptions, ReadData } from '../read-result.js';
import { openParquet, type ParquetFile } from './parquet-file.js';

/** What a column of labels is called. */
const LABEL = /^(label|labels|class|target|digit|character|fine_label|y)$/i;

/** Reads Parquet files: a column of pictures and one of labels, or columns of numbers; training and test set by name. */
export async function readParquetFiles(files: readonly KnownFile[], options: DataOptions): Promise<ReadData> {
  const opened: ParquetFile[] = [];
  for (const file of files) if (file.kind?.name === 'parquet') opened.push(await openParquet(file));
  const isOf = (part: string) => (file: ParquetFile) => partOf(baseOf(file.path)) === part;
  const tests = opened.some((file) => !isOf('test')(file)) ? opened.filter(isOf('test')) : [];
  const trainings = opened.filter((file) => !tests.includes(file) && !isOf('validation')(file));
  const training = trainings.length > 0 ? trainings : opened;
  if (training[0]!.rows === 0)
    throw new DataError(`${training[0]!.path}: holds no rows: expected one an example`);
  const column = await pictureColumn(training[0]!);
  if (column !== undefined) return readPictureColumns(training, tests, column, options);
  const read = await readTables(asText(training), tests.length > 0 ? asText(tests) : undefined, options);
  return { ...read, kind: 'parquet' };
}

/** The column whose cells are picture files: bytes, or a record with bytes as Hugging Face has it. */
async function pictureColumn({ columns, read }: ParquetFile): Promise<string | undefined> {
  for await (const [row] of read()) return columns.find((name) => bytesIn(row?.[name]) !== undefined);
  return undefined;
}

function bytesIn(cell: unknown): Uint8Array | undefined {
  if (cell instanceof Uint8Array) return cell;
  const inside = (cell as { bytes?: unknown } | null | undefined)?.bytes;
  return inside instanceof Uint8Array ? inside : undefined;
}

/** The pictures of all files, and what the column of labels says of each. */
interface Rows {
  readonly pictures: readonly Uint8Array[];
  readonly names: readonly string[];
  readonly labels: readonly string[];
}

async function readPictureColumns(
  trainings: readonly ParquetFile[],
  tests: readonly ParquetFile[],
  column: string,
  options: DataOptions,
): Promise<ReadData> {
  const first = trainings[0]!;
  const label = labelColumn(first, column, options);
  const training = await rowsOf(trainings, column, label);
  const test = await rowsOf(tests, column, label);
  const pictures = [...training.pictures, ...test.pictures];
  const names = [...training.names, ...test.names];
  const { onProgress, strict, known } = options;
  // Pictures take time: what else can be wrong is found before.
  const classes =
    label === undefined ? undefined : classesOf(first, label, [...training.labels, ...test.labels], options);
  const open = (k: number, onSize: (pixels: number) => void) =>
    decodePicture(pictures[k]!, names[k]!, { onSize, reduce: framingReduction });
  const taken = await takePictures(names, open, {
    ...{ check: (k) => checkPicture(pictures[k]!, names[k]!), trained: training.pictures.length },
    ...(strict && { strict }),
    ...(onProgress && { onProgress }),
    ...(known && { known }),
  });
  const { width, height, pixels, kept, unread } = taken;
  const notes = [`the pictures are in the column ${JSON.stringify(column)}: ${taken.how}`];
  const [unreadFirst] = unread;
  const warnings = unreadFirst
    ? [
        `${unread.length} of ${pictures.length} pictures could not be read and are left out: ${unreadFirst.error}`,
      ]
    : [];
  const told = { kind: 'parquet', notes, warnings };
  if (label === undefined || !classes) return { ...told, unlabeled: { pixels, width, height } };
  const { classNames } = classes;
  const labels = Uint8Array.from(kept, (k) => classes.labels[k]!);
  const both = new Dataset({ pixels, labels, width, height, classNames });
  const trained = kept.filter((k) => k < training.pictures.length).length;
  notes.push(`the labels are in the column ${JSON.stringify(label)}`);
  if (kept.length === trained) return { ...told, label, training: both };
  return { ...told, label, training: both.slice(0, trained), test: both.slice(trained, both.length) };
}

/** The names of the classes, and the place of each label among them. */
function classesOf(
  { path, classNames: named }: ParquetFile,
  label: string,
  labels: readonly string[],
  { known }: DataOptions,
): { readonly classNames: readonly string[]; readonly labels: readonly number[] } {
  const column = `${path}: column ${label}`;
  const classNames = readClassNames(
    (known?.classNames ?? named.get(label) ?? inOrder(labels)).join('\n'),
    column,
  );
  const places = new Map(classNames.map((name, place) => [name, place]));
  const placeOf = (text: string) => {
    const place = places.get(text);
    if (place !== undefined) return place;
    throw new DataError(
      `${column}: label ${JSON.stringify(text)}: expected one of ${classNames.slice(0, 12).join(', ')}`,
    );
  };
  return { classNames, labels: labels.map(placeOf) };
}

/** @throws DataError when there is none, or not the one that is named */
function labelColumn(
  { path, columns, classNames }: ParquetFile,
  pictures: string,
  options: DataOptions,
): string | undefined {
  const { unlabeled } = options;
  const label = labelAmong(columns, options);
  if (label !== undefined) {
    if (columns.includes(label)) return label;
    throw new DataError(`${path}: no column ${JSON.stringify(label)}: expected one of ${columns.join(', ')}`);
  }
  const others = columns.filter((name) => name !== pictures);
  const found = others.find((name) => LABEL.test(name)) ?? others.find((name) => classNames.has(name));
  if (found !== undefined || unlabeled) return found;
  if (others.length === 1) return others[0];
  throw new DataError(
    `${path}: no column is called label: say which one holds the labels with --label NAME: ${others.join(', ')}`,
  );
}

async function rowsOf(
  files: readonly ParquetFile[],
  column: string,
  label: string | undefined,
): Promise<Rows> {
  const pictures: Uint8Array[] = [];
  const names: string[] = [];
  const labels: string[] = [];
  for (const { path, read, classNames } of files) {
    const classes = label === undefined ? undefined : classNames.get(label);
    let row = 0;
    for await (const part of read()) {
      for (const cells of part) {
        pictures.push(bytesIn(cells[column]) ?? new Uint8Array());
        names.push(`${path} row ${row++}`);
        if (label !== undefined) labels.push(textOf(cells[label], classes));
      }
    }
  }
  return { pictures, names, labels };
}

/** A label as text: the name of its class where the file has one. */
function textOf(cell: unknown, classNames: readonly string[] | undefined): string {
  const index = typeof cell === 'bigint' ? Number(cell) : cell;
  if (typeof index === 'number') return classNames?.[index] ?? String(index);
  return cell instanceof Uint8Array ? new TextDecoder().decode(cell) : String(cell ?? '');
}

/** Columns of numbers as a table in text, which is read as such. */
function asText(files: readonly ParquetFile[]): InputFile {
  const [{ path }] = files as [ParquetFile];
  return {
    path,
    size: undefined,
    async *open() {
      const encoder = new TextEncoder();
      let header: string | undefined;
      for (const { read, classNames, columns } of files) {
        for await (const part of read()) {
          const lines: string[] = [];
          for (const row of part) {
            const own = columns.map((name) => [name, spread(row[name])] as const);
            if (header === undefined) {
              header = own.flatMap(([name, cells]) => titles(name, cells.length)).join(',');
              lines.push(header);
            }
            lines.push(
              own
                .flatMap(([name, cells]) => cells.map((cell) => cellOf(cell, classNames.get(name))))
                .join(','),
            );
          }
          yield encoder.encode(`${lines.join('\n')}\n`);
        }
      }
    },
  };
}

/** A cell that is a list, or lists in a list, is as many columns. */
function spread(cell: unknown): readonly unknown[] {
  if (cell instanceof Uint8Array || !(Array.isArray(cell) || ArrayBuffer.isView(cell))) return [cell];
  return Array.from(cell as unknown as ArrayLike<unknown>).flatMap(spread);
}

function titles(name: string, count: number): string[] {
  if (count === 1) return [quoted(name)];
  return Array.from({ length: count }, (_, k) => quoted(`pixel${k}`));
}

function cellOf(cell: unknown, classNames: readonly string[] | undefined): string {
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  return quoted(textOf(cell, classNames));
}

function quoted(text: string): string {
  return /[",\n\r;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
