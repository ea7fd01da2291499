import { DataError } from '@longhand/core';
import { FILE_FORMATS, formatByName } from '@longhand/core/files';
import { baseOf } from './path-file.js';

/** Anything with a path, such as a file. */
export interface Named {
  /** With its folders: `fonts/A/1.png`. */
  readonly path: string;
}

export interface IdxFiles<File> {
  readonly images: File;
  readonly labels: File;
}

export interface PictureFile<File> {
  readonly file: File;
  /** The index of its class. */
  readonly label: number;
}

/** The files that make up a dataset. Without a test set, one is split off from the training set. */
export type DataPlan<File> = {
  /** The page's name for the data. */
  readonly name: string;
} & (
  | {
      readonly kind: 'idx';
      readonly training: IdxFiles<File>;
      readonly test?: IdxFiles<File>;
      /** The class names, one per line. */
      readonly classes?: File;
    }
  | { readonly kind: 'csv'; readonly training: File; readonly test?: File }
  | {
      readonly kind: 'pictures';
      readonly classNames: readonly string[];
      readonly training: readonly PictureFile<File>[];
      readonly test?: readonly PictureFile<File>[];
    }
);

export interface Plan<File> {
  readonly models: readonly File[];
  readonly data?: DataPlan<File>;
}

/** Pictures are what the browser can decode; the other formats are those of core's registry. */
const PICTURE = /\.(png|jpe?g|webp|bmp|gif)$/i;
const COMPRESSIONS = FILE_FORMATS.filter(({ kind }) => kind === 'compression');

const EXPECTED =
  'expected a model (.safetensors), a dataset (IDX files, or a CSV file) or a folder of pictures';
/** The name of a file or folder that holds the test set. */
const TEST = /(^|[^a-z])(t10k|tests?|testing)([^a-z]|$)/i;
const TRAINING = /(^|[^a-z])(train|training)([^a-z]|$)/i;
/** A file beside IDX files with the names of their classes. */
const CLASSES = 'classes.txt';
/** A label is a byte. */
const MAX_CLASSES = 256;

/**
 * Finds out what the files are that were dropped or chosen.
 *
 * @throws DataError if the page can open none of them, or if a file of a dataset is missing
 */
export function planFiles<File extends Named>(files: readonly File[]): Plan<File> {
  const visible = files.filter(({ path }) => !path.split('/').some((part) => part.startsWith('.')));
  const of = (...kinds: string[]) => visible.filter(({ path }) => kinds.includes(kindOf(path)!));
  const models = of('model');
  const [idx, csv, pictures] = [of('images', 'labels'), of('dataset'), of('picture')];
  // A folder of data often holds other pictures or lists: the more specific format counts.
  const data =
    idx.length > 0
      ? planIdx(
          idx,
          visible.find(({ path }) => baseOf(path) === CLASSES),
        )
      : csv.length > 0
        ? planCsv(csv)
        : pictures.length > 0
          ? planPictures(pictures)
          : undefined;
  if (models.length === 0 && !data) {
    throw new DataError(`${files[0] ? baseOf(files[0].path) : 'nothing there'}: ${EXPECTED}`);
  }
  return { models, ...(data && { data }) };
}

function planIdx<File extends Named>(all: readonly File[], classes: File | undefined): DataPlan<File> {
  // Some folders hold a file and its gzipped copy: one is enough.
  const files = all.filter(({ path }) => !all.some((other) => `${other.path}.gz` === path));
  const isImages = ({ path }: File) => kindOf(path) === 'images';
  const isTest = ({ path }: File) => TEST.test(baseOf(path));
  const pair = (set: readonly File[], what: string): IdxFiles<File> | undefined => {
    const images = set.filter(isImages);
    const labels = set.filter((file) => !isImages(file));
    if (images.length > 1 || labels.length > 1) {
      const twice = (images.length > 1 ? images : labels).map(({ path }) => baseOf(path)).join(' and ');
      throw new DataError(`${twice}: two files for the same ${what} set: open one dataset at a time`);
    }
    const [image, label] = [images[0], labels[0]];
    if (!image && !label) return undefined;
    if (!image || !label) {
      const missing = image ? 'labels' : 'images';
      throw new DataError(
        `${baseOf((image ?? label)!.path)}: the ${missing} that belong to it are missing: open images and labels together`,
      );
    }
    return { images: image, labels: label };
  };
  const training = pair(
    files.filter((file) => !isTest(file)),
    'training',
  );
  const test = pair(files.filter(isTest), 'test');
  const name = folderOf(files) ?? 'your IDX files';
  // A test set alone is used as the training set.
  const named = { kind: 'idx', name, ...(classes && { classes }) } as const;
  if (!training) return { ...named, training: test! };
  return { ...named, training, ...(test && { test }) };
}

function planCsv<File extends Named>(files: readonly File[]): DataPlan<File> {
  const [first, second, ...more] = files;
  const name = unpacked(baseOf(first!.path)).replace(/\.\w+$/, '');
  if (!second) return { kind: 'csv', name, training: first! };
  const test = files.filter(({ path }) => TEST.test(baseOf(path)));
  if (more.length > 0 || test.length !== 1) {
    const names = files.map(({ path }) => baseOf(path)).join(', ');
    throw new DataError(
      `${names}: expected one CSV file, or two of which one has "test" in its name, found ${files.length}`,
    );
  }
  const training = files.find((file) => file !== test[0])!;
  return { kind: 'csv', name: folderOf(files) ?? 'your CSV files', training, test: test[0]! };
}

function planPictures<File extends Named>(files: readonly File[]): DataPlan<File> {
  const classOf = ({ path }: File) => path.split('/').at(-2);
  const classes = new Set(files.map(classOf));
  const loose = files.find((file) => classOf(file) === undefined);
  if (loose || classes.size < 2) {
    throw new DataError(
      `${baseOf((loose ?? files[0]!).path)}: a picture has its class from the folder it lies in: open a folder with one folder of pictures for each class`,
    );
  }
  if (classes.size > MAX_CLASSES) {
    throw new DataError(`${classes.size} folders of pictures: expected at most ${MAX_CLASSES} classes`);
  }
  const classNames = ([...classes] as string[]).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const labels = new Map(classNames.map((name, label) => [name, label]));
  const labelled = (set: readonly File[]) =>
    set.map((file) => ({ file, label: labels.get(classOf(file)!)! }));
  const above = ({ path }: File) => path.split('/').slice(0, -2);
  const isTest = (file: File) => above(file).some((folder) => TEST.test(folder));
  const isTraining = (file: File) => above(file).some((folder) => TRAINING.test(folder));
  const apart = files.some(isTest) && files.some(isTraining);
  const name = folderOf(files) ?? 'your pictures';
  if (!apart) return { kind: 'pictures', name, classNames, training: labelled(files) };
  return {
    kind: 'pictures',
    name,
    classNames,
    training: labelled(files.filter((file) => !isTest(file))),
    test: labelled(files.filter(isTest)),
  };
}

/** The kind of a file by its name, whether compressed or not. */
function kindOf(path: string): string | undefined {
  return PICTURE.test(path) ? 'picture' : formatByName(FILE_FORMATS, unpacked(path))?.kind;
}

/** The name of the file inside a compressed one. */
function unpacked(path: string): string {
  return COMPRESSIONS.reduce((name, { fileName }) => name.replace(fileName, ''), path);
}

/** The folder that contains all the files. */
function folderOf(files: readonly Named[]): string | undefined {
  const [first, ...rest] = files.map(({ path }) => path.split('/'));
  const folder = first!.length > 1 ? first![0] : undefined;
  return rest.every((parts) => parts.length > 1 && parts[0] === folder) ? folder : undefined;
}
