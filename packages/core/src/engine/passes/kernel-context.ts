import type { Kernels } from '../bindings/kernels.js';
import type { Plan } from '../layout/plan.js';
import type { Scratch } from '../layout/scratch.js';
import type { WorkerContext } from '../layout/worker-context.js';

/** What the steps of a block work with. */
export interface KernelContext {
  readonly kernels: Kernels;
  readonly plan: Plan;
  /** The address of the parameters. */
  readonly parameters: number;
  readonly scratch: Scratch;
  /** Where this thread packs matrices: its own, even where threads share the scratch. */
  readonly panels: number;
}

/** A thread's context for blocks in the scratch of thread `owner`. */
export function kernelContext(
  { arena, kernels, rank }: WorkerContext,
  owner: number,
  parameters = arena.parameters,
): KernelContext {
  const scratch = arena.scratches[owner]!;
  return { kernels, plan: arena.plan, parameters, scratch, panels: arena.scratches[rank]!.panels };
}
