import { createSweepLogReader, type LoggedSweep } from '@longhand/sweep/log';
import { signal } from '@preact/signals';
import { isRunLog } from '../files/run-log-head.js';

/** A sweep whose log is open. */
export interface OpenedSweep {
  /** The name of its log. */
  readonly name: string;
  readonly sweep: LoggedSweep;
  /** The length of its log; absent if the browser does not keep it. */
  readonly bytes?: number;
}

/** The sweeps whose logs were opened, the newest first. */
export const sweeps = signal<readonly OpenedSweep[]>([]);
/** What the page Runs shows: a sweep by the name of its log, or the runs of Train. */
export const shownSource = signal<string | undefined>(undefined);

/** Shows a sweep. One of the same name is replaced. */
export function showSweep(opened: OpenedSweep): void {
  const { name } = opened;
  sweeps.value = [opened, ...sweeps.peek().filter((other) => other.name !== name)];
  shownSource.value = name;
}

/** How the log is that the command serves. */
export type Watch =
  | { readonly state: 'waiting' | 'growing' | 'ended'; readonly name: string }
  | { readonly state: 'lost'; readonly name: string; readonly reason: string };

export const watch = signal<Watch | undefined>(undefined);

/** The time between two questions for what the log has gained. */
const POLL_MS = 1500;

/**
 * Follows the log that `longhand studio --log` or `longhand sweep --watch` serves.
 *
 * @param openRuns opens a log of `longhand train` as far as it has come
 * @returns ends it
 */
export function watchLog(openRuns: (name: string, text: string) => Promise<unknown>): () => void {
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reader = createSweepLogReader('the log');
  /** Of the log of a run, all of it; and how many bytes have come. */
  let [text, from] = ['', 0];

  async function ask(): Promise<Watch> {
    const piece = await fetch(`live-log?from=${from}`, { cache: 'no-store' });
    const [gained, name] = [
      await piece.text(),
      decodeURIComponent(piece.headers.get('X-Log-Name') ?? 'the log'),
    ];
    if (!piece.ok) throw new Error(gained.trim());
    // Another log took its place.
    if (Number(piece.headers.get('X-Log-Size')) < from) {
      reader = createSweepLogReader(name);
      [text, from] = ['', 0];
      return { state: 'waiting', name };
    }
    from += new TextEncoder().encode(gained).length;
    if (text !== '' || isRunLog(gained)) {
      text += gained;
      if (gained !== '') await openRuns(name, text);
      return { state: 'growing', name };
    }
    reader.add(gained);
    const { sweep } = reader;
    if (sweep && gained !== '' && !isOver) showSweep({ name, sweep });
    return { state: sweep?.end ? 'ended' : sweep ? 'growing' : 'waiting', name };
  }

  async function follow(): Promise<void> {
    try {
      watch.value = await ask();
    } catch (error) {
      const name = watch.peek()?.name ?? 'the log';
      watch.value = { state: 'lost', name, reason: error instanceof Error ? error.message : String(error) };
    }
    if (!isOver && watch.peek()?.state !== 'ended') timer = setTimeout(() => void follow(), POLL_MS);
  }

  void follow();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
