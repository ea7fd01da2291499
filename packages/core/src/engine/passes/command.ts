import type { PackBlocksCommand, PackedExamples } from '../data/packed-examples.js';

/** Some examples of a training step, as places in the order. */
export interface Batch {
  readonly from: number;
  readonly to: number;
  /** The learning rate of the update before it. */
  readonly alpha: number;
}

/** The update that has not been made yet: its gradient is there, its learning rate is not. */
export interface PendingUpdate {
  /** Examples of the batch that the gradient is of, or 0 if no update is pending. */
  readonly examples: number;
  /** The mean loss of that batch. */
  readonly loss: number;
  /** Updates that were made before it. */
  readonly updates: number;
  /** The update with which the running average begins, counted from 0. */
  readonly averageFrom: number;
}

/** Gradient descent over some batches (see `Engine.descend`). */
export interface DescendCommand {
  readonly type: 'descend';
  readonly examples: PackedExamples;
  readonly batches: readonly Batch[];
  /** Where the order is, as 32-bit integers; 0: the order in which the examples were loaded. */
  readonly order: number;
  readonly pending: PendingUpdate;
}

/** Makes the pending update. */
export interface UpdateCommand {
  readonly type: 'update';
  readonly alpha: number;
  readonly pending: PendingUpdate;
}

/** A forward pass over all the examples. */
export interface MeasureCommand {
  readonly type: 'measure';
  readonly examples: PackedExamples;
  /** Where each example's class (a byte), loss and probabilities (floats) go; 0: not wanted. */
  readonly classes: number;
  readonly losses: number;
  readonly probabilities: number;
  /** Whether the running average of the parameters computes it. */
  readonly averaged: boolean;
}

/** What all threads do together. It holds only numbers, so that it can be posted to workers. */
export type Command = DescendCommand | UpdateCommand | MeasureCommand | PackBlocksCommand;
