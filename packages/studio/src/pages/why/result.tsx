import type { Network } from '@longhand/core';
import { matrix, subtract } from '@longhand/core/maths';
import { ColorScale } from '../../components/color-scale.js';
import { Digit } from '../../components/digit.js';
import { answersTo, type ExperimentName } from '../../computations/experiment.js';
import { fixed } from '../../number-text.js';
import { percent } from '../../text.js';
import type { Both, Standing } from '../../workers/experiment-messages.js';
import { Bars } from './bars.js';
import { blankAnswers } from './sentences.js';
import { Units } from './units.js';

/** What the pictures of both sides are made from. */
export interface Results {
  readonly name: ExperimentName;
  readonly starts: Both<Network>;
  readonly networks: Both<Network>;
  readonly standing: Both<Standing> | undefined;
  /** A test digit, 784 bytes, and its index. Missing before the digits are loaded. */
  readonly digit: { readonly pixels: Uint8Array; readonly index: number } | undefined;
}

const BLANK = new Uint8Array(784);

/** The pictures of one side of an experiment. Both sides have the same scales. */
export function Result({ side, results }: { side: 0 | 1; results: Results }) {
  const { name, starts, networks, standing, digit } = results;
  switch (name) {
    case 'no-bias':
      return (
        <div class="result-pictures with-digit">
          <Picture pixels={BLANK} caption="a blank picture" />
          <Bars
            title="its ten answers"
            values={blankAnswers(networks[side])}
            scale={scaleOf(networks.map(blankAnswers))}
            isSigned={false}
            write={(share) => percent(share, 2)}
          />
        </div>
      );
    case 'no-softmax': {
      const pixels = digit?.pixels ?? BLANK;
      const answers = networks.map((network) => answersTo(network, columnOf(pixels)));
      const mine = answers[side]!;
      const sum = mine.reduce((total, a) => total + a, 0);
      return (
        <div class="result-pictures with-digit">
          <Picture pixels={pixels} caption={`test digit ${digit?.index ?? 0}`} />
          <Bars
            title={`its ten answers; their sum is ${fixed(sum)}`}
            values={mine}
            scale={scaleOf(answers)}
            isSigned={true}
            write={(a) => fixed(a)}
          />
        </div>
      );
    }
    case 'summed-db': {
      const moves = (layer: 0 | 1) =>
        networks.map(({ layers }, k) =>
          Array.from(layers[layer]!.b.data, (value, i) => value - starts[k]!.layers[layer]!.b.data[i]!),
        );
      const [hidden, output] = [moves(0), moves(1)];
      const scale = scaleOf([...hidden, ...output]);
      return (
        <div class="result-pictures two-bars">
          <Bars title="output: change of b²" values={output[side]!} scale={scale} isSigned={true} />
          <Bars title="hidden: change of b¹" values={hidden[side]!} scale={scale} isSigned={true} />
        </div>
      );
    }
    default: {
      const now = networks[side].layers[0]!.W;
      const then = starts[side].layers[0]!.W;
      return (
        <div class="result-pictures two-sheets">
          <Units
            title="W¹, a picture for each hidden unit"
            W={now}
            dead={standing?.[side].dead}
            each="unit"
          />
          <Units
            title="its change since the start"
            W={subtract(now, then)}
            each="unit"
            what="change of the weights"
          />
        </div>
      );
    }
  }
}

function Picture({ pixels, caption }: { pixels: Uint8Array; caption: string }) {
  return (
    <figure class="example-digit">
      <Digit pixels={pixels} label={caption} />
      <figcaption>{caption}</figcaption>
      <ColorScale hue="ink" scale={1} />
    </figure>
  );
}

function columnOf(pixels: Uint8Array) {
  return matrix(
    784,
    1,
    Array.from(pixels, (byte) => byte / 255),
  );
}

function scaleOf(groups: readonly (readonly number[])[]): number {
  return Math.max(...groups.flat().map((value) => (Number.isFinite(value) ? Math.abs(value) : 0)));
}
