// The worker's side: one thread of a team, or a host by itself (protocol.ts).
import { Dataset } from '../../data/dataset.js';
import { LonghandError } from '../../errors.js';
import { instantiateKernels } from '../bindings/kernels.js';
import type { WorkerContext } from '../layout/arena.js';
import { drain, runCommand } from '../passes/run-command.js';
import { LocalBackend } from './local-backend.js';
import type { Answer, Call, FromWorker, Introduction, ToWorker } from './protocol.js';
import { hasNodeThreads, nodeThreads } from './spawn.js';

let worker: WorkerContext | undefined;
let backend: LocalBackend | undefined;

const send = await connect((message) => {
  receive(message).catch((error: Error) => {
    send({ type: 'failed', message: error.message, known: error instanceof LonghandError });
  });
});

async function receive(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'join': {
      const { memory, arena, rank, threads } = message;
      worker = { arena, kernels: instantiateKernels(memory, true), memory, rank, threads };
      send({ type: 'ready' });
      return;
    }
    case 'run': {
      if (!worker) throw new Error('a job came before the worker had joined a team');
      const results = drain(runCommand(worker, message.command));
      // Every thread has the same results: one of them is enough.
      if (worker.rank === 0) send({ type: 'done', results });
      return;
    }
    case 'host':
      backend = LocalBackend.alone(message.plan, false);
      send({ type: 'ready' });
      return;
    case 'call': {
      if (!backend) throw new Error('a call came before the worker was a host');
      const value = await answer(backend, message.call);
      const changed = ['descend', 'update'].includes(message.call.method);
      send({
        type: 'answer',
        value,
        ...(changed
          ? { parameters: backend.parameters(), average: backend.average(), gradients: backend.gradients() }
          : {}),
      });
    }
  }
}

async function answer(to: LocalBackend, call: Call): Promise<Answer> {
  switch (call.method) {
    case 'load': {
      const { pixels, labels, width, classes, full } = call;
      const classNames = Array.from({ length: classes }, (_, c) => String(c));
      return to.load(new Dataset({ pixels, labels, width, height: 1, classNames }), full);
    }
    case 'unload':
      to.unload(call.examples);
      return undefined;
    case 'descend':
      return to.descend(call.examples, call.request);
    case 'update':
      await to.update(call.alpha, call.pendingExamples);
      return undefined;
    case 'measure':
      return to.measure(call.examples, call.averaged);
    case 'predict':
      return to.predict(call.examples);
    case 'setParameters':
      to.setParameters(call.values, call.kept);
      return undefined;
    case 'memory':
      return to.memory();
  }
}

/** Listens to whoever started this worker; returns how to answer. Messages wait until somebody listens, so none is lost. */
async function connect(listener: (message: ToWorker) => void): Promise<(message: FromWorker) => void> {
  if (hasNodeThreads()) {
    const { parentPort } = await nodeThreads();
    if (!parentPort) throw new Error('this module is a worker of the engine: it is started by createEngine');
    parentPort.on('message', listener);
    return (message) => parentPort.postMessage(message);
  }
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  let peer: DedicatedWorkerGlobalScope | MessagePort = scope;
  scope.onmessage = ({ data }: MessageEvent<ToWorker | Introduction>) => {
    if (data.type !== 'port') {
      listener(data);
      return;
    }
    peer = data.port;
    peer.onmessage = (event: MessageEvent<ToWorker>) => listener(event.data);
  };
  return (message) => peer.postMessage(message);
}
