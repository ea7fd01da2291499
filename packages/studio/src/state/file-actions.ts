import type { PathFile } from '../files/path-file.js';
import { ownDigits } from './digits.js';
import type { NamedModel } from './models.js';
import { notify, showError } from './notifications.js';

/** Closes the user's own data: the pages show MNIST again. */
export function backToMnist(): void {
  ownDigits.value = undefined;
  notify('Back to MNIST.');
}

/**
 * Opens the files that were dropped or chosen, and shows what it did (open-files.ts). It never
 * rejects.
 */
export async function openFiles(dropped: readonly PathFile[]): Promise<void> {
  const program = await fetchProgram();
  await program?.openFiles(dropped);
}

/** Saves a model as the file that `longhand evaluate` reads. It never rejects. */
export async function saveModel(model: NamedModel): Promise<void> {
  const program = await fetchProgram();
  program?.saveModel(model);
}

/** Saves a model for another program: `onnx`, `npz` … Some formats are two files. It never rejects. */
export async function saveModelAs(model: NamedModel, format: string): Promise<void> {
  const program = await fetchProgram();
  await program?.saveModelAs(model, format);
}

/** What reads and writes files is no part of the first view. */
async function fetchProgram(): Promise<typeof import('./open-files.js') | undefined> {
  try {
    return await import('./open-files.js');
  } catch {
    showError(new Error('The page cannot load what reads and writes files. Check your connection.'));
    return undefined;
  }
}
