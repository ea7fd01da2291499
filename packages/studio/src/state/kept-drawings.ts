import { signal } from '@preact/signals';
import { forget, type KeptDrawing, keep, keptOf } from './kept.js';

/** A drawing in the list, with its place in the order. */
export interface ListedDrawing extends KeptDrawing {
  readonly id: string;
  readonly at: number;
}

/** The id of the drawing that is on the pad: it comes back when the page is opened again. */
export const ON_PAD = 'on the pad';
/** The drawings that the user has kept, oldest first. */
export const drawings = signal<readonly ListedDrawing[]>([]);
/** What was on the pad when the page was closed. */
export const lastInk = signal<string | undefined>(undefined);

let starting: Promise<void> | undefined;

/** Brings the kept drawings back, once. */
export function bringDrawingsBack(): Promise<void> {
  starting ??= readDrawings().then((all) => {
    lastInk.value = all.find(({ id }) => id === ON_PAD)?.ink;
  });
  return starting;
}

/** Reads the list again, such as after drawings came from a file. */
export async function readDrawings(): Promise<readonly ListedDrawing[]> {
  const items = await keptOf<KeptDrawing>('drawing');
  const all = items.map(({ id, changed, value }) => ({ ...value, id, at: changed }));
  drawings.value = all.filter(({ id }) => id !== ON_PAD);
  return all;
}

/** Keeps what is on the pad for the next visit. */
export function keepPad(ink: string | undefined): void {
  if (ink === undefined) void forget('drawing', ON_PAD);
  else keep('drawing', ON_PAD, { name: ON_PAD, ink });
}

/** Keeps a drawing, with a name that no other has. */
export function keepDrawing(ink: string): void {
  const taken = new Set(drawings.peek().map(({ name }) => name));
  let number = drawings.peek().length + 1;
  while (taken.has(`drawing ${number}`)) number++;
  const value = { name: `drawing ${number}`, ink };
  const id = `${Date.now().toString(36)}-${number}`;
  drawings.value = [...drawings.peek(), { ...value, id, at: keep('drawing', id, value) }];
}

export function renameDrawing(one: ListedDrawing, wanted: string): void {
  const name = wanted.trim() || one.name;
  keep('drawing', one.id, { name, ink: one.ink }, one.at);
  drawings.value = drawings.peek().map((other) => (other.id === one.id ? { ...one, name } : other));
}

export function removeDrawing(one: ListedDrawing): void {
  drawings.value = drawings.peek().filter(({ id }) => id !== one.id);
  void forget('drawing', one.id);
}
