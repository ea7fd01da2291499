import { homedir } from 'node:os';
import path from 'node:path';

/** What the places of the cache are found from: the environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder in which fetched data are kept: `LONGHAND_DATA_CACHE`, or `longhand` in the user's cache folder
 * (`XDG_CACHE_HOME` or `~/.cache`; on macOS `~/Library/Caches`; on Windows `LOCALAPPDATA`).
 */
export function dataCacheFolder(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.LONGHAND_DATA_CACHE) return path.resolve(env.LONGHAND_DATA_CACHE);
  return path.join(userCache(env, platform, home), 'longhand', 'data');
}

function userCache(env: Environment, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return env.LOCALAPPDATA || path.join(home, 'AppData', 'Local');
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches');
  // A relative path is invalid, and ignored (XDG Base Directory Specification).
  const xdg = env.XDG_CACHE_HOME;
  return xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.cache');
}
