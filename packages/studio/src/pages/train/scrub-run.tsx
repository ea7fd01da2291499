import { formatNumber } from '@longhand/core/explain';
import { hrefOf } from '../../state/location.js';
import { ownNameOf } from '../../state/models.js';
import { showError } from '../../state/notifications.js';
import type { Run } from '../../state/run.js';
import { takeSnapshot } from '../../state/take-snapshot.js';
import { count, percent } from '../../text.js';

/** Goes back through a finished run: the pictures of the weights, a line in the curves, and Board follow. */
export function ScrubRun({ run }: { run: Run }) {
  const { snapshots } = run;
  if (snapshots.length < 2) return null;
  const last = snapshots.length - 1;
  const at = run.lookedAt.value ?? last;
  const { iteration, loss, accuracy, dev } = snapshots[at]!;
  const figures = [
    `loss ${formatNumber(loss, 3)}`,
    `training ${percent(accuracy)}`,
    ...(dev === undefined ? [] : [`dev ${percent(dev)}`]),
  ].join(' · ');
  const look = async () => {
    try {
      const model = at === last ? run.model.peek() : undefined;
      location.hash = hrefOf('board', { net: ownNameOf(model ?? (await takeSnapshot(run, snapshots[at]!))) });
    } catch (error) {
      showError(error);
    }
  };
  return (
    <div class="scrub">
      <label class="scrub-label">
        <span class="pen">go back through the run</span>
        <input
          type="range"
          class="scrub-at"
          min={0}
          max={last}
          value={at}
          aria-valuetext={`iteration ${count(iteration)}, ${figures}`}
          onInput={({ currentTarget }) => {
            const chosen = Number(currentTarget.value);
            run.lookedAt.value = chosen === last ? undefined : chosen;
          }}
        />
      </label>
      <span class="figures">
        iteration {count(iteration)} <span class="faint">{figures}</span>
      </span>
      <button type="button" onClick={() => void look()}>
        See this iteration on Board
      </button>
    </div>
  );
}
