// Runs unchanged in every runtime. The trained parameters must have the same bits in all of them.
import {
  createNetwork,
  type Dataset,
  type Network,
  parametersSha256,
  type TrainOptions,
  train,
} from '@longhand/core';
import { readIdx } from '@longhand/core/files';

export type RunName = 'board' | 'mini-batches';

export interface Job {
  readonly run: RunName;
  /** Default: the machine's cores. */
  readonly threads?: number;
}

export interface Outcome {
  readonly sha256: string;
  /** How many threads really worked. */
  readonly threads: number;
  /** The longest time that the caller's event loop was blocked during the run, in ms. */
  readonly longestGap: number;
  readonly crossOriginIsolated: boolean;
}

const RUNS: Readonly<Record<RunName, { network: () => Network; options: TrainOptions }>> = {
  board: {
    network: () => createNetwork({ layers: [784, 10, 10], seed: 1 }),
    options: { alpha: 0.1, iterations: 20 },
  },
  'mini-batches': {
    network: () => createNetwork({ layers: [784, 32, 16, 10], initialization: 'he', seed: 1 }),
    // A page that draws asks for a step about this often. Asking in every iteration would measure
    // the messages.
    options: { alpha: 0.1, batchSize: 128, epochs: 1, seed: 1, reportEvery: 20 },
  },
};

export const RUN_NAMES = Object.keys(RUNS) as RunName[];

/** Trains on MNIST's training images, fetched from the server at `origin`, as the job says. */
export async function carryOut({ run: name, threads }: Job, origin: string): Promise<Outcome> {
  const { training } = (await digits(origin)).split({ dev: 1000, seed: 1 });
  const { network, options } = RUNS[name];
  const run = train(network(), training, { ...options, ...(threads === undefined ? {} : { threads }) });
  const longestGap = await longestGapDuring(async () => {
    for await (const _ of run);
  });
  return {
    longestGap,
    sha256: await parametersSha256(run.network),
    threads: run.threads,
    crossOriginIsolated: globalThis.crossOriginIsolated ?? false,
  };
}

let fetched: Promise<Dataset> | undefined;

/** Fetched once for all jobs. */
function digits(origin: string): Promise<Dataset> {
  fetched ??= fetchDigits(origin);
  return fetched;
}

async function fetchDigits(origin: string): Promise<Dataset> {
  const [imagesName, labelsName] = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'] as const;
  return readIdx({
    images: await bytesOf(`${origin}/mnist/${imagesName}`),
    imagesName,
    labels: await bytesOf(`${origin}/mnist/${labelsName}`),
    labelsName,
  });
}

async function bytesOf(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** The longest time between two ticks of the event loop during `work`, in ms. */
async function longestGapDuring(work: () => Promise<void>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(tick, 1);
  try {
    await work();
    tick();
    return longest;
  } finally {
    clearInterval(timer);
  }
}
