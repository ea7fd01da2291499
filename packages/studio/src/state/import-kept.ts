import { DataError } from '@longhand/core';
import { strFromU8, unzipSync } from 'fflate';
import { baseOf, type PathFile } from '../files/path-file.js';
import { type KeptDrawing, keep } from './kept.js';
import { bringDrawingsBack, readDrawings } from './kept-drawings.js';
import { remember } from './remembered.js';

/** No file of an export is larger: a zip that says so is none of ours. */
const MAX_BYTES = 256e6;

/**
 * Unpacks what *Save all* saved: the drawings are kept, and the models and logs are files to open.
 *
 * @throws DataError if it is no such file
 */
export async function unpackKept({ file, path }: PathFile): Promise<PathFile[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { 'drawings.json': drawings, 'progress.json': progress, ...others } = unzipKept(bytes, baseOf(path));
  if (drawings) {
    // A drawing that is here already does not come twice.
    await bringDrawingsBack();
    const here = new Set((await readDrawings()).map(({ name, ink }) => `${name} ${ink}`));
    for (const { name, ink } of drawingsIn(drawings))
      if (!here.has(`${name} ${ink}`)) keep('drawing', `of a file ${name} ${ink.length}`, { name, ink });
    await readDrawings();
  }
  if (progress) bringProgressBack(progress);
  return Object.entries(others)
    .filter(([name]) => /^(models|runs|sweeps)\//.test(name))
    .map(([name, contents]) => ({
      path: name,
      file: new File([contents as Uint8Array<ArrayBuffer>], baseOf(name)),
    }));
}

function unzipKept(bytes: Uint8Array, name: string): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter: ({ originalSize }) => originalSize <= MAX_BYTES });
  } catch {
    throw new DataError(`${name}: the zip file is damaged. Save all again, from Open …`);
  }
}

function drawingsIn(json: Uint8Array): KeptDrawing[] {
  const all: unknown = JSON.parse(strFromU8(json));
  const isDrawing = (one: Partial<KeptDrawing> | null): one is KeptDrawing =>
    typeof one?.name === 'string' && typeof one.ink === 'string';
  return Array.isArray(all) ? all.filter(isDrawing) : [];
}

/** Takes from an export what the pages remember, where this browser remembers nothing. */
function bringProgressBack(json: Uint8Array): void {
  const all = JSON.parse(strFromU8(json)) as { readonly remembered?: unknown } | null;
  remember(all?.remembered);
}
