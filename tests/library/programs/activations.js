import { fit } from '@longhand/core';
import { labels, rows } from './flowers.js';

const model = await fit(rows, labels, { hidden: [16, 8], activation: 'tanh' });
for (const layer of model.activations(rows[0])) console.log(layer.join(' '));
