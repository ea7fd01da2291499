import { type Digits, digits, loadAll, loading, MNIST } from './digits.js';
import { showError } from './notifications.js';

/** The user's own data, or all of MNIST; `undefined` if it could not be loaded. */
export async function dataToTrainOn(): Promise<Digits | undefined> {
  const own = digits.peek();
  if (own && (own.complete || own.name !== MNIST)) return own;
  await loadAll();
  const loaded = digits.peek();
  if (loaded?.complete) return loaded;
  if (loading.peek().state === 'failed')
    showError(new Error((loading.peek() as { message: string }).message));
  return undefined;
}
