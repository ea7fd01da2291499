import type { Network } from '@longhand/core';
import type { QuantityName } from '@longhand/core/explain';

/** A quantity of the board and its layer: `{ quantity: 'dW', layer: 1 }`. */
export interface Name {
  readonly quantity: QuantityName;
  /** 0 for X, Y and J. */
  readonly layer: number;
}

/** A piece of an equation: a tile, or the sign between two tiles. */
export type Piece = { readonly tile: Name; readonly transposed?: boolean } | { readonly sign: string };

export type Phase = 'forward' | 'backward' | 'update';

/** One step of the cycle: one equation of the board. */
export interface Step {
  /** From 1, in their order. */
  readonly number: number;
  readonly phase: Phase;
  /** What it computes. The update changes every parameter, and names the first one. */
  readonly result: Name;
  /** The right side. */
  readonly pieces: readonly Piece[];
  /** What a screen reader says: `Z1 = W1 X + b1`. */
  readonly spoken: string;
}

/** The equations of one iteration, as on the board, for any number of layers. */
export function stepsOf({ layers, output }: Network): Step[] {
  const last = layers.length;
  const steps: Omit<Step, 'number'>[] = [];
  for (let l = 1; l <= last; l++) {
    const below: Name = l === 1 ? { quantity: 'X', layer: 0 } : { quantity: 'A', layer: l - 1 };
    steps.push(
      step('forward', name('Z', l), [tile('W', l), { tile: below }, { sign: '+' }, tile('b', l)]),
      step('forward', name('A', l), [
        { sign: `${l === last ? output.name : layers[l - 1]!.g.symbol}(` },
        tile('Z', l),
        { sign: ')' },
      ]),
    );
  }
  for (let l = last; l >= 1; l--) {
    const below: Name = l === 1 ? { quantity: 'X', layer: 0 } : { quantity: 'A', layer: l - 1 };
    steps.push(
      l === last
        ? step('backward', name('dZ', l), [tile('A', l), { sign: '−' }, tile('Y', 0)])
        : step('backward', name('dZ', l), [
            { ...tile('W', l + 1), transposed: true },
            tile('dZ', l + 1),
            { sign: '⊙' },
            { sign: 'g′(' },
            tile('Z', l),
            { sign: ')' },
          ]),
      step('backward', name('dW', l), [{ sign: '1/m' }, tile('dZ', l), { tile: below, transposed: true }]),
      step('backward', name('db', l), [{ sign: '1/m Σ' }, tile('dZ', l)]),
    );
  }
  const parameters = layers.flatMap((_, l) => [tile('W', l + 1), tile('b', l + 1)]);
  steps.push({
    phase: 'update',
    result: name('W', 1),
    pieces: parameters,
    spoken: 'every W becomes W minus alpha times dW, every b becomes b minus alpha times db',
  });
  return steps.map((each, k) => ({ number: k + 1, ...each }));
}

/** The numbers of the steps that compute a layer's quantities, of a network with `layers` layers. */
export function stepNumbers(layer: number, layers: number) {
  const back = 2 * layers + 3 * (layers - layer);
  return { Z: 2 * layer - 1, A: 2 * layer, dZ: back + 1, dW: back + 2, db: back + 3 };
}

/** `dW1`, `X`: as references are written. */
export function textOf({ quantity, layer }: Name): string {
  return layer === 0 ? quantity : `${quantity}${layer}`;
}

function name(quantity: QuantityName, layer: number): Name {
  return { quantity, layer };
}

function tile(quantity: QuantityName, layer: number): { readonly tile: Name } {
  return { tile: name(quantity, layer) };
}

function step(phase: Phase, result: Name, pieces: readonly Piece[]): Omit<Step, 'number'> {
  const right = pieces.map((piece) =>
    'tile' in piece ? `${textOf(piece.tile)}${piece.transposed ? ' transposed' : ''}` : piece.sign,
  );
  return { phase, result, pieces, spoken: `${textOf(result)} = ${right.join(' ')}` };
}
