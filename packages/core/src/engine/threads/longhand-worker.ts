// The worker's side: a thread of a pool, or a backend by itself (protocol.ts).
import type { ExampleSource } from '../../data/example-source.js';
import { LonghandError } from '../../errors.js';
import { instantiateKernels } from '../bindings/instantiate-kernels.js';
import { kernelsOf } from '../bindings/kernels-of.js';
import type { WorkerContext } from '../layout/worker-context.js';
import { runCommand } from '../passes/run-command.js';
import { LocalBackend } from './local-backend.js';
import { hasNodeThreads, nodeThreads } from './node-threads.js';
import { onOwnThread } from './own-thread.js';
import type { Answer, Call, FromWorker, PortMessage, ToWorker } from './protocol.js';
import { drain } from './slices.js';

let worker: WorkerContext | undefined;
let backend: LocalBackend | undefined;

// No await here: a bundle in a format other than a module must hold this file, too.
const connected = connect((message) => {
  receive(message).catch((error: Error) =>
    send({ type: 'failed', message: error.message, known: error instanceof LonghandError }),
  );
});

async function send(message: FromWorker): Promise<void> {
  (await connected)(message);
}

async function receive(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'join': {
      const { memory, arena, rank, threads, code } = message;
      worker = { arena, kernels: kernelsOf(instantiateKernels(memory, true, code)), memory, rank, threads };
      await send({ type: 'ready' });
      return;
    }
    case 'run': {
      if (!worker) throw new Error('a command came before the worker had joined a pool');
      const results = drain(runCommand(worker, message.command));
      // Every thread has the same results. One of them is enough.
      if (worker.rank === 0) await send({ type: 'done', results });
      return;
    }
    case 'backend':
      backend = await LocalBackend.start(message.plan, message.parameters, {
        ...{ threads: 0, inSlices: false, code: message.code, field: message.field },
        startExecutor: onOwnThread({ inSlices: false }),
      });
      await send({ type: 'ready' });
      return;
    case 'call': {
      if (!backend) throw new Error('a call came before the worker was a backend');
      await answer(backend, message.call);
    }
  }
}

async function answer(to: LocalBackend, call: Call): Promise<void> {
  const value = await execute(to, call);
  const changed = call.method === 'descend' || call.method === 'update';
  await send({
    type: 'answer',
    value,
    ...(changed ? { parameters: to.parameters(), average: to.average(), gradients: to.gradients() } : {}),
  });
}

async function execute(to: LocalBackend, call: Call): Promise<Answer> {
  switch (call.method) {
    case 'load': {
      const { pixels, labels, weights, inputs, full } = call;
      const examples: ExampleSource = {
        ...{ length: labels.length, inputs, isWeighted: weights !== undefined },
        pixels: (i) => pixels.subarray(i * inputs, (i + 1) * inputs),
        label: (i) => labels[i]!,
        weight: (i) => weights?.[i] ?? 1,
      };
      return to.load(examples, full);
    }
    case 'unload':
      to.unload(call.examples);
      return undefined;
    case 'descend':
      return to.descend(call.examples, call.request);
    case 'update':
      await to.update(call.alpha, call.pending);
      return undefined;
    case 'measure':
      return to.measure(call.examples, call.averaged);
    case 'predict':
      return to.predict(call.examples);
    case 'setParameters':
      to.setParameters(call.values, call.state);
      return undefined;
    case 'optimizerState':
      return to.optimizerState();
  }
}

/**
 * Listens to whoever started this worker. Returns the function that answers. No message is lost:
 * messages wait until somebody listens.
 */
async function connect(listener: (message: ToWorker) => void): Promise<(message: FromWorker) => void> {
  if (hasNodeThreads()) {
    const { parentPort } = await nodeThreads();
    if (!parentPort) throw new Error('this module is a worker of the engine: createEngine starts it');
    parentPort.on('message', listener);
    return (message) => parentPort.postMessage(message);
  }
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  let peer: DedicatedWorkerGlobalScope | MessagePort = scope;
  scope.onmessage = ({ data }: MessageEvent<ToWorker | PortMessage>) => {
    if (data.type !== 'port') {
      listener(data);
      return;
    }
    peer = data.port as MessagePort;
    peer.onmessage = (event: MessageEvent<ToWorker>) => listener(event.data);
  };
  return (message) => peer.postMessage(message);
}
