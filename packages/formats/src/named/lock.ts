import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** The one who holds a lock says so this often. */
const TOUCH_MS = 2000;
/** A lock that nobody has touched for so long is left over from a process that was killed. */
const STALE_MS = 20_000;
const LOOK_MS = 150;

/**
 * Waits until no other process holds the lock, and takes it.
 *
 * @param file the lock: it exists while somebody holds it
 * @param onWait called once, if another process holds it
 * @returns what releases it
 */
export async function lock(
  file: string,
  { signal, onWait }: { readonly signal?: AbortSignal | undefined; readonly onWait?: () => void } = {},
): Promise<() => Promise<void>> {
  for (let waited = false; ; ) {
    signal?.throwIfAborted();
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(`${hostname()} ${process.pid}`);
      await handle.close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (await isLeftOver(file)) {
      await rm(file, { force: true });
      continue;
    }
    if (!waited) onWait?.();
    waited = true;
    await sleep(LOOK_MS, undefined, signal ? { signal } : {});
  }
  const touching = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, TOUCH_MS);
  touching.unref();
  return async () => {
    clearInterval(touching);
    await rm(file, { force: true });
  };
}

async function isLeftOver(file: string): Promise<boolean> {
  try {
    const [{ mtimeMs }, text] = await Promise.all([stat(file), readFile(file, 'utf8')]);
    if (Date.now() - mtimeMs > STALE_MS) return true;
    const [host, pid] = text.split(' ');
    return host === hostname() && Number(pid) > 0 && !isAlive(Number(pid));
  } catch {
    // It was released in between.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
