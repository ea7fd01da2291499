// Where an iteration spends its time: the engine's own code on one thread, with a clock around every
// kernel.
import { createNetwork } from '@longhand/core';
import { createRandom, permutation } from '@longhand/core/maths';
import { mnistTraining } from '@longhand/mnist';
import { instantiateKernels } from '../../packages/core/dist/engine/bindings/instantiate-kernels.js';
import { kernelCode } from '../../packages/core/dist/engine/bindings/kernel-code.js';
import { kernelsOf } from '../../packages/core/dist/engine/bindings/kernels-of.js';
import { packExamples } from '../../packages/core/dist/engine/data/pack-examples.js';
import { buildArena } from '../../packages/core/dist/engine/layout/arena.js';
import { Memory } from '../../packages/core/dist/engine/layout/memory.js';
import { layOutParameters } from '../../packages/core/dist/engine/layout/parameters.js';
import { planNetwork } from '../../packages/core/dist/engine/layout/plan-network.js';
import { DEFAULT_TRAINING } from '../../packages/core/dist/engine/layout/training-configuration.js';
import { runCommand } from '../../packages/core/dist/engine/passes/run-command.js';
import { drain } from '../../packages/core/dist/engine/threads/slices.js';
import { serve } from './serve.js';

const PHASES = {
  'first layer forward': ['collectBatch', 'quantizeRows', 'recomputeNearThreshold'],
  'hidden layers': [
    ...['activateFirst', 'packPanels', 'multiply', 'activate', 'packTransposed'],
    ...['activationBackward', 'sumRows', 'toExampleRows'],
  ],
  'softmax and loss': ['softmax', 'subtractLabels', 'addLosses', 'sumLosses', 'countCorrect'],
  'first layer backward': ['transposeRows', 'quantizeColumns'],
  reduction: ['sumParts'],
  update: ['update'],
};
const ELSEWHERE = 'between kernels';
const phaseOf = new Map(
  Object.entries(PHASES).flatMap(([phase, names]) => names.map((name) => [name, phase])),
);

let spent;
let command;
let worker;

await serve({
  async load({ layers, examples: m, batch, alpha }) {
    const network = createNetwork({ layers, initialization: batch ? 'he' : 'board' });
    const plan = planNetwork(network, 1 / 255, DEFAULT_TRAINING);
    const memory = new Memory(false);
    const kernels = kernelsOf(instantiateKernels(memory.wasm, false, kernelCode()));
    const arena = buildArena(memory, plan, { threads: 1, field: undefined });
    const digits = (await mnistTraining()).slice(0, m);
    const own = { arena, kernels, memory: memory.wasm, rank: 0, threads: 1 };
    const pack = (way, examples) =>
      packed(own, packExamples(way, { memory, kernels, plan, dataset: digits }, examples));
    let packedDigits = pack(plan.quantizes && !batch ? 'blocks2x2' : 'sparseRows');
    if (!batch && !plan.quantizes) packedDigits = pack('transposedRows', packedDigits);
    const order = batch ? memory.allocate(4 * m, 'the order') : 0;
    if (batch) memory.integers(order, m).set(permutation(m, createRandom(1, 'batches')));
    memory.floats(arena.parameters, plan.bytes / 4).set(layOutParameters(plan, network.layers));
    const size = batch ?? m;
    const batches = Array.from({ length: Math.ceil(m / size) }, (_, k) => ({
      from: k * size,
      to: Math.min((k + 1) * size, m),
      alpha,
    }));
    const averageFrom = Number.POSITIVE_INFINITY;
    command = {
      type: 'descend',
      examples: packedDigits,
      batches,
      order,
      pending: { examples: 0, loss: 0, updates: 0, averageFrom },
    };
    worker = { ...own, kernels: clocked(kernels, layers[0]) };
    return {};
  },
  /** One iteration is a full batch, or an epoch of mini-batches. */
  run({ iterations }) {
    spent = Object.fromEntries([...Object.keys(PHASES), ELSEWHERE].map((phase) => [phase, 0]));
    const before = performance.now();
    for (let i = 0; i < iterations; i++) {
      drain(runCommand(worker, command));
      const { from, to } = command.batches.at(-1);
      command = { ...command, pending: { ...command.pending, examples: to - from } };
    }
    const ms = performance.now() - before;
    spent[ELSEWHERE] = ms - Object.values(spent).reduce((a, b) => a + b);
    return { ms, phases: spent };
  },
});

/** Packs the examples, and does the work of all threads meanwhile. */
function packed(own, steps) {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (value) drain(runCommand(own, value));
  }
}

/**
 * The kernels with a clock around each. The same gather kernels go over examples in the forward pass
 * and over pixels in the backward pass.
 */
function clocked(kernels, inputs) {
  const clock = (name, kernel) =>
    function clockedKernel(...args) {
      const before = performance.now();
      const result = kernel(...args);
      const phase = name.startsWith('gather')
        ? (args[1] ?? 2 * args[0].count) >= inputs
          ? 'first layer backward'
          : 'first layer forward'
        : phaseOf.get(name);
      if (phase) spent[phase] += performance.now() - before;
      return result;
    };
  return Object.fromEntries(Object.entries(kernels).map(([name, kernel]) => [name, clock(name, kernel)]));
}
