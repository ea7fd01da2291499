// Gives models of MNIST's digits a record of doubt, if they were trained without one:
//
//     node scripts/learn-doubt.js MODEL…
//
// The examples held out are those of the model's own settings. The parameters stay as they are.
import { readFileSync, writeFileSync } from 'node:fs';
import { decodeModel, encodeModel } from '../packages/core/dist/files.js';
import { completeSettings } from '../packages/core/dist/settings.js';
import { learnDoubt } from '../packages/core/dist/training.js';
import { mnistTraining } from '../packages/mnist/dist/index.js';

const digits = await mnistTraining();
for (const file of process.argv.slice(2)) {
  const model = decodeModel(readFileSync(file), file);
  const { dev: held = 1000, seed = 1, pixels = 'unit' } = model.record.settings;
  const settings = completeSettings({ seed, pixels });
  const { training, dev } = digits.split({ dev: held, seed });
  const doubt = await learnDoubt({ network: model.network, training, dev, settings });
  if (!doubt) throw new Error(`${file}: no doubt can be learnt for this model`);
  writeFileSync(file, encodeModel({ ...model, record: { ...model.record, doubt } }));
  const { temperature, sure, calibrationError } = doubt;
  process.stdout.write(`${file}: ${JSON.stringify({ temperature, sure, calibrationError })}\n`);
}
