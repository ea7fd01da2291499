// Describes data outside the page's thread: looking at 70,000 pictures takes seconds.
import { Dataset } from '@longhand/core';
import { type DataDescription, describeData } from '@longhand/formats/about';
import type { Call } from './calls.js';
import type { PackedDigits } from './packed-dataset.js';
import { serve } from './serve.js';

export interface AboutRequest {
  readonly digits: PackedDigits;
  /** What was done with the files, in sentences. */
  readonly notes: readonly string[];
  /** How the page writes the advice to give every class the same weight. */
  readonly balanced: string;
}

const methods = {
  /** Describes a training set and a test set; reports how far it has come, 0–1. */
  describe({ digits, notes, balanced }: AboutRequest, { report }: Call<number>): DataDescription {
    return describeData(
      { kind: 'data', notes, training: new Dataset(digits.training), test: new Dataset(digits.test) },
      { balanced, onProgress: report },
    );
  },
};

export type AboutMethods = typeof methods;

serve(methods);
