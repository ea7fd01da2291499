// Runs in every runtime, unchanged: what it trains must come out with the same bits in all of them.
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
  /** Left out: the default, the machine's cores. */
  readonly threads?: number;
}

export interface Outcome {
  readonly sha256: string;
  /** How many threads were really at work. */
  readonly threads: number;
  /** The longest time that the caller's event loop stood still during the run, in ms. */
  readonly longestGap: number;
  readonly crossOriginIsolated: boolean;
}

const RUNS: Readonly<Record<RunName, { network: () => Network; options: TrainOptions }>> = {
  board: {
    network: () => createNetwork({ layers: [784, 10, 10], seed: 1 }),
    options: { alpha: 0.1, iterations: 20 },
  },
  'mini-batches': {
    network: () => createNetwork({ layers: [784, 32, 16, 10], initialisation: 'he', seed: 1 }),
    // A page that draws would ask for a step this often; every iteration would measure the messages.
    options: { alpha: 0.1, batch: 128, epochs: 1, seed: 1, reportEvery: 20 },
  },
};

export const RUN_NAMES = Object.keys(RUNS) as RunName[];

/** Trains as the job says on MNIST's training images, fetched from the server at `origin`. */
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

/** Fetched once, however many jobs follow. */
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

/** The longest time between two ticks of the event loop while `work` goes on, in ms. */
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
