import type { ModelRecord } from '@longhand/core';
import { signed } from '../terminal/figures.js';
import { type Paint, painter } from '../terminal/paint.js';
import { drawPicture, weightsPicture } from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';
import { strongestOutputs, type Unit, type Voice } from './unit.js';

/** Weights beyond this share of all have full colour: a few outliers would leave the rest pale. */
const QUANTILE = 0.995;
const VOICES = 3;
const LEGEND_COLUMNS = 24;

/** Units side by side, all on one scale of colours, so that they can be compared. */
export function drawUnits(
  shown: readonly Unit[],
  all: readonly Unit[],
  { width, height, classNames }: Pick<ModelRecord, 'width' | 'height' | 'classNames'>,
  { terminal, quiet, learnt }: { terminal: Terminal; quiet: boolean; learnt: boolean },
): string[] {
  const paint = painter(terminal);
  const limit = limitOf(all);
  const blocks = shown.map((unit) => [
    titleOf(unit, classNames, paint),
    ...drawPicture(weightsPicture(unit.weights, width, height, limit), terminal),
    ...voicesOf(unit, classNames, paint),
  ]);
  const drawn = sideBySide(blocks, { width: terminal.width - 1 });
  return quiet ? drawn : [...legend(limit, learnt, terminal), '', ...drawn];
}

function titleOf({ unit, bias, outputs }: Unit, classNames: readonly string[], paint: Paint): string {
  const name = outputs ? `unit ${unit}` : `output ${classNames[unit]}`;
  return `${paint('bold', name)}  ${paint('dim', `bias ${signed(bias)}`)}`;
}

function voicesOf(unit: Unit, classNames: readonly string[], paint: Paint): string[] {
  if (!unit.outputs) return [];
  const { pro, contra } = strongestOutputs(unit, VOICES);
  const words = (voices: readonly Voice[]) =>
    voices.map(({ output, weight }) => `${classNames[output]} ${signed(weight, 1)}`).join('  ');
  return [`for ${words(pro)}`, paint('dim', `not ${words(contra)}`)];
}

/** The weight that has full colour. */
function limitOf(units: readonly Unit[]): number {
  const sizes = Float64Array.from(
    units.flatMap(({ weights }) => weights),
    Math.abs,
  ).sort();
  return sizes[Math.floor((sizes.length - 1) * QUANTILE)] || 1;
}

function legend(limit: number, learnt: boolean, terminal: Terminal): string[] {
  const scale = Array.from({ length: LEGEND_COLUMNS }, (_, i) => (i / (LEGEND_COLUMNS - 1)) * 2 - 1);
  const strip = drawPicture(weightsPicture([...scale, ...scale], LEGEND_COLUMNS, 2, 1), terminal)[0]!;
  const ends = limit.toFixed(2);
  const what = learnt
    ? 'What training added to the weight of each pixel: ink there speaks against the unit (left) or for it (right).'
    : 'The weight of each pixel: ink there speaks against the unit (left) or for it (right). It began as noise: --learnt shows the rest.';
  return [`−${ends} ${strip} +${ends}`, ...wrap(what, terminal.width - 1)];
}
