import type { Explanation } from '@longhand/core/explain';
import type { ComponentChildren } from 'preact';
import { Digit } from '../../components/digit.js';
import { Quantity } from '../../components/maths.js';
import type { Iteration } from '../../computations/cycle.js';
import { type Hue, largest } from '../../theme/colors.js';
import { choices } from './choices.js';

/** Side of the pictures, in CSS pixels: four for each pixel of a digit. */
const PICTURE_SIDE = 112;

/** What a number of the first layer is made from, as pictures; of any other number there is nothing to see. */
export function Pictures({ iteration, explanation }: { iteration: Iteration; explanation: Explanation }) {
  const { network, examples, gradients } = iteration;
  const { quantity, layer, row, column } = explanation.reference;
  const rowOf = ({ cols, data }: { cols: number; data: Float64Array }) =>
    data.subarray(row * cols, (row + 1) * cols);
  const digitAt = (place: number) => examples.dataset.pixels(examples.indices[place]!);
  const digit = (place: number) => (
    <Picture iteration={iteration} pixels={digitAt(place)} hue="ink" scale={255} label="the digit, X">
      the digit, <Letter name="X" />
    </Picture>
  );
  const rowPicture = (name: 'W' | 'dW', pixels: Float64Array, what = '') => (
    <Picture
      iteration={iteration}
      pixels={pixels}
      hue={name === 'W' ? 'value' : 'gradient'}
      label={`${what}row ${row} of ${name}1`}
    >
      {what}row {row} of <Letter name={name} layer={1} />
    </Picture>
  );
  if (quantity === 'X') return <div class="pictures">{digit(column)}</div>;
  if (layer !== 1) return null;
  const { W } = network.layers[0]!;
  switch (quantity) {
    case 'Z':
    case 'A': {
      const weights = rowOf(W);
      const pixels = digitAt(column);
      const meets = weights.map((weight, p) => weight * pixels[p]! * examples.pixelScale);
      return (
        <div class="pictures">
          {digit(column)}
          <Sign text="⊙" />
          {rowPicture('W', weights)}
          <Sign text="=" />
          <Picture iteration={iteration} pixels={meets} hue="value" label="what the ink meets">
            what the ink meets
          </Picture>
        </div>
      );
    }
    case 'dW': {
      const { dZ, dW } = gradients[0]!;
      return (
        <div class="pictures">
          <math class="sign">
            {iteration.m > 1 && <mo>∑</mo>}
            <Quantity name="dz" />
            <mo>×</mo>
          </math>
          {digit(mostBlamed(rowOf(dZ)))}
          <Sign text={iteration.m > 1 ? '… / m =' : '='} />
          {rowPicture('dW', rowOf(dW))}
        </div>
      );
    }
    case 'W': {
      const [old, gradient] = [rowOf(W), rowOf(gradients[0]!.dW)];
      const { alpha } = choices.value;
      return (
        <div class="pictures">
          {rowPicture('W', old)}
          <math class="sign">
            <mo>−</mo>
            <mi>α</mi>
          </math>
          {rowPicture('dW', gradient)}
          <Sign text="=" />
          {rowPicture(
            'W',
            old.map((weight, k) => weight - alpha * gradient[k]!),
            'new ',
          )}
        </div>
      );
    }
    default:
      return null;
  }
}

/** The example that a unit is blamed most for: of many, the one whose digit shows best in its gradient. */
function mostBlamed(dz: Float64Array): number {
  return dz.reduce((most, value, k) => (Math.abs(value) > Math.abs(dz[most]!) ? k : most), 0);
}

function Sign({ text }: { text: string }) {
  return (
    <math class="sign">
      <mo>{text}</mo>
    </math>
  );
}

function Letter({ name, layer }: { name: string; layer?: number }) {
  return (
    <math>
      <Quantity name={name} layer={layer} />
    </math>
  );
}

interface PictureProps {
  readonly iteration: Iteration;
  readonly pixels: ArrayLike<number>;
  readonly hue: Hue;
  readonly scale?: number;
  readonly label: string;
  readonly children: ComponentChildren;
}

function Picture({ iteration, pixels, hue, scale = largest(pixels), label, children }: PictureProps) {
  const { width, height } = iteration.examples.dataset;
  return (
    <figure>
      <Digit
        pixels={pixels}
        width={width}
        height={height}
        hue={hue}
        scale={scale}
        side={PICTURE_SIDE}
        label={label}
      />
      <figcaption class="pen">{children}</figcaption>
    </figure>
  );
}
