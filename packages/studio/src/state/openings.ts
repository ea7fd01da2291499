import { signal } from '@preact/signals';

/** How often the test set of some data was opened, by the name of the data. */
type Counts = Readonly<Record<string, number>>;

/** The browser keeps it (keep-openings.ts). */
export const openings = signal<Counts>({});

export function countOpening(name: string): void {
  openings.value = { ...openings.peek(), [name]: openingsOf(name) + 1 };
}

/** How often a run has been tested on the test set of these data. */
export function openingsOf(name: string): number {
  return openings.value[name] ?? 0;
}

/** The counts of both together. */
export function sumOf(some: Counts, others: Counts): Counts {
  const names = new Set([...Object.keys(some), ...Object.keys(others)]);
  return Object.fromEntries([...names].map((name) => [name, (some[name] ?? 0) + (others[name] ?? 0)]));
}

/** What was counted since; nothing if that is none. */
export function addedSince(before: Counts, now: Counts): Counts | undefined {
  const added = Object.entries(now)
    .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
    .filter(([, count]) => count > 0);
  return added.length > 0 ? Object.fromEntries(added) : undefined;
}
