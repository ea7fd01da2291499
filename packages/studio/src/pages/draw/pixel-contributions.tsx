import { formatNumber } from '@longhand/core/explain';
import { Digit } from '../../components/digit.js';
import { Scale } from '../../components/legend.js';
import { Term } from '../../components/term.js';
import { largest } from '../../theme/colors.js';
import { type Contributions, total } from './contributions.js';
import { reader } from './prediction-state.js';
import { signed } from './signed.js';

interface PixelContributionsProps {
  readonly about: Contributions | undefined;
  /** The class that is explained. */
  readonly name: string;
}

/** Which pixels speak for the class and which against it, and their sum. */
export function PixelContributions({ about, name }: PixelContributionsProps) {
  const model = reader.value;
  const hidden = model?.network.layers.slice(0, -1) ?? [];
  const exact = hidden.every(({ g }) => g.isPiecewiseLinear);
  const ink = about && total(about.pixels);
  return (
    <div class="spoke">
      <div class="view">
        {about && (
          <Digit
            pixels={about.pixels}
            hue="value"
            scale={largest(about.pixels)}
            class="fill"
            label={`Pixels that raise z of the ${name} in blue, pixels that lower it in red`}
          />
        )}
      </div>
      <ul class="legend" aria-label="Colors">
        <Scale hue="value" from="against" to="for" what="" />
        {about && <li class="full figures">±{formatNumber(largest(about.pixels), 2)}</li>}
      </ul>
      <dl class={about ? 'account' : 'account waiting'}>
        <dt>
          ink<span class="pen red">†</span>
        </dt>
        <dd class="figures">{ink === undefined ? '' : signed(ink)}</dd>
        <dt>{exact ? <Term name="b">biases</Term> : 'the rest'}</dt>
        <dd class="figures">{about && ink !== undefined ? signed(about.z - ink) : ''}</dd>
        <dt>
          <Term name="Z">
            <i>z</i>
            {name && <sub>{name}</sub>}
          </Term>
        </dt>
        <dd class="figures">{about ? signed(about.z) : ''}</dd>
      </dl>
    </div>
  );
}
