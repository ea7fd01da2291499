import type { Network } from '../maths/network.js';
import { paletteOf, shadeOf } from './colors.js';
import { encodePng } from './png.js';
import { imageAt, lineFrom, type Shown, shown, textAt } from './svg.js';

const [WIDTH, HEIGHT] = [560, 300];
/** More units than this in a layer are drawn as if there were so many. */
const MAX_UNITS = 12;
const RADIUS = 8;
/** Weight pictures below the network. */
const [MAX_PICTURES, PICTURE, PER_ROW] = [20, 52, 10];

/**
 * A network: its layers with their sizes and activations, and the strongest weights between them as
 * lines, blue if positive and red if negative. If its input is square, the weights of the first
 * units are shown as pictures below.
 */
export function showNetwork({ layers, output }: Network): Shown {
  const sizes = [layers[0]!.W.cols, ...layers.map(({ W }) => W.rows)];
  const x = (l: number) => 50 + (l * (WIDTH - 100)) / layers.length;
  const count = (l: number) => Math.min(MAX_UNITS, sizes[l]!);
  const y = (l: number, unit: number) => 20 + ((unit + 0.5) * (HEIGHT - 60)) / count(l);
  const lines: string[] = [];
  const units: string[] = [];
  for (const [l, { W }] of layers.entries()) {
    const largest = sizeOfLargest(W.data);
    for (let i = 0; i < count(l + 1); i++) {
      for (let j = 0; j < count(l); j++) {
        const weight = W.data[i * W.cols + j]!;
        const width = (2.5 * Math.abs(weight)) / (largest || 1);
        if (width > 0.1) {
          lines.push(
            lineFrom(x(l), y(l, j), x(l + 1), y(l + 1, i), weight < 0 ? '#c8322b' : '#1f4e9c', width),
          );
        }
      }
    }
  }
  for (const [l, size] of sizes.entries()) {
    for (let unit = 0; unit < count(l); unit++) {
      units.push(
        `<circle cx="${x(l)}" cy="${y(l, unit)}" r="${RADIUS}" fill="#ffffff" stroke="#1c2b4a" stroke-width="1.5"/>`,
      );
    }
    const name = l === 0 ? 'inputs' : l === layers.length ? output.name : layers[l - 1]!.g.name;
    units.push(textAt(x(l), HEIGHT - 22, `${size}`, 'middle'), textAt(x(l), HEIGHT - 6, name, 'middle'));
  }
  const pictures = weightPictures(layers[0]!.W);
  const rows = Math.ceil(pictures.length / PER_ROW);
  const title = `a network of ${sizes.join(' → ')} units: ${layers.map(({ g }, l) => (l === layers.length - 1 ? output.name : g.name)).join(', ')}`;
  return shown(title, WIDTH, HEIGHT + rows * (PICTURE + 4), [
    ...lines,
    ...units,
    ...pictures.map((png, k) => {
      const [column, row] = [k % PER_ROW, Math.floor(k / PER_ROW)];
      return imageAt(column * (PICTURE + 4), HEIGHT + row * (PICTURE + 4), PICTURE, PICTURE, png);
    }),
  ]);
}

/** The weights of each of the first units, if they make a square. */
function weightPictures({ rows, cols, data }: Network['layers'][number]['W']): Uint8Array[] {
  const side = Math.sqrt(cols);
  if (!Number.isInteger(side) || side < 4) return [];
  const palette = paletteOf('signed');
  return Array.from({ length: Math.min(rows, MAX_PICTURES) }, (_, unit) => {
    const weights = data.subarray(unit * cols, (unit + 1) * cols);
    const largest = sizeOfLargest(weights);
    return encodePng(
      side,
      side,
      Array.from(weights, (weight) => shadeOf('signed', weight, largest)),
      palette,
    );
  });
}

function sizeOfLargest(values: Float64Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}
