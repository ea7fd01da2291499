// Trains the board's network with the notebook's mistakes, in 64-bit maths.
import { Dataset } from '@longhand/core';
import { type DesignMatrix, toDesignMatrix } from '@longhand/core/data';
import type { PackedDataset } from '@longhand/core/files';
import {
  type NotebookMistakes,
  type NotebookStep,
  notebookAccuracy,
  notebookScale,
  trainNotebook,
} from '../computations/notebook.js';
import type { Call } from './calls.js';
import type { PackedDigits } from './packed-dataset.js';
import { serve } from './serve.js';

/** Time between two reports, in ms. */
const REPORT_MS = 100;

export type NotebookReport = Omit<NotebookStep, 'network'>;

export interface NotebookOutcome extends NotebookReport {
  /** On the test digits, 0–1. */
  readonly test: number;
}

export interface NotebookRequest {
  readonly mistakes: NotebookMistakes;
  readonly digits: PackedDigits;
}

const methods = {
  /** Cancelling the call ends the run early, with its outcome so far. */
  async run(
    { mistakes, digits }: NotebookRequest,
    { report, signal }: Call<NotebookReport>,
  ): Promise<NotebookOutcome> {
    const scale = notebookScale(mistakes);
    const training = columnsOf(digits.training, scale);
    let reported = performance.now();
    let last: NotebookStep | undefined;
    for (const step of trainNotebook(mistakes, training)) {
      last = step;
      if (performance.now() - reported >= REPORT_MS) {
        const { network: _, ...rest } = step;
        report(rest);
        reported = performance.now();
        // A call from the page can arrive now.
        await new Promise((resolve) => setTimeout(resolve));
      }
      if (signal.aborted) break;
    }
    const { network, ...rest } = last!;
    return { ...rest, test: notebookAccuracy(network, columnsOf(digits.test, scale)) };
  },
};

export type NotebookMethods = typeof methods;

serve(methods);

function columnsOf(packed: PackedDataset, pixelScale: number): DesignMatrix {
  const dataset = new Dataset(packed);
  return toDesignMatrix(
    dataset,
    Uint32Array.from({ length: dataset.length }, (_, k) => k),
    pixelScale,
  );
}
