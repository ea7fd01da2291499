// A process that makes MNIST ready for training as fast as it can and says how long it took, from
// its first line on: modules loaded, files read and verified, dev examples split off, engine
// started, pictures packed, also by pixel.
const begin = performance.now();
const [{ createEngine, createNetwork }, { mnist }] = await Promise.all([
  import('@longhand/core'),
  import('@longhand/mnist'),
]);
// The workers start while the files are read.
const [digits, engine] = await Promise.all([mnist(), createEngine(createNetwork({ layers: [784, 10, 10] }))]);
const { training } = digits.training.split({ dev: 1000, seed: 1 });
const examples = await engine.load(training, { fullBatches: true });
await iterate();
const first = performance.now();
await iterate();
// The engine packs by pixel when the first iteration asks for it: that iteration counts, less what
// a later one takes.
process.stdout.write(JSON.stringify({ ms: first - begin - (performance.now() - first) }));
await engine.dispose();

function iterate() {
  return engine.descend(examples, { alpha: 0.1, batches: [{ from: 0, to: training.length }] });
}
