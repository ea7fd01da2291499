import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process that holds a lock, as it is written into the lock. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the machine was started, as far as the system says; else empty. */
  readonly boot: string;
  /** The space in which `pid` is a number: a container has one of its own. Empty where there are none. */
  readonly space: string;
  /** Tells it from a later process with the same number. Empty where the system does not say. */
  readonly started: string;
}

/** This process. */
export function thisProcess(): Owner {
  const { pid } = process;
  return {
    ...{ host: hostname(), pid },
    boot: orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    space: orEmpty(() => readlinkSync('/proc/self/ns/pid')),
    started: statOf(pid)?.started ?? '',
  };
}

/** An owner from JSON; nothing if it is none. */
export function ownerFrom(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner>;
    const { host, pid, boot, space, started } = owner;
    const isWhole = [host, boot, space, started].every((part) => typeof part === 'string');
    return isWhole && Number.isSafeInteger(pid) && pid! > 0 ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a process has ended. `unknown` for one of another machine or container. A machine of the same name
 * that was started at another time counts as this one.
 */
export function stateOf(owner: Owner): 'lives' | 'ended' | 'unknown' {
  const own = thisProcess();
  if (owner.host !== own.host) return 'unknown';
  if (owner.boot !== own.boot) return 'ended';
  if (owner.space !== own.space) return 'unknown';
  return lives(owner) ? 'lives' : 'ended';
}

/** Whether it runs on this machine, for certain, or ran there since the machine was started. */
export function isOfThisBoot({ host, boot }: Owner): boolean {
  const own = thisProcess();
  return host === own.host && boot === own.boot;
}

/** `process 12 on atlas`. */
export function describeOwner({ host, pid }: Owner): string {
  return `process ${pid} on ${host}`;
}

function lives({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process lives, too.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const stat = statOf(pid);
  if (!stat) return true;
  // Z: it has ended, and its parent has not asked yet.
  return stat.state !== 'Z' && (started === '' || stat.started === started);
}

/** What Linux says of a process: see proc(5). */
function statOf(pid: number): { readonly state: string; readonly started: string } | undefined {
  const text = orEmpty(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (text === '') return undefined;
  // The second field is the program's name in brackets, which may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [STATE, START_TIME] = [0, 19];
  return { state: fields[STATE] ?? '', started: fields[START_TIME] ?? '' };
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
