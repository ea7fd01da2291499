// All passes are behind this file. A page whose workers start does not load it.
import { kernelsOf } from '../bindings/kernels-of.js';
import { runCommand } from '../passes/run-command.js';
import type { StartExecutor } from './executor.js';
import { drain, drainInSlices } from './slices.js';

/** Has a backend's own thread compute. On a page it works in slices, so that the page stays responsive. */
export function onOwnThread({ inSlices }: { readonly inSlices: boolean }): StartExecutor {
  return ({ arena, memory, wasm }) => {
    const worker = { arena, memory, kernels: kernelsOf(wasm), rank: 0, threads: 1 };
    return {
      threads: 0,
      async run(command, check) {
        const steps = runCommand(worker, command);
        return inSlices ? drainInSlices(steps, check) : drain(steps);
      },
      async dispose() {},
    };
  };
}
