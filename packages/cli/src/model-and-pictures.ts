import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import { isModelFile } from '@longhand/core/files';
import type { FileKind } from '@longhand/formats';
import { readBytes } from './data/read-bytes.js';
import { isPipe } from './data/read-stream.js';
import { log } from './streams.js';
import { studioFolder } from './studio/studio-folder.js';
import { UsageError } from './usage-error.js';

/** Enough to know any kind of file. */
const HEAD_BYTES = 1 << 16;
/** Of the page's files, the model that reads drawings. */
const PAGES_MODEL = /^draw-.+\.safetensors$/;

export interface ModelAndPictures {
  /** The model's file. */
  readonly model: string;
  readonly pictures: readonly string[];
}

interface Wishes {
  /** Whether the command can do nothing without pictures. */
  readonly needsPictures: boolean;
  readonly quiet: boolean;
}

/**
 * What the files of a command are: a model and pictures, or pictures alone. Without a model, that of the page
 * Draw answers, which is said.
 *
 * @throws UsageError if there are no pictures, and the command needs some; DataError if the only file
 *   cannot be read
 */
export async function modelAndPictures(
  files: readonly string[],
  { needsPictures, quiet }: Wishes,
): Promise<ModelAndPictures> {
  const [first, ...rest] = files;
  const isModel = first !== undefined && !(await isPicture(first, needsPictures && rest.length === 0));
  if (needsPictures && (first === undefined || (isModel && rest.length === 0))) {
    if (first !== undefined) await readBytes(first, 'a picture');
    throw new UsageError(
      `pass the pictures to read${first === undefined ? '' : ` after the model ${first}`}`,
    );
  }
  if (isModel) return { model: first, pictures: rest };
  if (!quiet) {
    log('longhand: no model was given: that of the page Draw answers. To use your own, name its file first');
  }
  return { model: pagesModel(), pictures: files };
}

/**
 * Whether a file is a picture, by its first bytes; one that is missing or damaged, by its name. A pipe can
 * be read only once: it is taken for a model.
 */
async function isPicture(file: string, isPipePicture: boolean): Promise<boolean> {
  const missing = Symbol();
  const piped = await isPipe(file, 'a model or a picture').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return missing;
  });
  if (piped === true) return isPipePicture;
  const head = piped === missing ? undefined : headOf(file);
  if (head && isModelFile(head)) return false;
  const { FILE_KINDS, kindOf } = await import('@longhand/formats');
  const purpose = head && kindOf(FILE_KINDS, head, file)?.purpose;
  if (purpose === 'picture' || purpose === 'model') return purpose === 'picture';
  // A damaged picture is one, too: reading it says what is wrong.
  const kinds: readonly FileKind[] = FILE_KINDS;
  return kinds.some(
    ({ purpose: named, fileName }) => named === 'picture' && fileName?.test(path.basename(file)),
  );
}

/** The first bytes of a file; of one that cannot be read, none: reading it as a model says why. */
function headOf(file: string): Uint8Array {
  try {
    const opened = openSync(file, 'r');
    try {
      const head = new Uint8Array(HEAD_BYTES);
      return head.subarray(0, readSync(opened, head, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(opened);
    }
  } catch {
    return new Uint8Array();
  }
}

function pagesModel(): string {
  const assets = path.join(studioFolder(), 'assets');
  const name = readdirSync(assets).find((entry) => PAGES_MODEL.test(entry))!;
  return path.join(assets, name);
}
