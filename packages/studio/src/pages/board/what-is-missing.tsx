import { hrefOf } from '../../state/location.js';
import { backToMnist } from '../../state/open-files.js';
import { choose, STAND_IN } from './choices.js';

/** The address asks for a model that lives on another page, or lived on this one before it was loaded again. */
export function MissingModel() {
  return (
    <p class="missing sheet" role="status">
      <span>
        This link’s model is not here: open it, or train it again. Below are the numbers of the board’s
        network after 500 iterations.
      </span>
      <button
        type="button"
        onClick={() => document.querySelector<HTMLButtonElement>('.open-button')?.click()}
      >
        Open it …
      </button>
      <button type="button" class="quiet" onClick={() => choose({ net: STAND_IN })}>
        Stay with these
      </button>
    </p>
  );
}

/** The network cannot read the data at hand: why, and the ways out. */
export function Misfit({ why }: { why: string }) {
  return (
    <div class="missing sheet" role="status">
      <h2>nothing to write down</h2>
      <p>{why}.</p>
      <p>
        <a class="button" href={hrefOf('train')}>
          Train one on these data
        </a>{' '}
        <button type="button" onClick={backToMnist}>
          Back to MNIST
        </button>
      </p>
    </div>
  );
}
