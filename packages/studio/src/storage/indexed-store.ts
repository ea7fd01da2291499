import { type DBSchema, openDB } from 'idb';
import { type Item, itemOf, type Kind, type Store, storeErrorOf } from './store.js';

const NAME = 'longhand';
const VERSION = 1;

interface Schema extends DBSchema {
  items: { key: [Kind, string]; value: Item; indexes: { kind: Kind } };
}

/**
 * The browser's IndexedDB as a store.
 *
 * @throws StoreError if the browser does not allow it
 */
export async function openIndexedStore(): Promise<Store> {
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw storeErrorOf(error);
    }
  };
  const database = await attempt(() =>
    openDB<Schema>(NAME, VERSION, {
      upgrade(created) {
        created.createObjectStore('items', { keyPath: ['kind', 'id'] }).createIndex('kind', 'kind');
      },
      // Another tab has a newer version of the page: it must not wait for this one.
      blocking: (_, __, event) => (event.target as IDBDatabase).close(),
    }),
  );
  return {
    all: (kind) =>
      attempt(async () => {
        const items = await database.getAllFromIndex('items', 'kind', kind);
        return items.sort((a, b) => a.changed - b.changed);
      }),
    put: (item) => attempt(() => database.put('items', item)).then(() => undefined),
    update: (kind, id, changed, next) =>
      attempt(async () => {
        const transaction = database.transaction('items', 'readwrite');
        const before = await transaction.store.get([kind, id]);
        const value = next(before?.value as Parameters<typeof next>[0]);
        await transaction.store.put(itemOf(kind, id, value, changed));
        await transaction.done;
        return value;
      }),
    remove: (kind, id) => attempt(() => database.delete('items', [kind, id])),
  };
}
