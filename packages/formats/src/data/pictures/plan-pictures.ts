import { baseOf } from '../../source/input-file.js';
import { type Part, partOf } from '../part-of.js';
import { classesInNames } from './class-in-name.js';

/** A label is a byte. */
export const MAX_CLASSES = 256;

/** Anything with a path, such as a file. */
export interface Named {
  /** With its folders: `fonts/A/1.png`. */
  readonly path: string;
}

/** A picture and what it shows. */
export interface LabeledPicture<File> {
  readonly file: File;
  readonly className: string;
}

/** Pictures and what they are for. */
export interface PicturePlan<File> {
  readonly training: readonly LabeledPicture<File>[];
  /** Undefined where nothing says that some are for testing. */
  readonly test?: readonly LabeledPicture<File>[];
  /** Where the classes were found: `folders`. */
  readonly label: string;
  /** How they were found, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * The classes of pictures: the folder in which each lies, or else what its name says
 * (`classesInNames`). Folders named train and test, with those of the classes in them, keep the test set
 * apart.
 *
 * @returns undefined if neither says what the pictures show
 */
export function planPictures<File extends Named>(files: readonly File[]): PicturePlan<File> | undefined {
  const folders = new Set(files.map(folderOf));
  const hasFolders = !folders.has(undefined) && folders.size >= 2;
  const areParts = hasFolders && [...folders].every((folder) => partOf(folder!) !== undefined);
  if (hasFolders && !areParts) return byFolders(files);
  return byNames(files) ?? (areParts ? byFolders(files) : undefined);
}

function byFolders<File extends Named>(files: readonly File[]): PicturePlan<File> {
  const labeled = files.map((file) => ({ file, className: folderOf(file)! }));
  const parts = split(labeled, ({ file }) => foldersOf(file).slice(0, -1));
  return { ...parts, label: 'folders', notes: [...parts.notes] };
}

function byNames<File extends Named>(files: readonly File[]): PicturePlan<File> | undefined {
  const found = classesInNames(
    files.map(({ path }) => path),
    MAX_CLASSES,
  );
  if (!found) return undefined;
  const labeled = files.map((file, k) => ({ file, className: found.classes[k]! }));
  const parts = split(labeled, ({ file }) => foldersOf(file));
  const example = `${baseOf(files[0]!.path)} is of class ${found.classes[0]}`;
  return {
    ...parts,
    label: 'names',
    notes: [`The class of a picture is ${found.rule.label}: ${example}.`, ...parts.notes],
  };
}

interface Split<File> {
  readonly training: readonly LabeledPicture<File>[];
  readonly test?: readonly LabeledPicture<File>[];
  readonly notes: readonly string[];
}

/** Keeps the test set apart, if there is a training set as well. */
export function split<File>(
  labeled: readonly LabeledPicture<File>[],
  titlesOf: (picture: LabeledPicture<File>) => readonly string[],
): Split<File> {
  // Many pictures have few folders.
  const known = new Map<string, Part | undefined>();
  const partOnce = (title: string) => {
    if (!known.has(title)) known.set(title, partOf(title));
    return known.get(title);
  };
  const parts = labeled.map((picture) =>
    titlesOf(picture)
      .map(partOnce)
      .findLast((part) => part !== undefined),
  );
  const of = (part: string) => labeled.filter((_, k) => parts[k] === part);
  const [validation, test] = [of('validation'), of('test')];
  if (!parts.includes('training') || (test.length === 0 && validation.length === 0)) {
    return { training: labeled, notes: [] };
  }
  if (test.length === 0) {
    const training = labeled.filter((_, k) => parts[k] !== 'validation');
    return { training, test: validation, notes: ['The validation set is taken as the test set.'] };
  }
  const notes = validation.length > 0 ? ['The validation set is part of the training set.'] : [];
  return { training: labeled.filter((_, k) => parts[k] !== 'test'), test, notes };
}

function foldersOf({ path }: Named): readonly string[] {
  return path.replaceAll('\\', '/').split('/').slice(0, -1);
}

function folderOf(file: Named): string | undefined {
  return foldersOf(file).at(-1);
}

/** Classes in the order of their names, numbers by their value. */
export function inOrder(classNames: Iterable<string>): string[] {
  return [...new Set(classNames)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
