import type { Checkpoint } from '@longhand/core';
import { ModelError } from '@longhand/core/errors';
import { decodeCheckpoint, encodeCheckpoint, type Json } from '@longhand/core/files';
import type { CurvePoint, Task, TaskOutcome } from '../task.js';
import { canonicalJson } from './task-id.js';

/** Where a run is: its checkpoint, what was measured so far and, at the end of a task, what came of it. */
export interface TaskState {
  readonly checkpoint: Checkpoint;
  readonly curve: readonly CurvePoint[];
  /** What came of the task that ended here. */
  readonly outcome?: TaskOutcome;
}

/** A checkpoint, as a file holds it; the rest stands beside its settings. */
export function encodeState(
  { settings, data }: Task,
  { checkpoint, curve, outcome }: TaskState,
): Promise<Uint8Array> {
  const kept = { ...settings, curve, ...(outcome && { outcome }) };
  return encodeCheckpoint({
    ...{ checkpoint, data, settings: asJson(kept) },
    firstLoss: curve[0]?.loss ?? Number.POSITIVE_INFINITY,
  });
}

/**
 * @returns nothing for bytes that are damaged, or the state of another run: then the run begins at its
 *   start, to the same bits
 */
export async function decodeState(
  { settings, data }: Task,
  bytes: Uint8Array,
): Promise<TaskState | undefined> {
  try {
    const file = await decodeCheckpoint(bytes, 'state');
    const { curve, outcome, ...own } = file.settings;
    if (file.data !== data || canonicalJson(own) !== canonicalJson(asJson(settings))) return undefined;
    if (!Array.isArray(curve)) return undefined;
    return {
      checkpoint: file.checkpoint,
      curve: curve as unknown as CurvePoint[],
      ...(outcome !== undefined && { outcome: outcome as unknown as TaskOutcome }),
    };
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

function asJson(value: object): Record<string, Json> {
  return JSON.parse(JSON.stringify(value));
}
