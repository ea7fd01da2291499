// The characters of equations from STIX Two Math: of its 400 kB the page needs a twentieth.
// `virtual:maths-font.css` is the result.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import subsetFont from 'subset-font';

const MODULE = 'virtual:maths-font.css';

/** Every character that an equation of the page or of core's `writeOut` can contain. */
const SIGNS = [
  ' 0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '.,:;!?()[]{}|/+=<>*′″%',
  '−×·⋅∙⊙±≔←→↦⇒∂∇Σ∑∏√∞≈≠≤≥∈…⋯ℓᵀ⊤≡∝',
  'αβγδεζηθλμσπφψωΔΩ',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˡ₀₁₂₃₄₅₆₇₈₉₊₋ₖᵢⱼ',
  '𝑎𝑏𝑐𝑑𝑒𝑓𝑔𝑖𝑗𝑘𝑙𝑚𝑛𝑜𝑝𝑞𝑟𝑠𝑡𝑢𝑣𝑤𝑥𝑦𝑧ℎ',
  '𝐴𝐵𝐶𝐷𝐸𝐹𝐺𝐻𝐼𝐽𝐾𝐿𝑀𝑁𝑂𝑃𝑄𝑅𝑆𝑇𝑈𝑉𝑊𝑋𝑌𝑍𝛼𝛽𝛾𝛿𝜀𝜃𝜆𝜎',
].join('');

/** @returns {import('vite').Plugin} */
export function mathsFont() {
  let reference;
  return {
    name: 'longhand-maths-font',
    apply: 'build',
    async buildStart() {
      const folder = path.dirname(
        createRequire(import.meta.url).resolve('@fontsource/stix-two-math/package.json'),
      );
      const whole = await readFile(path.join(folder, 'files', 'stix-two-math-latin-400-normal.woff2'));
      const source = await subsetFont(whole, SIGNS, { targetFormat: 'woff2' });
      reference = this.emitFile({ type: 'asset', name: 'stix-two-math.woff2', source });
    },
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      return `@font-face {
  font-family: 'STIX Two Math';
  font-display: swap;
  src: url(__VITE_ASSET__${reference}__) format('woff2');
}`;
    },
  };
}
