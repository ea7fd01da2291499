// The worker's side: one thread of a team, or a host by itself (protocol.ts).
import { Dataset } from '../data/dataset.js';
import { LonghandError } from '../errors.js';
import { instantiateKernels } from './kernels.js';
import { LocalHost } from './local-host.js';
import type { Answer, Call, FromWorker, Introduction, ToWorker } from './protocol.js';
import { drain, runJob } from './run-job.js';
import type { Thread } from './site.js';
import { hasNodeThreads, nodeThreads } from './spawn.js';

let thread: Thread | undefined;
let host: LocalHost | undefined;

const send = await connect((message) => {
  receive(message).catch((error: Error) => {
    send({ type: 'failed', message: error.message, known: error instanceof LonghandError });
  });
});

async function receive(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'join': {
      const { memory, site, rank, threads } = message;
      thread = { site, kernels: instantiateKernels(memory, true), memory, rank, threads };
      send({ type: 'ready' });
      return;
    }
    case 'run': {
      if (!thread) throw new Error('a job came before the worker had joined a team');
      const results = drain(runJob(thread, message.job));
      // Every thread has the same results: one of them is enough.
      if (thread.rank === 0) send({ type: 'done', results });
      return;
    }
    case 'host':
      host = LocalHost.alone(message.plan, false);
      send({ type: 'ready' });
      return;
    case 'call': {
      if (!host) throw new Error('a call came before the worker was a host');
      const value = await answer(host, message.call);
      const changed = ['descend', 'update'].includes(message.call.method);
      send({
        type: 'answer',
        value,
        ...(changed
          ? { parameters: host.parameters(), average: host.average(), gradients: host.gradients() }
          : {}),
      });
    }
  }
}

async function answer(to: LocalHost, call: Call): Promise<Answer> {
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
      await to.update(call.alpha, call.waiting);
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
