import { Term } from '../../components/term.js';
import { hrefOf } from '../../state/location.js';
import { boardNameOf } from '../../state/models.js';
import { HiddenUnits } from './hidden-units.js';
import { PixelContributions } from './pixel-contributions.js';
import { classNames, computation, contributions, output, reader, verdict } from './prediction-state.js';
import { UnitDetail } from './unit-detail.js';

/** Which pixels and which hidden units speak for the answer, or for another class. */
export function Why() {
  const [computed, about, asked] = [computation.value, contributions.value, output.value];
  const isAnswer = asked === verdict.value?.answer;
  const name = asked === undefined ? '' : classNames.value[asked]!;
  return (
    <section class="why-part" aria-labelledby="why-title">
      <h2 id="why-title">{about ? (isAnswer ? `why ${name}?` : `what supports ${name}?`) : 'why?'}</h2>
      <div class="why-grid">
        <PixelContributions about={about} name={name} />
        <HiddenUnits computed={computed} about={about} name={name} />
        <UnitDetail computed={computed} hasUnits={hasUnits()} />
      </div>
      <p class="why-text">
        Blue pixels <b>raise</b> the sum{' '}
        <Term name="Z">
          <i>z</i>
        </Term>{' '}
        of {name ? `the ${name}` : 'the answer'}, red pixels <b>lower</b> it.{' '}
        {hasUnits() ? 'Point at a hidden unit or press' : 'Press'} a probability to see more.
      </p>
      <p class="why-board">
        {about && (
          <a class="button" href={hrefOf('board', { net: boardNameOf(reader.value), digit: 'drawn' })}>
            See every number of it
          </a>
        )}
      </p>
    </section>
  );
}

/** Whether the network has a hidden layer. */
function hasUnits(): boolean {
  return (reader.value?.network.layers.length ?? 2) > 1;
}
