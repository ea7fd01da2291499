// The board's network on MNIST: 784 pixels → 10 ReLU → 10 softmax, full-batch gradient descent with α = 0.1.
// Run it: node examples/board.js [iterations, default 500]
import { createNetwork, describeNetwork, evaluate, train } from '@longhand/core';
import { mnist } from '@longhand/mnist';

const iterations = Number(process.argv[2] ?? 500);

const digits = await mnist();
const { training, dev } = digits.training.split({ dev: 1000, seed: 1 });
const network = createNetwork({ layers: [784, 10, 10], seed: 1 });
console.log(describeNetwork(network));

const run = train(network, training, { alpha: 0.1, iterations, dev, devEvery: 50 });
for await (const step of run) {
  if (!step.dev) continue;
  const [loss, accuracy, onDev] = [step.loss, 100 * step.accuracy, 100 * step.dev.accuracy];
  console.log(
    `iteration ${step.iteration}: loss ${loss.toFixed(4)} nats, ${accuracy.toFixed(2)}% of the training digits right, ${onDev.toFixed(2)}% of dev`,
  );
}

const { accuracy, examples } = evaluate(run.network, digits.test);
console.log(`test: ${(100 * accuracy).toFixed(2)}% of ${examples} digits it has never seen`);
