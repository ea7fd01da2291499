// Trains on a CSV file with a header and a column of labels. Run it: node examples/csv.js FILE [MODEL]
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fit } from '@longhand/core';
import { readCsv } from '@longhand/core/files';

const [file, out = 'model.safetensors'] = process.argv.slice(2);
if (!file) {
  console.error('Pass a CSV file, such as tests/fixtures/iris.csv');
  process.exit(2);
}
const dataset = await readCsv(createReadStream(file), file);
// One example in five is held out as a test.
const { training, dev: test } = dataset.split({ dev: Math.round(dataset.length / 5), seed: 1 });
console.log(
  `${dataset.length} examples, ${dataset.inputs} columns, classes: ${dataset.classNames.join(', ')}`,
);

const model = await fit(training, {
  ...{ hidden: [16], optimizer: 'adam', alpha: 0.01, batchSize: 16, epochs: 60, dev: 0, seed: 1 },
  onStep: ({ epoch, loss }) => {
    if (epoch % 10 === 0) console.log(`epoch ${epoch}: loss ${loss.toFixed(4)} nats`);
  },
});

const { accuracy, examples } = model.evaluate(test);
console.log(`test: ${(100 * accuracy).toFixed(1)}% of ${examples} examples that it has never seen`);
await writeFile(out, model.save());
console.log(`Saved ${out}`);
