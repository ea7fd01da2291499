import type { Network } from '@longhand/core';
import type { Reference } from '@longhand/core/explain';
import type { Name } from './steps.js';

/** A part of a quantity from which a number is computed. */
export interface Source extends Name {
  readonly part: 'entry' | 'row' | 'column';
  readonly row: number;
  readonly column: number;
}

/** The parts of all quantities from which a number is computed. The board frames them. */
export function sourcesOf({ layers, output }: Network, reference: Reference): Source[] {
  const { quantity, layer, row, column } = reference;
  const last = layers.length;
  const below: Name = layer === 1 ? { quantity: 'X', layer: 0 } : { quantity: 'A', layer: layer - 1 };
  const entry = (of: Name, i = row, j = column): Source => ({ ...of, part: 'entry', row: i, column: j });
  const wholeRow = (of: Name, i: number): Source => ({ ...of, part: 'row', row: i, column: 0 });
  const wholeColumn = (of: Name, j: number): Source => ({ ...of, part: 'column', row: 0, column: j });
  const here = (name: Name['quantity'], l = layer): Name => ({ quantity: name, layer: l });
  switch (quantity) {
    case 'Z':
      return [wholeRow(here('W'), row), wholeColumn(below, column), entry(here('b'), row, 0)];
    case 'A':
      return layer === last && output.name === 'softmax'
        ? [wholeColumn(here('Z'), column)]
        : [entry(here('Z'))];
    case 'dZ':
      return layer === last
        ? [entry(here('A')), entry({ quantity: 'Y', layer: 0 })]
        : [
            wholeColumn(here('W', layer + 1), row),
            wholeColumn(here('dZ', layer + 1), column),
            entry(here('Z')),
          ];
    case 'dW':
      return [wholeRow(here('dZ'), row), wholeRow(below, column)];
    case 'db':
      return [wholeRow(here('dZ'), row)];
    case 'W':
      return [entry(here('dW'))];
    case 'b':
      return [entry(here('db'), row, 0)];
    default:
      return [];
  }
}
