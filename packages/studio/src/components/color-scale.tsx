import { formatNumber } from '@longhand/core/explain';
import { dark } from '../state/theme.js';
import { cssGradient, type Hue } from '../theme/colors.js';
import './color-scale.css';

/**
 * The scale of a matrix's colors: a bar from the lowest color to the highest, and the number that
 * full color stands for.
 */
export function ColorScale({ hue, scale }: { hue: Hue; scale: number }) {
  const most = formatNumber(scale, 2);
  const [from, to] = hue === 'ink' ? ['0', most] : [`−${most}`, most];
  return (
    <span class="color-scale" title={`The colors go from ${from} to ${to}`}>
      <span class="bar" style={{ backgroundImage: cssGradient(hue, dark.value) }} aria-hidden="true" />
      <span class="figures">{hue === 'ink' ? `0–${most}` : `±${most}`}</span>
    </span>
  );
}
