import { dark } from '../state/theme.js';
import { colorTable, type Hue, SHADES } from '../theme/colors.js';
import './legend.css';
import { Term } from './term.js';

/** The meaning of the colors of matrices. */
export function Legend() {
  return (
    <ul class="legend" aria-label="Colors">
      <Scale hue="value" from="negative" to="positive" what="values" />
      <Scale hue="gradient" from="negative" to="positive" what="gradients" />
      <Scale hue="ink" from="blank" to="ink" what="pixels and labels" />
    </ul>
  );
}

/** One color scale with the names of its ends. Full color is the largest entry of a matrix. */
export function Scale({ hue, from, to, what }: { hue: Hue; from: string; to: string; what: string }) {
  const table = colorTable(hue, dark.value);
  const bars = 9;
  return (
    <li>
      <span class="what">{what === 'gradients' ? <Term name="gradient">{what}</Term> : what}</span> {from}
      <svg viewBox={`0 0 ${bars} 1`} preserveAspectRatio="none" aria-hidden="true">
        {Array.from({ length: bars }, (_, k) => {
          const color = table[Math.round((k / (bars - 1)) * (SHADES - 1))]!;
          const text = `rgb(${color & 255} ${(color >> 8) & 255} ${(color >> 16) & 255})`;
          return <rect key={text} x={k} width={1.02} height={1} fill={text} />;
        })}
      </svg>
      {to}
    </li>
  );
}
