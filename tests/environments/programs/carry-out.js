// Runs unchanged wherever Longhand is to be at home. The trained parameters must have the same bits everywhere.
import { createNetwork, Dataset, evaluate, fit, parametersSha256, train } from '@longhand/core';

/** Pictures of 4 × 4: the row of the class is bright, the others hold some noise. */
function stripes(length) {
  const labels = Uint8Array.from({ length }, (_, i) => (i * 7) % 3);
  const pixels = Uint8Array.from({ length: 16 * length }, (_, i) => {
    const bright = Math.floor((i % 16) / 4) === labels[Math.floor(i / 16)];
    return bright ? 180 + ((i * 31) % 70) : (i * 13) % 40;
  });
  return new Dataset({ pixels, labels, width: 4, height: 4, classNames: ['top', 'upper', 'lower'] });
}

/** The short way: trains on rows of numbers, and predicts one. */
async function labelOfRow({ engine = 'wasm', threads, worker } = {}) {
  const rows = Array.from({ length: 90 }, (_, i) => [i % 2 === 0 ? 5 : -5, (i * 7) % 10]);
  const labels = rows.map(([x]) => (x > 0 ? 'high' : 'low'));
  // biome-ignore lint/suspicious/noFocusedTests: no test, but the library's fit
  const model = await fit(rows, labels, {
    ...{ hidden: [4], epochs: 30, seed: 1, engine },
    ...(threads === undefined ? {} : { threads }),
    ...(worker === undefined ? {} : { worker }),
  });
  return model.predict([5, 3]).label;
}

/**
 * Trains, evaluates and predicts.
 *
 * @param {import('@longhand/core').TrainOptions} options
 */
export async function carryOut(options = {}) {
  const data = stripes(600);
  const run = train(createNetwork({ layers: [16, 10, 3], seed: 1 }), data, {
    ...{ alpha: 0.3, iterations: 60, seed: 1, reportEvery: 20 },
    ...options,
  });
  let steps = 0;
  for await (const _ of run) steps++;
  const { engine } = options;
  const { accuracy } = evaluate(run.network, data, { engine });
  return {
    sha256: await parametersSha256(run.network),
    threads: run.threads,
    accuracy,
    steps,
    label: await labelOfRow(options),
    isolated: globalThis.crossOriginIsolated ?? null,
  };
}

/** The same with an error as an answer: for programs that have one chance to say something. */
export async function carryOutSafely(options) {
  try {
    return await carryOut(options);
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
}
