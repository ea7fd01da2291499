// Trains on the digits of @longhand/mnist, wherever it runs.
import { createNetwork, parametersSha256, train } from '@longhand/core';
import { mnistTest } from '@longhand/mnist';

/** @param {import('@longhand/core').TrainOptions} options */
export async function trainOnDigits(options = {}) {
  const digits = await mnistTest();
  const network = createNetwork({ layers: [digits.inputs, 10, 10], seed: 1 });
  const run = train(network, digits, { iterations: 3, reportEvery: 3, ...options });
  for await (const _ of run);
  const { threads } = run;
  return { examples: digits.length, threads, sha256: await parametersSha256(run.network) };
}
