import { type Item, itemOf, type Kind, type Store, StoreError } from './store.js';

/**
 * A store that forgets everything when the page is closed.
 *
 * @param room how many bytes it has room for
 */
export function memoryStore(room = Number.POSITIVE_INFINITY): Store {
  const items = new Map<string, Item>();
  const keyOf = (kind: Kind, id: string) => `${kind} ${id}`;
  return {
    all: async (kind) =>
      [...items.values()].filter((item) => item.kind === kind).sort((a, b) => a.changed - b.changed),
    async put(item) {
      const key = keyOf(item.kind, item.id);
      const others = [...items].reduce((sum, [other, { bytes }]) => sum + (other === key ? 0 : bytes), 0);
      if (others + item.bytes > room) throw new StoreError('full');
      items.set(key, structuredClone(item));
    },
    async update(kind, id, changed, next) {
      const value = next(items.get(keyOf(kind, id))?.value as Parameters<typeof next>[0]);
      items.set(keyOf(kind, id), itemOf(kind, id, value, changed));
      return value;
    },
    async remove(kind, id) {
      items.delete(keyOf(kind, id));
    },
  };
}
