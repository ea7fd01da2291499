import type { Matrix } from '@longhand/core';
import { formatNumber } from '@longhand/core/explain';
import { Digit } from '../../components/digit.js';
import { largest } from '../../theme/colors.js';

interface UnitsProps {
  /** Under the pictures. */
  readonly title: string;
  /** A row is a picture: 10 × 784. */
  readonly W: Matrix;
  /** Which are crossed out. */
  readonly dead?: readonly boolean[] | undefined;
  /** What one picture is called: `unit`, or `digit` where the row belongs to one. */
  readonly each: string;
  /** What its entries are. Default `weights`. */
  readonly what?: string;
}

/** The rows of a weight matrix as pictures, blue for positive and red for negative weights. */
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
        {title};{' '}
        {scale > 0 ? (
          <>
            full color is <span class="figures">±{formatNumber(scale, 3)}</span>
          </>
        ) : (
          'all of them are 0'
        )}
      </figcaption>
    </figure>
  );
}
