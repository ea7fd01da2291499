import { recordToGoOn } from './record-run.js';
import { runs } from './runs.js';

/** Where it is written how far a run had come when the page was closed: the store is too slow for that. */
const CLOSED = 'longhand closed';

interface Closed {
  readonly id: string;
  readonly iteration: number;
}

/** Writes down how far the run is that goes on. */
export function rememberClosed(): void {
  const run = runs.peek().find((one) => recordToGoOn(one) && one.state.peek() !== 'interrupted');
  if (!run) return;
  try {
    localStorage.setItem(CLOSED, JSON.stringify({ id: run.id, iteration: run.step.peek()!.iteration }));
  } catch {
    // Without storage nothing comes back.
  }
}

/** The run that went on when the page was closed last. */
export function lastClosed(): Closed | undefined {
  try {
    const closed = JSON.parse(localStorage.getItem(CLOSED) ?? 'null') as Partial<Closed> | null;
    return typeof closed?.id === 'string' && typeof closed.iteration === 'number'
      ? { id: closed.id, iteration: closed.iteration }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Ends the hold on a run, by its id. */
const held = new Map<string, () => void>();
const PREFIX = 'longhand run ';

/** Names this tab, also after a reload: what the page held before it is released only later. */
function tabName(): string {
  const own = Date.now().toString(36);
  try {
    sessionStorage['longhand tab'] ??= own;
    return sessionStorage['longhand tab'] as string;
  } catch {
    return own;
  }
}

/** Tells other tabs that a run goes on in this one. Where there are no locks (an insecure address), it cannot. */
export function hold(id: string): void {
  if (held.has(id)) return;
  const ended = new Promise<void>((resolve) => held.set(id, resolve));
  navigator.locks?.request(`${PREFIX}${tabName()} ${id}`, () => ended).catch(() => undefined);
}

export function release(id: string): void {
  held.get(id)?.();
  held.delete(id);
}

/** The runs that go on in other tabs. */
export async function runsElsewhere(): Promise<ReadonlySet<string>> {
  const locks = await navigator.locks?.query().catch(() => undefined);
  const names = (locks?.held ?? []).flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name] : []));
  const others = names.map((name) => name.slice(PREFIX.length).split(' '));
  return new Set(others.filter(([tab]) => tab !== tabName()).map(([, id]) => id!));
}
