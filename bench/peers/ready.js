// A process that prepares MNIST for training as fast as it can, and prints how long that took from
// its first line on. It loads modules, reads and verifies files, splits off dev, starts the engine,
// and packs the pictures by example and by pixel.
const begin = performance.now();
const [{ createNetwork }, { createEngine }, { mnist }] = await Promise.all([
  import('@longhand/core'),
  import('@longhand/core/engine'),
  import('@longhand/mnist'),
]);
// The workers start while the files are being read.
const [digits, engine] = await Promise.all([mnist(), createEngine(createNetwork({ layers: [784, 10, 10] }))]);
const { training } = digits.training.split({ dev: 1000, seed: 1 });
const examples = await engine.load(training, { fullBatches: true });
await iterate();
const first = performance.now();
await iterate();
// The engine packs by pixel in the first iteration. So the time of that iteration counts, minus the
// time of a later one.
process.stdout.write(JSON.stringify({ ms: first - begin - (performance.now() - first) }));
await engine.dispose();

function iterate() {
  return engine.descend(examples, { alpha: 0.1, batches: [{ from: 0, to: training.length }] });
}
