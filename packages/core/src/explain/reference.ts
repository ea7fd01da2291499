import { EntryError } from '../errors.js';
import { layerSizes, type Network } from '../maths/network.js';

const QUANTITIES = ['X', 'Y', 'Z', 'A', 'dZ', 'dW', 'db', 'W', 'b', 'J'] as const;

/** A quantity of a training iteration. `W` and `b` mean the update of the parameter. */
export type QuantityName = (typeof QUANTITIES)[number];

/** One entry of one quantity. */
export interface Reference {
  /** The quantity by its name. */
  readonly quantity: QuantityName;
  /** From 1, as on the board; 0 for X, Y and J, which have no layer. */
  readonly layer: number;
  /** The unit (for X the pixel, for Y the class), from 0. */
  readonly row: number;
  /** The input for W and dW, 0 for b and db, the example for all others; from 0. */
  readonly column: number;
}

/** Quantities without a layer. */
const LAYERLESS: readonly QuantityName[] = ['X', 'Y', 'J'];
/** Quantities whose columns are inputs, so that both indices are needed. */
const WEIGHTS: readonly QuantityName[] = ['dW', 'W'];
const EXPECTED = 'expected an entry such as Z1[8], A2[3,0], dW1[8,402] or J';

/**
 * Reads a reference that a person typed: `Z1[8]` (the first example), `Z1[8,0]`, `dW1[8,402]`,
 * `db2[4]`, `X[402]`, `J`. Upper and lower case are the same, and `A0` is X.
 *
 * @param m the number of examples. Without it, the example's index is not checked here (`explain`
 *   checks it)
 * @throws EntryError when there is no such entry; it names the quantity's shape
 */
export function parseReference(text: string, network: Network, m?: number): Reference {
  const match = /^([a-z]+)(\d*)(?:\[(\d+)(?:,(\d+))?\])?$/i.exec(text.replace(/\s/g, ''));
  if (!match) throw new EntryError(`${JSON.stringify(text)}: ${EXPECTED}`);
  const [, word, layer, row, column] = match;
  const quantity = QUANTITIES.find((name) => name.toLowerCase() === word!.toLowerCase());
  if (!quantity) {
    throw new EntryError(
      `${text}: unknown quantity ${word}: expected one of ${QUANTITIES.join(', ')} and its layer, such as Z1[8]`,
    );
  }
  if (LAYERLESS.includes(quantity) ? layer !== '' : layer === '') {
    const rule = LAYERLESS.includes(quantity)
      ? 'belongs to no layer'
      : `needs its layer, such as ${quantity}1`;
    throw new EntryError(`${text}: ${quantity} ${rule}`);
  }
  requireIndices(text, quantity, row, column);
  const typed = { quantity, layer: Number(layer), row: Number(row ?? 0), column: Number(column ?? 0) };
  return settleReference(typed, network, m ?? Number.POSITIVE_INFINITY);
}

function requireIndices(text: string, quantity: QuantityName, row?: string, column?: string): void {
  if (quantity === 'J') {
    if (row !== undefined) throw new EntryError(`${text}: J is one number and has no entries: write J`);
  } else if (row === undefined) {
    throw new EntryError(`${text}: which entry? ${EXPECTED}`);
  } else if (WEIGHTS.includes(quantity) && column === undefined) {
    throw new EntryError(`${text}: needs a unit and an input, such as ${quantity}1[8,402]`);
  }
}

/**
 * Checks a reference against the network and the number of examples. An activation of layer 0
 * becomes an input.
 *
 * @throws EntryError when there is no such entry; it names the quantity's shape
 */
export function settleReference(reference: Reference, network: Network, m: number): Reference {
  const { quantity, layer, row, column } = reference;
  if (quantity === 'A' && layer === 0) return settleReference({ ...reference, quantity: 'X' }, network, m);
  const name = formatReference(reference);
  const layers = network.layers.length;
  if (!LAYERLESS.includes(quantity) && !(Number.isInteger(layer) && layer >= 1 && layer <= layers)) {
    const range = layers === 1 ? 'layer 1 alone' : `layers 1 to ${layers}`;
    throw new EntryError(`${name}: no layer ${layer}: the network has ${range}`);
  }
  const { rows, columns } = shapeOf(reference, network, m);
  const symbol = `${quantity}${layer || ''}`;
  const shape = `${symbol} is ${rows} × ${columns === Number.POSITIVE_INFINITY ? 'm' : columns}`;
  if (!isPlace(row, rows)) {
    throw new EntryError(`${name}: no row ${row}: ${shape}, its rows are ${range(rows)}`);
  }
  if (!isPlace(column, columns)) {
    throw new EntryError(`${name}: no column ${column}: ${shape}, its columns are ${range(columns)}`);
  }
  return reference;
}

function shapeOf(
  { quantity, layer }: Reference,
  network: Network,
  m: number,
): { readonly rows: number; readonly columns: number } {
  const sizes = layerSizes(network);
  switch (quantity) {
    case 'J':
      return { rows: 1, columns: 1 };
    case 'X':
      return { rows: sizes[0]!, columns: m };
    case 'Y':
      return { rows: sizes.at(-1)!, columns: m };
    case 'W':
    case 'dW':
      return { rows: sizes[layer]!, columns: sizes[layer - 1]! };
    case 'b':
    case 'db':
      return { rows: sizes[layer]!, columns: 1 };
    default:
      return { rows: sizes[layer]!, columns: m };
  }
}

function isPlace(index: number, length: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < length;
}

function range(length: number): string {
  return length === 1 ? '0 alone' : `0 to ${length - 1}`;
}

/**
 * The text that `parseReference` reads, with both indices if the quantity has two: `Z1[8,0]`,
 * `db2[4]`, `J`.
 */
export function formatReference({ quantity, layer, row, column }: Reference): string {
  if (quantity === 'J') return 'J';
  const symbol = LAYERLESS.includes(quantity) ? quantity : `${quantity}${layer}`;
  return quantity === 'b' || quantity === 'db' ? `${symbol}[${row}]` : `${symbol}[${row},${column}]`;
}
