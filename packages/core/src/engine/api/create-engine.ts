import { SettingError } from '../../errors.js';
import type { Network } from '../../maths/network.js';
import { layOutParameters } from '../layout/parameters.js';
import { planNetwork } from '../layout/plan-network.js';
import { DEFAULT_TRAINING } from '../layout/training-configuration.js';
import { availableParallelism, hasNodeThreads } from '../threads/node-threads.js';
import { spawnerOf, spawnWorker } from '../threads/spawn.js';
import { startBackend } from '../threads/start-backend.js';
import type { Engine, EngineOptions } from './engine.js';
import { WasmEngine } from './wasm-engine.js';

/**
 * Creates the fast engine for a network: WebAssembly SIMD on 32-bit floats, in workers. Where no
 * worker can be started, the caller's own thread computes: `threads` of the engine is then 0.
 *
 * @throws EngineError when the engine cannot compute this network, or WebAssembly is not allowed or
 *   cannot hold the network; SettingError when `threads` is out of range
 */
export async function createEngine(network: Network, options: EngineOptions = {}): Promise<Engine> {
  const { pixelScale = 1 / 255, threads = await cores(), worker } = options;
  const spawn = options.spawn ?? (worker === undefined ? spawnWorker : spawnerOf(worker));
  if (!Number.isInteger(threads) || threads < 0) {
    throw new SettingError({ setting: 'threads', value: threads, expected: ['an integer from 0'] });
  }
  const plan = planNetwork(network, pixelScale, { ...DEFAULT_TRAINING, ...options.training });
  const parameters = layOutParameters(plan, network.layers);
  const backend = await startBackend(plan, parameters, { threads, spawn });
  return new WasmEngine(backend, plan, network);
}

/** The number of the machine's cores. */
async function cores(): Promise<number> {
  const known = (globalThis.navigator as { hardwareConcurrency?: number } | undefined)?.hardwareConcurrency;
  if (known) return known;
  return hasNodeThreads() ? availableParallelism() : 1;
}
