import { LonghandError } from './errors.js';

/**
 * Waits for a part of the library that most programs do not need, and that is therefore a file of its own.
 *
 * @param part `import('./part.js')`, written out where it is called, so that bundlers see it
 * @throws LonghandError when the file cannot be loaded
 */
export async function loadPart<Part>(part: Promise<Part>): Promise<Part> {
  try {
    return await part;
  } catch (error) {
    throw new LonghandError(
      `a part of the library could not be loaded (${(error as Error).message}). Serve every file that the bundler wrote`,
    );
  }
}
