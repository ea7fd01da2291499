import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { StateStore } from '../task.js';

const NAME = /^[0-9a-f]{64}$/;

/**
 * States as files of a folder. A file is written to another name, flushed and renamed: one that is
 * there is whole.
 *
 * @param warn told once if a state cannot be written: the task goes on without
 */
export function fileStore(folder: string, warn: (message: string) => void): StateStore {
  let hasWarned = false;
  const fileOf = (id: string) => {
    if (!NAME.test(id)) throw new TypeError(`not the name of a task: ${id}`);
    return path.join(folder, `${id}.ckpt`);
  };
  return {
    async load(id) {
      // What cannot be read is lost, and computed again.
      return readFile(fileOf(id)).catch(() => undefined);
    },
    async save(id, state) {
      const draft = `${fileOf(id)}.${process.pid}`;
      try {
        const handle = await open(draft, 'w');
        try {
          await handle.writeFile(state);
          await handle.datasync();
        } finally {
          await handle.close();
        }
        await rename(draft, fileOf(id));
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined);
        if (!hasWarned)
          warn(
            `${folder}: cannot keep states of runs: ${(error as Error).message}; a run that is lost begins again`,
          );
        hasWarned = true;
      }
    },
    async remove(ids) {
      for (const id of ids) await rm(fileOf(id), { force: true }).catch(() => undefined);
    },
  };
}
