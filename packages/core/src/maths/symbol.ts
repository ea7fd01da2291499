const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** How the board writes a quantity of layer l (from 1): `symbol('dW', 1)` is `dW¹`. */
export function symbol(name: string, layer: number): string {
  return name + [...String(layer)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
}
