import type { WorkerContext } from '../layout/worker-context.js';
import type { Command } from './command.js';
import { applyUpdate, descend } from './descend.js';
import { measure } from './measure.js';
import { packBlocks } from './pack-blocks.js';
import type { BatchResult } from './results.js';

/**
 * One thread's part of a command. Every thread of the pool runs it at the same time. It yields where
 * the thread may do something else.
 */
export function runCommand(worker: WorkerContext, command: Command): Generator<void, BatchResult[]> {
  switch (command.type) {
    case 'descend':
      return descend(worker, command);
    case 'measure':
      return measure(worker, command);
    case 'packBlocks':
      return packBlocks(worker, command);
    case 'update':
      return applyUpdate(worker, command);
  }
}
