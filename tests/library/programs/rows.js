import { fit } from '@longhand/core';
import { labels, rows } from './flowers.js';

const onStep = ({ epoch, loss }) => console.log(epoch, loss);
const model = await fit(rows, labels, { hidden: [16], epochs: 50, dev: 0.2, onStep });
console.log(model.predict([5.1, 3.5, 1.4, 0.2]).label, model.predictAll(rows).length);
console.log(model.evaluate(rows, labels).accuracy);
