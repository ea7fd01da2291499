import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DataError } from '@longhand/core/errors';

/**
 * The folder of the built page.
 *
 * @throws DataError if it has not been built
 */
export function studioFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@longhand/studio/package.json');
  const folder = path.join(path.dirname(manifest), 'dist');
  if (!existsSync(path.join(folder, 'index.html'))) {
    throw new DataError(
      `the studio's page is not built: run npm run studio in the repository, or install longhand again`,
    );
  }
  return folder;
}
