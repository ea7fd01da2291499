import { fit } from '@longhand/core';
import { labels, rows } from './rare-flowers.js';

const sampleWeights = labels.map((label) => (label === 'rare' ? 10 : 1));
for (const weights of [{}, { classWeight: 'balanced' }, { classWeight: { rare: 10 } }, { sampleWeights }]) {
  const model = await fit(rows, labels, { hidden: [], epochs: 200, ...weights });
  console.log(model.evaluate(rows, labels).confusion.join(' '));
}
