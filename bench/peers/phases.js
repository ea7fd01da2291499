// Where an iteration's time goes: the engine's own code on one thread, with a clock around every kernel.
import { createNetwork, createRandom, permutation } from '@longhand/core';
import { mnistTraining } from '@longhand/mnist';
import { packInk } from '../../packages/core/dist/engine/ink.js';
import { instantiateKernels } from '../../packages/core/dist/engine/kernels.js';
import { Memory } from '../../packages/core/dist/engine/memory.js';
import { writeParameters } from '../../packages/core/dist/engine/parameters.js';
import { planNetwork } from '../../packages/core/dist/engine/plan-network.js';
import { PLAIN } from '../../packages/core/dist/engine/rules.js';
import { drain, runJob } from '../../packages/core/dist/engine/run-job.js';
import { buildSite } from '../../packages/core/dist/engine/site.js';
import { serve } from './serve.js';

const PHASES = {
  'ink forward': ['collectBatch', 'quantizeRows', 'settleGates'],
  'hidden layers': [
    ...['activateFirst', 'packPanels', 'multiply', 'activate', 'packTransposed'],
    ...['pullBack', 'sumRows', 'toExampleRows'],
  ],
  'softmax and loss': ['softmax', 'subtractLabels', 'addLosses', 'sumLosses', 'countCorrect'],
  'ink backward': ['transposeRuns', 'quantizeColumns'],
  reduction: ['sumParts'],
  update: ['update'],
};
const ELSEWHERE = 'between kernels';
const phaseOf = new Map(
  Object.entries(PHASES).flatMap(([phase, names]) => names.map((name) => [name, phase])),
);

let spent;
let job;
let thread;

await serve({
  async load({ layers, examples: m, batch, alpha }) {
    const network = createNetwork({ layers, initialisation: batch ? 'he' : 'board' });
    const plan = planNetwork(network, 1 / 255, PLAIN);
    const memory = new Memory(false);
    const kernels = instantiateKernels(memory.wasm, false);
    const site = buildSite(memory, plan, 1);
    const digits = (await mnistTraining()).slice(0, m);
    const own = { site, kernels, memory: memory.wasm, rank: 0, threads: 1 };
    const pack = (way, ink) => packed(own, packInk(way, memory, kernels, plan, digits, ink));
    let examples = pack(plan.quantizes && !batch ? 'quads' : 'runs');
    if (!batch && !plan.quantizes) examples = pack('pixelRuns', examples);
    const order = batch ? memory.allocate(4 * m, 'the order') : 0;
    if (batch) memory.integers(order, m).set(permutation(m, createRandom(1, 'batches')));
    writeParameters(plan, network.layers, memory.floats(site.parameters, plan.bytes / 4));
    const size = batch ?? m;
    const batches = Array.from({ length: Math.ceil(m / size) }, (_, k) => ({
      from: k * size,
      to: Math.min((k + 1) * size, m),
      alpha,
    }));
    const averageFrom = Number.POSITIVE_INFINITY;
    job = { type: 'descend', examples, batches, updates: 0, averageFrom, order, waiting: 0, loss: 0 };
    thread = { ...own, kernels: clocked(kernels, layers[0]) };
    return {};
  },
  /** One iteration is a full batch, or an epoch of mini-batches. */
  run({ iterations }) {
    spent = Object.fromEntries([...Object.keys(PHASES), ELSEWHERE].map((phase) => [phase, 0]));
    const before = performance.now();
    for (let i = 0; i < iterations; i++) {
      drain(runJob(thread, job));
      const { from, to } = job.batches.at(-1);
      job = { ...job, waiting: to - from };
    }
    const ms = performance.now() - before;
    spent[ELSEWHERE] = ms - Object.values(spent).reduce((a, b) => a + b);
    return { ms, phases: spent };
  },
});

/** Packs, and does what all threads are to do meanwhile. */
function packed(own, steps) {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (value) drain(runJob(own, value));
  }
}

/** The kernels with a clock around each. The same gather goes over examples on the way forward and over pixels on the way back. */
function clocked(kernels, inputs) {
  const clock = (name, kernel) =>
    function clockedKernel(...args) {
      const before = performance.now();
      const result = kernel(...args);
      const phase = name.startsWith('gather')
        ? args[1] === (name === 'gatherQuads' ? Math.ceil(inputs / 2) : inputs)
          ? 'ink backward'
          : 'ink forward'
        : phaseOf.get(name);
      if (phase) spent[phase] += performance.now() - before;
      return result;
    };
  return Object.fromEntries(Object.entries(kernels).map(([name, kernel]) => [name, clock(name, kernel)]));
}
