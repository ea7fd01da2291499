import { fit } from '@longhand/core';
import { labels, rows } from './flowers.js';

const model = await fit(rows, labels, { epochs: 1000, dev: 0.2, patience: 10 });
for (const { epoch, loss, dev } of model.history)
  console.log(epoch, loss.toFixed(3), '#'.repeat(40 * dev.loss));
const signal = AbortSignal.timeout(100);
await fit(rows, labels, { minutes: 10, signal }).catch((error) => console.log(error.name));
