import type { ModelRecord } from '@longhand/core';
import { signed } from '@longhand/core/text';
import { bar } from '../terminal/bars.js';
import { clip, type Paint, padTo, painter, widthOf } from '../terminal/paint.js';
import { drawPicture, fitted, isPicture, weightsPicture } from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';
import { type HiddenUnit, type OutputWeight, topOutputs } from './hidden-unit.js';

/** Weights above this quantile get the full color: otherwise a few outliers leave the rest pale. */
const QUANTILE = 0.995;
const TOP_OUTPUTS = 3;
const LEGEND_COLUMNS = 24;
/** How many weights are listed if they do not form a picture. */
const MAX_WEIGHTS = 12;
const WIDEST_NAME = 24;
const BAR = 12;
/** Columns for the name of a class in the list of top outputs. */
const WIDEST_CLASS = 12;
/** Columns for that list, after the word before it. */
const OUTPUTS_WIDTH = 22;

/** Hidden units side by side, all with the same color scale, so that they can be compared. */
export function drawHiddenUnits(
  shown: readonly HiddenUnit[],
  all: readonly HiddenUnit[],
  record: Pick<ModelRecord, 'width' | 'height' | 'classNames' | 'features'>,
  { terminal, quiet, learned }: { terminal: Terminal; quiet: boolean; learned: boolean },
): string[] {
  const paint = painter(terminal);
  const limit = limitOf(all);
  const { width, height, classNames } = record;
  const draw = (weights: readonly number[]) =>
    isPicture(record)
      ? drawPicture(fitted(weightsPicture(weights, width, height, limit), terminal.width - 1), terminal)
      : drawWeights(weights, record, limit, terminal);
  const blocks = shown.map((unit) => [
    titleOf(unit, classNames, paint),
    ...draw(unit.weights),
    ...topOutputsOf(unit, classNames, paint),
  ]);
  const drawn = sideBySide(blocks, { width: terminal.width - 1 });
  return quiet || !isPicture(record) ? drawn : [...legend(limit, learned, terminal), '', ...drawn];
}

/** Weights that do not form a picture: the largest, with the names of their columns and bars. */
function drawWeights(
  weights: readonly number[],
  { features }: Pick<ModelRecord, 'features'>,
  limit: number,
  terminal: Terminal,
): string[] {
  const places = [...weights.keys()];
  const shown =
    places.length > MAX_WEIGHTS
      ? places.sort((a, b) => Math.abs(weights[b]!) - Math.abs(weights[a]!)).slice(0, MAX_WEIGHTS)
      : places;
  const names = shown.map((place) => clip(features?.[place]?.name ?? `input ${place}`, WIDEST_NAME));
  const width = Math.max(...names.map(widthOf));
  return shown.map((place, k) => {
    const weight = weights[place]!;
    const length = bar(Math.min(1, Math.abs(weight) / limit), BAR, terminal.unicode);
    return `${padTo(names[k]!, width)} ${signed(weight)} ${painter(terminal)(weight < 0 ? 'blue' : 'yellow', length)}`;
  });
}

function titleOf({ unit, bias, outputs }: HiddenUnit, classNames: readonly string[], paint: Paint): string {
  const name = outputs ? `unit ${unit}` : `output ${classNames[unit]}`;
  return `${paint('bold', name)}  ${paint('dim', `bias ${signed(bias)}`)}`;
}

function topOutputsOf(unit: HiddenUnit, classNames: readonly string[], paint: Paint): string[] {
  if (!unit.outputs) return [];
  const { positive, negative } = topOutputs(unit, TOP_OUTPUTS);
  // As many as fit, so that the units stay side by side.
  const words = (weights: readonly OutputWeight[]) =>
    weights
      .map(({ output, weight }) => `${clip(classNames[output]!, WIDEST_CLASS)} ${signed(weight, 1)}`)
      .reduce(
        (line, word) =>
          line.length + word.length + 2 > OUTPUTS_WIDTH && line
            ? line
            : [line, word].filter(Boolean).join('  '),
        '',
      );
  return [`for ${words(positive)}`, paint('dim', `against ${words(negative)}`)];
}

/** The weight that gets the full color. */
function limitOf(units: readonly HiddenUnit[]): number {
  const sizes = Float64Array.from(
    units.flatMap(({ weights }) => weights),
    Math.abs,
  ).sort();
  return sizes[Math.floor((sizes.length - 1) * QUANTILE)] || 1;
}

function legend(limit: number, learned: boolean, terminal: Terminal): string[] {
  const scale = Array.from({ length: LEGEND_COLUMNS }, (_, i) => (i / (LEGEND_COLUMNS - 1)) * 2 - 1);
  const strip = drawPicture(weightsPicture([...scale, ...scale], LEGEND_COLUMNS, 2, 1), terminal)[0]!;
  const ends = limit.toFixed(2);
  const what = learned
    ? 'How training changed the weight of each pixel. Ink there lowers the weighted sum (left) or raises it (right).'
    : 'The weight of each pixel. Ink there lowers the weighted sum (left) or raises it (right). Random starting weights look like noise; --learned leaves them out.';
  return [`−${ends} ${strip} +${ends}`, ...wrap(what, terminal.width - 1)];
}
