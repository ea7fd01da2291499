import type { Matrix } from '@longhand/core';
import { ColorScale } from '../../components/color-scale.js';
import { Digit } from '../../components/digit.js';
import { largest } from '../../theme/colors.js';

interface UnitsProps {
  /** The caption. */
  readonly title: string;
  /** 10 × 784. Each row is a picture. */
  readonly W: Matrix;
  /** Which units are crossed out. */
  readonly dead?: readonly boolean[] | undefined;
  /** What a row belongs to: `unit` or `digit`. */
  readonly each: string;
  /** What the entries are. Default `weights`. */
  readonly what?: string;
}

/** The rows of a weight matrix as pictures: positive weights blue, negative ones red. */
export function Units({ title, W, dead, each, what = 'weights' }: UnitsProps) {
  const scale = largest(W.data);
  return (
    <figure class="units">
      <ol>
        {Array.from({ length: W.rows }, (_, unit) => (
          <li key={unit} class={dead?.[unit] ? 'dead' : ''}>
            <Digit
              pixels={W.data.subarray(unit * W.cols, (unit + 1) * W.cols)}
              hue="value"
              scale={scale}
              label={`${what} of ${each} ${unit}${dead?.[unit] ? ', dead' : ''}`}
            />
            <span class="figures" aria-hidden="true">
              {unit}
            </span>
          </li>
        ))}
      </ol>
      <figcaption>
        {title}
        {scale > 0 ? <ColorScale hue="value" scale={scale} /> : '; all are 0'}
      </figcaption>
    </figure>
  );
}
