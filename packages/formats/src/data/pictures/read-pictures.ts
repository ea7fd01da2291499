import { DataError, Dataset } from '@longhand/core';
import { framingReduction } from '@longhand/core/pictures';
import { checkPicture, decodePicture } from '../../pictures/decode-picture.js';
import type { KnownFile } from '../../recognize/known-file.js';
import { baseOf, type InputFile } from '../../source/input-file.js';
import { readAhead } from '../../source/read-ahead.js';
import type { DataOptions, ReadData } from '../read-result.js';
import { readPictureList } from './picture-list.js';
import {
  inOrder,
  type LabeledPicture,
  MAX_CLASSES,
  type PicturePlan,
  planPictures,
  split,
} from './plan-pictures.js';
import { type TakenPictures, takePictures } from './take-pictures.js';

/** Larger files than scanners write. */
const MAX_FILE_BYTES = 200e6;
/** How many pictures that cannot be read are named. */
const NAMED = 3;

/** Pictures of a list that are looked for as long as none was found. */
const MAX_MISSING = 1000;

/** A folder of tables may hold a few pictures, and a folder of pictures a table or two. */
const PICTURES_PER_TABLE = 5;

/** Whether files are pictures, or a list of them, and not tables with a few pictures beside. */
export function arePictures(files: readonly KnownFile[]): boolean {
  if (files.some(({ kind }) => kind?.name === 'picture-list')) return true;
  const pictures = files.filter(({ kind }) => kind?.purpose === 'picture').length;
  const tables = files.filter(({ kind }) => kind?.purpose === 'data').length;
  return pictures > PICTURES_PER_TABLE * tables;
}

/**
 * Reads pictures: one folder for each class, the class in each name, or a list of their paths and labels.
 *
 * @throws DataError if nothing says what they show, none can be read, or there are too many classes
 */
export async function readPictures(files: readonly KnownFile[], options: DataOptions): Promise<ReadData> {
  const lists = files.filter(({ kind }) => kind?.name === 'picture-list');
  const pictures = files.filter(({ kind, path }) => kind?.purpose === 'picture' || hasPictureName(path));
  if (lists.length > 0) return readListed(lists, pictures, options);
  const plan = planPictures(pictures);
  if (plan) return readPlanned(plan, options);
  if (!options.unlabeled) throw unlabeled(pictures);
  return readUnlabeled(pictures, options, []);
}

/** A damaged picture may have lost its first bytes: it is named, and not passed over. */
function hasPictureName(path: string): boolean {
  return /\.(png|jpe?g|jfif|webp|bmp|gif)$/i.test(path);
}

function unlabeled(pictures: readonly InputFile[]): DataError {
  const [first] = pictures;
  const what = pictures.length === 1 ? first!.path : `${pictures.length} pictures, the first ${first!.path}`;
  return new DataError(
    `${what}: nothing says what they show: put the pictures of each class into a folder of its own, begin each name with the class (7_0012.png), or add a CSV file of paths and labels`,
  );
}

async function readListed(
  lists: readonly KnownFile[],
  pictures: readonly InputFile[],
  options: DataOptions,
): Promise<ReadData> {
  const find = finder(pictures);
  const found: { file: InputFile; className: string | undefined; titles: string[] }[] = [];
  const notes: string[] = [];
  let areAllMissing = true;
  for (const list of lists) {
    const { rows, notes: own } = await readPictureList(list, options);
    notes.push(...own);
    for (const { path, className, split: set } of rows) {
      const file = find(path) ?? (await options.openListed?.(path));
      if (file) areAllMissing = false;
      found.push({
        file: file ?? missing(list.path, path),
        className,
        titles: [baseOf(list.path), set ?? ''],
      });
      if (areAllMissing && found.length === MAX_MISSING) throw noneThere(list.path, found.length, path);
    }
  }
  const unlabelled = found.filter(({ className }) => className === undefined);
  if (unlabelled.length > 0) {
    if (!options.unlabeled) throw new DataError(`${lists[0]!.path}: lists pictures without labels`);
    return readUnlabeled(
      unlabelled.map(({ file }) => file),
      options,
      notes,
    );
  }
  const titles = new Map(found.map(({ file, titles: own }) => [file, own]));
  const labeled = found.map(({ file, className }) => ({ file, className: className! }));
  const parts = split(labeled, ({ file }) => titles.get(file)!);
  return readPlanned({ ...parts, label: 'the list', notes: [...notes, ...parts.notes] }, options);
}

/** Finds the file of a path from a list: its own folder may be any. */
function finder(files: readonly InputFile[]): (path: string) => InputFile | undefined {
  const byName = new Map<string, InputFile[]>();
  for (const file of files) {
    const name = baseOf(file.path.replaceAll('\\', '/'));
    byName.set(name, [...(byName.get(name) ?? []), file]);
  }
  return (path) => {
    const alike = byName.get(baseOf(path)) ?? [];
    return (
      alike.find((file) => `/${file.path.replaceAll('\\', '/')}`.endsWith(`/${path}`)) ??
      (alike.length === 1 ? alike[0] : undefined)
    );
  };
}

function noneThere(list: string, count: number, path: string): DataError {
  return new DataError(
    `${list}: none of the first ${count} pictures that it lists is there, such as ${path}: paths count from the folder of the list`,
  );
}

/** A file that says that it is missing when it is read: it counts as one that cannot be read. */
function missing(list: string, path: string): InputFile {
  return {
    path,
    size: 0,
    // biome-ignore lint/correctness/useYield: it has nothing to give.
    async *open() {
      throw new DataError(`${path}: no such picture, though ${list} lists it`);
    },
  };
}

async function readPlanned(plan: PicturePlan<InputFile>, options: DataOptions): Promise<ReadData> {
  const all: readonly LabeledPicture<InputFile>[] = [...plan.training, ...(plan.test ?? [])];
  const classNames = namesOf(all, options);
  const labelOf = new Map(classNames.map((name, label) => [name, label]));
  const taken = await take(
    all.map(({ file }) => file),
    options,
    plan.training.length,
  );
  const { width, height, pixels, kept } = taken;
  const labels = Uint8Array.from(kept, (k) => labelOf.get(all[k]!.className)!);
  const both = new Dataset({ pixels, labels, width, height, classNames });
  const trained = kept.filter((k) => k < plan.training.length).length;
  const hasTest = kept.length > trained;
  return {
    kind: 'pictures',
    label: plan.label,
    training: hasTest ? both.slice(0, trained) : both,
    ...(hasTest && { test: both.slice(trained, both.length) }),
    notes: [...plan.notes, howOf(taken)],
    ...withWarnings(taken),
  };
}

async function readUnlabeled(
  files: readonly InputFile[],
  options: DataOptions,
  notes: readonly string[],
): Promise<ReadData> {
  const taken = await take(files, options);
  const { width, height, pixels, kept } = taken;
  return {
    kind: 'pictures',
    unlabeled: { pixels, width, height, names: kept.map((k) => files[k]!.path) },
    notes: [...notes, howOf(taken)],
    ...withWarnings(taken),
  };
}

/** The classes: those of the model that the data are for, if there is one. */
function namesOf(pictures: readonly LabeledPicture<InputFile>[], { known }: DataOptions): readonly string[] {
  const found = inOrder(pictures.map(({ className }) => className));
  if (known) {
    const strange = pictures.find(({ className }) => !known.classNames.includes(className));
    if (!strange) return known.classNames;
  }
  if (found.length > MAX_CLASSES) {
    throw new DataError(`${found.length} classes of pictures: expected at most ${MAX_CLASSES}`);
  }
  return found;
}

function take(
  files: readonly InputFile[],
  { strict, onProgress, known }: DataOptions,
  trained = files.length,
): Promise<TakenPictures> {
  const [bytesOf, bytesToCheck] = [readAhead(files, MAX_FILE_BYTES), readAhead(files, MAX_FILE_BYTES)];
  return takePictures(
    files.map(({ path }) => path),
    async (k, onSize) =>
      decodePicture(await bytesOf(k), files[k]!.path, { onSize, reduce: framingReduction }),
    {
      ...{ check: async (k) => checkPicture(await bytesToCheck(k), files[k]!.path), trained },
      ...(strict && { strict }),
      ...(onProgress && { onProgress }),
      ...(known && { known }),
    },
  );
}

function howOf({ how }: TakenPictures): string {
  return `The pictures are taken ${how.startsWith('each') ? `one by one, ${how}` : how}.`;
}

function withWarnings(taken: TakenPictures): Pick<ReadData, 'warnings'> {
  const warnings = notesOf(taken);
  return warnings.length > 0 ? { warnings } : {};
}

function notesOf({ unread, kept }: TakenPictures): string[] {
  if (unread.length === 0) return [];
  const all = unread.length + kept.length;
  const named = unread.slice(0, NAMED).map(({ error }) => error);
  const more = unread.length > NAMED ? `; and ${unread.length - NAMED} more` : '';
  return [
    `${unread.length} of ${all} pictures could not be read and ${unread.length === 1 ? 'is' : 'are'} left out: ${named.join('; ')}${more}`,
  ];
}
