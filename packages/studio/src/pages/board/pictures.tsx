import type { Explanation } from '@longhand/core/explain';
import type { ComponentChildren } from 'preact';
import { ActivationPlot } from '../../components/activation-plot.js';
import { ColorScale } from '../../components/color-scale.js';
import { Digit } from '../../components/digit.js';
import { Quantity } from '../../components/maths.js';
import type { Iteration } from '../../computations/cycle.js';
import { type Hue, largest } from '../../theme/colors.js';
import { choices } from './choices.js';

/** Side of the pictures, in CSS pixels: four for each pixel of a digit. */
const PICTURE_SIDE = 112;

interface PicturesProps {
  readonly iteration: Iteration;
  /** Row of the first layer's matrices: the unit. */
  readonly row: number;
}

/**
 * What a number of the first layer is computed from, as pictures; of an activation, its curve.
 */
export function Pictures({
  iteration,
  explanation,
  isRead,
}: {
  readonly iteration: Iteration;
  readonly explanation: Explanation;
  /** Whether a weight is an operand, not updated. */
  readonly isRead: boolean;
}) {
  const { quantity, layer, row, column } = explanation.reference;
  const pictures = picturesOf();
  return pictures && <div class="pictures">{pictures}</div>;

  function picturesOf() {
    if (quantity === 'X') return <ExamplePicture iteration={iteration} column={column} />;
    if (explanation.kind === 'activation')
      return <ActivationPlot iteration={iteration} layer={layer} row={row} column={column} />;
    if (layer !== 1) return null;
    if (quantity === 'W' && isRead) return <WeightedPixels iteration={iteration} row={row} column={0} />;
    if (quantity === 'Z') return <WeightedPixels iteration={iteration} row={row} column={column} />;
    if (quantity === 'dW') return <GradientPictures iteration={iteration} row={row} />;
    return quantity === 'W' ? <UpdatePictures iteration={iteration} row={row} /> : null;
  }
}

/** X ⊙ a row of W1: what each pixel adds to the weighted sum. */
function WeightedPixels({ iteration, row, column }: PicturesProps & { readonly column: number }) {
  const { network, examples } = iteration;
  const weights = rowOf(network.layers[0]!.W, row);
  const pixels = pixelsOf(iteration, column);
  const products = weights.map((weight, p) => weight * pixels[p]! * examples.pixelScale);
  return (
    <>
      <ExamplePicture iteration={iteration} column={column} />
      <Sign text="⊙" />
      <RowPicture iteration={iteration} row={row} name="W" values={weights} />
      <Sign text="=" />
      <Picture iteration={iteration} pixels={products} hue="value" label="the digit times the weights">
        their products
      </Picture>
    </>
  );
}

/** dz × X: of several examples, the one with the largest error of this unit is shown. */
function GradientPictures({ iteration, row }: PicturesProps) {
  const { dZ, dW } = iteration.gradients[0]!;
  const isMany = iteration.m > 1;
  return (
    <>
      <math class="sign">
        {isMany && <mo>∑</mo>}
        <Quantity name="dz" />
        <mo>×</mo>
      </math>
      <ExamplePicture iteration={iteration} column={largestError(rowOf(dZ, row))} />
      <Sign text={isMany ? '… / m =' : '='} />
      <RowPicture iteration={iteration} row={row} name="dW" values={rowOf(dW, row)} />
    </>
  );
}

/** W1 − α dW1 = new W1. */
function UpdatePictures({ iteration, row }: PicturesProps) {
  const weights = rowOf(iteration.network.layers[0]!.W, row);
  const gradients = rowOf(iteration.gradients[0]!.dW, row);
  const { alpha } = choices.value;
  const updated = weights.map((weight, k) => weight - alpha * gradients[k]!);
  return (
    <>
      <RowPicture iteration={iteration} row={row} name="W" values={weights} />
      <math class="sign">
        <mo>−</mo>
        <mi>α</mi>
      </math>
      <RowPicture iteration={iteration} row={row} name="dW" values={gradients} />
      <Sign text="=" />
      <RowPicture iteration={iteration} row={row} name="W" values={updated} prefix="new " />
    </>
  );
}

function rowOf({ cols, data }: { cols: number; data: Float64Array }, row: number): Float64Array {
  return data.subarray(row * cols, (row + 1) * cols);
}

function pixelsOf({ examples }: Iteration, column: number): Uint8Array {
  return examples.dataset.pixels(examples.indices[column]!);
}

/** The example for which a unit's error is the largest: its digit shows best in the gradient. */
function largestError(dz: Float64Array): number {
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

function ExamplePicture({ iteration, column }: { iteration: Iteration; column: number }) {
  const pixels = pixelsOf(iteration, column);
  return (
    <Picture iteration={iteration} pixels={pixels} hue="ink" scale={255} label="the digit, X">
      the digit, <Letter name="X" />
    </Picture>
  );
}

interface RowPictureProps extends PicturesProps {
  readonly name: 'W' | 'dW';
  readonly values: Float64Array;
  readonly prefix?: string;
}

function RowPicture({ iteration, row, name, values, prefix = '' }: RowPictureProps) {
  const text = `${prefix}row ${row} of`;
  return (
    <Picture
      iteration={iteration}
      pixels={values}
      hue={name === 'W' ? 'value' : 'gradient'}
      label={`${text} ${name}1`}
    >
      {text} <Letter name={name} layer={1} />
    </Picture>
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

function Picture({ iteration, children, scale, ...picture }: PictureProps) {
  const { width, height } = iteration.examples.dataset;
  const full = scale ?? largest(picture.pixels);
  return (
    <figure>
      <Digit {...picture} width={width} height={height} scale={full} side={PICTURE_SIDE} />
      <figcaption class="pen">{children}</figcaption>
      <ColorScale hue={picture.hue} scale={picture.hue === 'ink' ? 1 : full} />
    </figure>
  );
}
