import type { DoubtRecord } from '../evaluation/doubt-record.js';
import { loadPart } from '../load-part.js';
import type { DoubtRequest } from './learn-doubt.js';

export type { DoubtRequest } from './learn-doubt.js';

/**
 * Learns when the answers of a trained network are in doubt, for the record of its model. It takes a few seconds.
 *
 * @returns nothing for tables and for pictures of another size than MNIST's, with fewer than 500 dev or 1,000
 *   training examples, or for a network that is wrong more often than right
 */
export async function learnDoubt(request: DoubtRequest): Promise<DoubtRecord | undefined> {
  const part = await loadPart(import('./learn-doubt.js'));
  return part.learnDoubt(request);
}
