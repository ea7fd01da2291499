import { backToMnist } from '../../state/file-actions.js';
import { hrefOf } from '../../state/location.js';
import { choose, STAND_IN } from './choices.js';

/**
 * The address asks for a model of the user's own that is not here: it was deleted, or the link comes from
 * another browser.
 */
export function MissingModel() {
  return (
    <p class="missing sheet" role="status">
      <span>
        The model of this link is not here. Open its file or train it again. Below you see the board’s network
        after 500 iterations instead.
      </span>
      <button
        type="button"
        onClick={() => document.querySelector<HTMLButtonElement>('.open-button')?.click()}
      >
        Open a file …
      </button>
      <button type="button" class="quiet" onClick={() => choose({ net: STAND_IN })}>
        Keep this network
      </button>
    </p>
  );
}

/** The address asks for a drawing that it does not contain, and nothing is drawn on this page. */
export function MissingDrawing() {
  return (
    <p class="missing sheet" role="status">
      <span>This link has no drawing in it. Below you see a test digit instead.</span>
      <a class="button" href={hrefOf('draw')}>
        Draw a digit
      </a>
    </p>
  );
}

/** Why the network cannot read the current data, and what to do. */
export function Misfit({ why }: { why: string }) {
  return (
    <div class="missing sheet" role="status">
      <h2>this network cannot read these data</h2>
      <p>{why}.</p>
      <p>
        <a class="button" href={hrefOf('train')}>
          Train a network on these data
        </a>{' '}
        <button type="button" onClick={backToMnist}>
          Back to MNIST
        </button>
      </p>
    </div>
  );
}
