import {
  linkSync,
  lstatSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { DataError } from '@longhand/core/errors';
import { describeOwner, type Owner, ownerFrom, stateOf, thisProcess } from '../owner.js';

/** The right to write a log. */
export interface LogLock {
  /** Gives it back. Calling it twice does no harm. */
  release(): void;
}

/** A lock that cannot be read is being written, or was cut off longer ago than this, in ms. */
const WRITING_MS = 2000;
/** So often others may come in between. */
const MOST_TRIES = 20;

/**
 * Takes the right to write a log, so that two sweeps never write one file: a file beside it names the
 * process. One that a process left that has ended is taken over.
 *
 * @param notice is told that a lock was taken over, in one line
 * @throws DataError if another process writes the log, or the lock cannot be written
 */
export function lockLog(log: string, notice: (message: string) => void): LogLock {
  const file = `${realOf(log)}.lock`;
  const own = `${JSON.stringify(thisProcess())}\n`;
  for (let tries = 0; ; tries++) {
    const created = create(file, own, log);
    if (created === 'no folder') return { release: () => undefined };
    if (created === 'done') return held(file, own);
    const found = read(file);
    if (found === undefined) continue;
    const owner = ownerFrom(found);
    const isLeft = owner ? stateOf(owner) === 'ended' : !isNew(file);
    if (!isLeft || tries >= MOST_TRIES) throw inUse(log, file, owner);
    if (removeIfStill(file, found))
      notice(
        `${file}: was left by ${owner ? describeOwner(owner) : 'a process'}, which has ended: taken over`,
      );
  }
}

function held(file: string, own: string): LogLock {
  const release = () => {
    process.off('exit', release);
    if (read(file) === own) rmSync(file, { force: true });
  };
  // The second Ctrl-C ends the process at once.
  process.once('exit', release);
  return { release };
}

function inUse(log: string, lock: string, owner: Owner | undefined): DataError {
  const who = owner ? describeOwner(owner) : 'another process';
  const isKnown = owner !== undefined && stateOf(owner) === 'lives';
  const advice = isKnown ? 'end that one first' : `end that one first; if it has ended, delete ${lock}`;
  return new DataError(`${log}: another longhand sweep writes this log (${who}): ${advice}`);
}

function create(file: string, text: string, log: string): 'done' | 'exists' | 'no folder' {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return 'done';
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return 'exists';
    // That the log cannot be there is said when it is opened.
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'no folder';
    throw new DataError(`${log}: cannot write its lock beside it: ${message}`);
  }
}

/** Removes a lock, unless another process has taken it over since it was read. */
function removeIfStill(file: string, found: string): boolean {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return false;
  }
  const isSame = read(aside) === found;
  try {
    if (!isSame) linkSync(aside, file);
  } catch {
    // There is a newer one already.
  }
  rmSync(aside, { force: true });
  return isSame;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isNew(file: string): boolean {
  const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
  return Date.now() - mtimeMs < WRITING_MS;
}

/** One file has one lock, also where its name is a link to it. */
function realOf(file: string): string {
  try {
    return lstatSync(file).isSymbolicLink() ? realpathSync(file) : file;
  } catch {
    return file;
  }
}
