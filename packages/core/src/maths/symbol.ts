const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A quantity of layer l (from 1) as the board writes it: `symbol('dW', 1)` is `dW¹`. */
export function symbol(name: string, layer: number): string {
  return name + [...String(layer)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
}
