import { DataError, Dataset } from '@longhand/core';
import type { KnownData } from '@longhand/core/files';
import { takesNumbers } from '../../recognize/takes-numbers.js';
import type { InputFile } from '../../source/input-file.js';
import { knownSetOf } from '../known-sets.js';
import type { DataOptions, Unlabeled } from '../read-result.js';
import { BYTES, byteIn, isBytes, type ValueRange } from '../values/value-range.js';
import { type Columns, chooseColumns, columnsLeft, placedColumns, shown } from './columns.js';
import { type Dialect, dialectOf, isNumber } from './dialect.js';
import { LabelReader } from './label-reader.js';
import { type RowSink, readRows } from './rows.js';
import { checkWidth, type Survey, Surveyor } from './survey.js';
import { pictureSize, shapeOf, type TableShape } from './table-shape.js';
import { type Encoding, encodingOf, textChunks } from './text-chunks.js';

/** Characters at the beginning that show how a table is written. */
const SAMPLE = 1 << 18;
/** In the beginning of a table of bytes, some value is above. */
const CLEARLY_BYTES = 63;
const FIRST_ROWS = 1024;

/** A table as data. */
export interface ReadTable {
  /** Undefined where there are no labels. */
  readonly dataset: Dataset | undefined;
  readonly unlabeled: Unlabeled | undefined;
  readonly label: string;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** A value that is no byte, where all were taken for bytes. */
class NoByte extends Error {}

/**
 * Reads a table in text: CSV and the like. The file is read once where its beginning shows pixels that are bytes,
 * and otherwise twice: first for the ranges of its columns. So no more than a byte for each value is kept.
 *
 * @param isTest whether `options.known` is the training set of this test set
 * @throws DataError that names the line and column of the first wrong cell
 */
export async function readTable(file: InputFile, options: DataOptions, isTest = false): Promise<ReadTable> {
  const encoding = await encodingOf(file);
  const dialect = await dialectOfFile(file, encoding);
  const table = new Table(file, encoding, dialect, options, isTest);
  return (await table.readAsBytes()) ?? table.readTwice();
}

async function dialectOfFile(file: InputFile, encoding: Encoding): Promise<Dialect> {
  const decoder = new TextDecoder();
  let text = '';
  let isWhole = true;
  for await (const chunk of textChunks(file, encoding)) {
    text += decoder.decode(chunk.subarray(0, SAMPLE), { stream: true });
    if (text.length < SAMPLE) continue;
    isWhole = false;
    break;
  }
  const dialect = dialectOf(text, isWhole, file.path);
  if (encoding === 'utf-8') return dialect;
  const how = encoding === 'windows-1252' ? 'Windows-1252 (Latin-1)' : 'UTF-16';
  return { ...dialect, notes: [`its text is ${how}`, ...dialect.notes] };
}

class Table {
  readonly #file: InputFile;
  readonly #encoding: Encoding;
  readonly #dialect: Dialect;
  readonly #options: DataOptions;
  readonly #known: KnownData | undefined;
  readonly #isTest: boolean;
  /** How many times the file is read. */
  #passes = 1;
  #pass = 0;

  constructor(file: InputFile, encoding: Encoding, dialect: Dialect, options: DataOptions, isTest: boolean) {
    this.#file = file;
    this.#encoding = encoding;
    this.#dialect = dialect;
    this.#options = options;
    this.#known = options.known;
    this.#isTest = isTest;
  }

  /** Reads a table whose names and first rows say that all values are bytes. Undefined if they do not, or it is not. */
  async readAsBytes(): Promise<ReadTable | undefined> {
    const { names, hasHeader, sample, delimiter } = this.#dialect;
    const range = this.#known?.origin?.valueRange ?? BYTES;
    const hasRanges = this.#known?.features !== undefined || takesNumbers(this.#known);
    if (!hasHeader || delimiter !== ',' || hasRanges || !isBytes(range)) return undefined;
    const columns = this.#choose(undefined);
    if (!columns) return undefined;
    const places = placedColumns(columns, names, this.#known, this.#file.path);
    const size =
      this.#known ??
      pictureSize(
        places.map((c) => names[c]!),
        hasHeader,
      );
    if (!size || !areBytes(sample, places)) return undefined;
    const { width, height } = size;
    try {
      return await this.#store(columns, places, { width, height, range: BYTES }, undefined);
    } catch (error) {
      if (error instanceof NoByte) return undefined;
      throw error;
    }
  }

  async readTwice(): Promise<ReadTable> {
    this.#passes = 2;
    this.#pass = 0;
    const { names, hasHeader } = this.#dialect;
    const name = this.#file.path;
    const left = columnsLeft({ dialect: this.#dialect, name, options: this.#options });
    const surveyor = new Surveyor(this.#dialect, name, [left[0]!, left.at(-1)!]);
    await this.#read(surveyor);
    const { survey } = surveyor;
    if (survey.rows === 0) throw new DataError(`${name}: a header but no rows: expected one row an example`);
    const columns = this.#choose(survey)!;
    const places = placedColumns(columns, names, this.#known, name);
    for (const c of places) this.#checkNumbers(c, columns, survey);
    const shape = shapeOf(survey, {
      ...{ columns: places, names, hasHeader, known: this.#known, isTest: this.#isTest, name },
      ownRanges: takesNumbers(this.#known),
    });
    return this.#store(columns, places, shape, survey);
  }

  #choose(survey: Survey | undefined): Columns | undefined {
    return chooseColumns({ dialect: this.#dialect, name: this.#file.path, options: this.#options, survey });
  }

  /** @throws DataError for a feature that is no number */
  #checkNumbers(column: number, { label }: Columns, { words, firstWord, rows }: Survey): void {
    const word = firstWord[column];
    if (!word) return;
    const title = this.#dialect.names[column]!;
    const place = this.#dialect.hasHeader ? ` (${title})` : '';
    const isAll = words[column] === rows && word.text !== '';
    const advice = isAll
      ? `: the column holds words: leave it out with --ignore, or turn it into numbers (the labels are in ${shown(label)})`
      : '';
    throw new DataError(
      `${this.#file.path}: line ${word.line}, column ${column + 1}${place}: expected a finite number, found ${shown(word.text)}${advice}`,
    );
  }

  async #store(
    columns: Columns,
    places: readonly number[],
    shape: TableShape,
    survey: Survey | undefined,
  ): Promise<ReadTable> {
    const { path } = this.#file;
    const set = knownSetOf(path);
    const { range, width: w, height: h, features } = shape;
    const isTransposed = set?.isTransposed === true && range !== undefined && h > 1;
    const [width, height] = isTransposed ? [h, w] : [w, h];
    const targets = Uint32Array.from(places, (_, i) => (isTransposed ? (i % w) * h + Math.floor(i / w) : i));
    const labels = new LabelReader({
      known: this.#known?.classNames,
      classNames: this.#dialect.classNames ?? this.#oneHotNames(columns),
      set,
      arePictures: range !== undefined,
    });
    const store = new Store(this.#dialect, path, {
      ...{ columns, places, targets, labels, range, features },
      rows: survey?.rows ?? this.#expectedRows(),
      // Before the survey a wrong cell ends this reading alone.
      isSurveyed: survey !== undefined,
    });
    await this.#read(store);
    const { pixels, classes, count } = store.finish();
    if (count === 0) throw new DataError(`${path}: a header but no rows: expected one row an example`);
    const notes = [...columns.notes, ...(shape.note ? [shape.note] : [])];
    if (isTransposed) notes.push(`${set.name}: its pictures lie on their side; they were turned upright`);
    const told = { label: columns.label, notes, warnings: columns.warnings };
    if (columns.labels.length === 0)
      return {
        ...told,
        dataset: undefined,
        unlabeled: { pixels, width, height, ...(features && { features }) },
      };
    const { classNames, order } = labels.finish();
    const valueRange = range && !isBytes(range) ? range : undefined;
    const origin = (valueRange ?? isTransposed) && {
      origin: { ...(valueRange && { valueRange }), ...(isTransposed && { transposed: true as const }) },
    };
    const dataset = new Dataset({
      ...{ pixels, width, height, classNames },
      labels: classes.map((label) => order[label]!),
      ...(features && { features }),
      ...origin,
    });
    return { ...told, dataset, unlabeled: undefined };
  }

  /** What the columns of one-hot labels are called, without what their names have in common. */
  #oneHotNames({ labels }: Columns): readonly string[] | undefined {
    if (labels.length < 2) return undefined;
    const { names, hasHeader } = this.#dialect;
    if (!hasHeader) return labels.map((_, label) => String(label));
    const titles = labels.map((c) => names[c]!);
    const short = titles.map((title) => /[_.\s-]([^_.\s-]+)$/.exec(title)?.[1]);
    const isShort = new Set(short).size === titles.length && short.every(Boolean);
    return isShort ? (short as string[]) : titles;
  }

  #expectedRows(): number {
    const { size } = this.#file;
    const { sample } = this.#dialect;
    if (size === undefined || sample.length === 0) return FIRST_ROWS;
    const characters = sample.reduce((sum, row) => sum + row.reduce((n, cell) => n + cell.length + 1, 0), 0);
    return Math.ceil((1.1 * size) / (characters / sample.length)) + 1;
  }

  async #read(sink: RowSink): Promise<void> {
    const { size } = this.#file;
    const { onProgress } = this.#options;
    const done = this.#pass++ / this.#passes;
    const passes = this.#passes;
    const chunks = async function* (source: AsyncIterable<Uint8Array>) {
      let read = 0;
      for await (const chunk of source) {
        read += chunk.length;
        yield chunk;
        if (size) onProgress?.(done + Math.min(1, read / size) / passes);
      }
    };
    const { skip } = this.#dialect;
    await readRows(chunks(textChunks(this.#file, this.#encoding)), this.#dialect, {
      ...{ name: this.#file.path, skip, sink },
    });
  }
}

/** Whether the first rows hold bytes, and some that are not small. */
function areBytes(sample: readonly (readonly string[])[], places: readonly number[]): boolean {
  let highest = 0;
  for (const row of sample) {
    for (const c of places) {
      const value = Number(row[c]);
      if (!isNumber(row[c] ?? '') || !Number.isInteger(value) || value < 0 || value > 255) return false;
      highest = Math.max(highest, value);
    }
  }
  return highest > CLEARLY_BYTES;
}

interface StoreRequest {
  readonly columns: Columns;
  /** Of each input, its column and its place in the picture. */
  readonly places: readonly number[];
  readonly targets: Uint32Array;
  readonly labels: LabelReader;
  readonly range: ValueRange | undefined;
  readonly features: TableShape['features'];
  readonly rows: number;
  readonly isSurveyed: boolean;
}

/** Keeps the rows as bytes and labels. */
class Store implements RowSink {
  readonly #dialect: Dialect;
  readonly #name: string;
  readonly #request: StoreRequest;
  readonly #places: Uint32Array;
  readonly #ranges: readonly ValueRange[] | undefined;
  #pixels: Uint8Array;
  #classes: Uint8Array;
  #count = 0;

  constructor(dialect: Dialect, name: string, request: StoreRequest) {
    this.#dialect = dialect;
    this.#name = name;
    this.#request = request;
    this.#places = Uint32Array.from(request.places);
    this.#ranges = request.features?.map(({ min, max }) => [min, max > min ? max : min + 1]);
    this.#pixels = new Uint8Array(request.rows * request.places.length);
    this.#classes = new Uint8Array(request.rows);
  }

  row(values: Float64Array, texts: readonly (string | undefined)[], count: number, line: number): void {
    const { targets, range, columns } = this.#request;
    checkWidth(this.#dialect, texts, count, line, this.#name);
    if (this.#count === this.#classes.length) this.#grow();
    const [pixels, places, ranges] = [this.#pixels, this.#places, this.#ranges];
    const start = this.#count * places.length;
    if (range && isBytes(range)) {
      for (let i = 0; i < places.length; i++) {
        const value = values[places[i]!]!;
        if (value >= 0 && value <= 255 && value % 1 === 0) pixels[start + targets[i]!] = value;
        else pixels[start + targets[i]!] = this.#rounded(places[i]!, value, texts, line);
      }
    } else {
      for (let i = 0; i < places.length; i++)
        pixels[start + targets[i]!] = byteIn(range ?? ranges![i]!, values[places[i]!]!);
    }
    const { labels } = columns;
    if (labels.length === 1) this.#classes[this.#count] = this.#label(labels[0]!, values, texts, line);
    else if (labels.length > 1) {
      const hot = labels.findIndex((c) => values[c] === 1);
      this.#classes[this.#count] = this.#request.labels.indexOf(hot, undefined) as number;
    }
    this.#count++;
  }

  finish() {
    const count = this.#count;
    const inputs = this.#places.length;
    return {
      pixels: this.#pixels.subarray(0, count * inputs),
      classes: this.#classes.subarray(0, count),
      count,
    };
  }

  #label(column: number, values: Float64Array, texts: readonly (string | undefined)[], line: number): number {
    const index = this.#request.labels.indexOf(values[column]!, texts[column]);
    if (typeof index === 'number') return index;
    return this.#fail(column, line, index);
  }

  /** A value that is no whole number, among bytes. */
  #rounded(column: number, value: number, texts: readonly (string | undefined)[], line: number): number {
    if (!this.#request.isSurveyed) throw new NoByte();
    if (value >= 0 && value <= 255) return Math.round(value);
    const found = shown(texts[column] ?? String(value));
    return this.#fail(column, line, `expected a whole number from 0 to 255, found ${found}`);
  }

  #grow(): void {
    const rows = Math.max(FIRST_ROWS, Math.ceil(1.5 * this.#classes.length));
    const pixels = new Uint8Array(rows * this.#places.length);
    pixels.set(this.#pixels);
    this.#pixels = pixels;
    const classes = new Uint8Array(rows);
    classes.set(this.#classes);
    this.#classes = classes;
  }

  #fail(column: number, line: number, problem: string): never {
    const title = this.#dialect.hasHeader ? ` (${this.#dialect.names[column]})` : '';
    throw new DataError(`${this.#name}: line ${line}, column ${column + 1}${title}: ${problem}`);
  }
}
