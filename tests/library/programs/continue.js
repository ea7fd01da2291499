import { readFile, writeFile } from 'node:fs/promises';
import { fit, loadModel } from '@longhand/core';
import { labels, rows } from './flowers.js';

await writeFile('flowers.safetensors', (await fit(rows, labels, { epochs: 20 })).save());
const model = await loadModel(await readFile('flowers.safetensors'));
await writeFile('longer.safetensors', (await fit(rows, labels, { from: model, epochs: 10 })).save());
