/** What the page keeps in the browser. */
export type Kind = 'model' | 'run' | 'sweep' | 'drawing' | 'progress';

/** One thing that is kept. */
export interface Item<Value = unknown> {
  readonly kind: Kind;
  /** Identifies it among those of its kind. */
  readonly id: string;
  /** When it was made, in ms since 1970: the order of things of a kind. */
  readonly changed: number;
  /** About how much room it takes. */
  readonly bytes: number;
  /** Plain data that the browser can copy: numbers, text, typed arrays, lists and objects. */
  readonly value: Value;
}

/** Where things are kept. Every method rejects with a StoreError if the store does not allow it. */
export interface Store {
  /** Everything of a kind, oldest first. */
  all(kind: Kind): Promise<Item[]>;
  /** Keeps a thing, in the place of the one with its kind and id. */
  put(item: Item): Promise<void>;
  remove(kind: Kind, id: string): Promise<void>;
  /**
   * Changes a thing without another tab coming in between.
   *
   * @param next makes its new value of the one in the store, which may be missing
   * @returns the new value
   */
  update<Value>(
    kind: Kind,
    id: string,
    changed: number,
    next: (before: Value | undefined) => Value,
  ): Promise<Value>;
}

/** Why nothing can be kept: there is no room, or the browser does not allow it. */
export class StoreError extends Error {
  readonly reason: 'full' | 'forbidden';

  constructor(reason: 'full' | 'forbidden', cause?: unknown) {
    super(MESSAGES[reason], { cause });
    this.name = 'StoreError';
    this.reason = reason;
  }
}

const MESSAGES = {
  full: 'The store of this browser is full, so the newest changes are not kept. Press Open … and delete what you no longer need, or save it as a file.',
  forbidden:
    'This browser does not let the page keep anything, as in some private windows. Save models and runs as files before you close the page.',
} as const;

/** The reason in what a browser's store threw. */
export function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  return new StoreError(name === 'QuotaExceededError' ? 'full' : 'forbidden', error);
}

/** About how many bytes a value takes in the store: two for each letter, eight for each number. */
export function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  const names = Array.isArray(value) ? 0 : sizeOf(Object.keys(value).join(''));
  return Object.values(value).reduce<number>((sum, part) => sum + sizeOf(part), names);
}

/** A thing as it is put into the store. */
export function itemOf<Value>(kind: Kind, id: string, value: Value, changed: number): Item<Value> {
  return { kind, id, changed, bytes: sizeOf(value), value };
}
