import { choices, chooseView } from './choices.js';
import { openTour } from './open-tour.js';

/** How much of the board is shown, and the way to the tour. */
export function ViewButtons() {
  return (
    <div class="view-buttons" data-control="choices">
      <label class="faint">
        <input
          type="checkbox"
          checked={!choices.value.isStepByStep}
          onChange={({ currentTarget }) => chooseView(currentTarget.checked ? 'all' : 'steps')}
        />{' '}
        all at once
      </label>
      <button type="button" class="quiet" onClick={() => void openTour()}>
        Help
      </button>
    </div>
  );
}
