import { effect, signal } from '@preact/signals';
import { type Item, itemOf, type Kind, type Store, storeErrorOf } from '../storage/store.js';
import { frame } from './frame.js';
import { type Notice, notice } from './notifications.js';

/** Why things are not kept, in one line; `undefined` as long as they are. */
export const storeProblem = signal<string | undefined>(undefined);
/** Increases when what is kept has changed. */
export const keptChanges = signal(0);
/** The models that were kept before the page was opened, by their hashes. */
export const broughtBack = new Set<string>();
/** Whether the models that were kept are back. Until then, a model of an address is not missing. */
export const areModelsBack = signal(false);

/** A model as it is kept. */
export interface KeptModel {
  readonly name: string;
  /** The file that *Save* writes. */
  readonly file: Uint8Array;
  /** As it was opened, if it was changed for the columns of a table. */
  readonly opened?: { readonly name: string; readonly file: Uint8Array };
  readonly isSnapshot?: boolean;
}

/** The log of a sweep as it is kept. */
export interface KeptSweep {
  readonly name: string;
  /** As UTF-8. */
  readonly log: Uint8Array;
}

/** A drawing as it is kept: its marks, as an address has them. */
export interface KeptDrawing {
  readonly name: string;
  readonly ink: string;
}

let opening: Promise<Store> | undefined;
let lastChange = 0;

/** The browser's store, or one that forgets. Its program is fetched when it is first needed. */
function store(): Promise<Store> {
  opening ??= open();
  return opening;
}

async function open(): Promise<Store> {
  try {
    // A frame is part of another page: it keeps nothing.
    if (!frame.peek()) return await (await import('../storage/indexed-store.js')).openIndexedStore();
  } catch (error) {
    storeProblem.value = storeErrorOf(error).message;
  }
  return (await import('../storage/memory-store.js')).memoryStore();
}

/** What was kept of a kind, oldest first. It never rejects: what cannot be read is not there. */
export async function keptOf<Value>(kind: Kind): Promise<Item<Value>[]> {
  try {
    return (await (await store()).all(kind)) as Item<Value>[];
  } catch (error) {
    storeProblem.value = storeErrorOf(error).message;
    return [];
  }
}

/** What of each kind is kept, and how much room each takes, in bytes. */
export async function keptSizes(): Promise<{ kind: Kind; id: string; bytes: number }[]> {
  const kinds: readonly Kind[] = ['model', 'run', 'sweep', 'drawing', 'progress'];
  const items = await Promise.all(kinds.map((kind) => keptOf(kind)));
  return items.flat().map(({ kind, id, bytes }) => ({ kind, id, bytes }));
}

/**
 * Keeps a thing. It never rejects: that it could not be kept is said once, in one line.
 *
 * @param at its place in the order of the things: what a change of it keeps. Without it, it is the newest
 * @returns its place in the order
 */
export function keep(kind: Kind, id: string, value: unknown, at?: number): number {
  // Things that are kept within one millisecond stay in their order.
  lastChange = Math.max(lastChange + 1, Date.now());
  const item = itemOf(kind, id, value, at ?? lastChange);
  void change((opened) => opened.put(item));
  return item.changed;
}

/** Forgets a thing. */
export function forget(kind: Kind, id: string): Promise<void> {
  return change((opened) => opened.remove(kind, id));
}

/**
 * Changes a thing that other tabs change, too.
 *
 * @returns its new value; nothing if it could not be kept
 */
export async function update<Value>(
  kind: Kind,
  id: string,
  next: (before: Value | undefined) => Value,
): Promise<Value | undefined> {
  let value: Value | undefined;
  await change(async (opened) => {
    value = await opened.update(kind, id, Date.now(), next);
  });
  return value;
}

let isSaid = false;

async function change(work: (opened: Store) => Promise<void>): Promise<void> {
  try {
    await work(await store());
    keptChanges.value++;
  } catch (error) {
    storeProblem.value = storeErrorOf(error).message;
  }
  if (storeProblem.peek() === undefined || isSaid) return;
  isSaid = true;
  sayNext(storeProblem.peek()!);
}

/**
 * Says a text after the message that is shown now: that one is about what was done. If another message takes
 * its place, it is said again after that one.
 */
function sayNext(text: string): void {
  const own: Notice = { text, kind: 'said' };
  let before: Notice | undefined;
  const stop = effect(() => {
    const now = notice.value;
    if (!now && before === own) queueMicrotask(() => stop());
    else if (!now)
      queueMicrotask(() => {
        if (!notice.peek()) notice.value = own;
      });
    before = now;
  });
}
