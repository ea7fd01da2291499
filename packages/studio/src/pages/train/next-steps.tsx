import { hrefOf } from '../../state/location.js';
import { ownNameOf } from '../../state/models.js';
import type { Run } from '../../state/run.js';
import { busy, startRun } from '../../state/runs.js';

/** What can be done with a network that has been trained. The page that is opened has chosen it. */
export function NextSteps({ run }: { run: Run }) {
  const model = run.model.value;
  if (!model) return null;
  const own = ownNameOf(model);
  const { width, height } = model.record;
  return (
    <nav class="next-steps" aria-label="What next">
      {width === 28 && height === 28 && (
        <a class="button" href={hrefOf('draw', { model: own })}>
          Draw for it
        </a>
      )}
      <a class="button" href={hrefOf('examine', { model: own })}>
        Examine it
      </a>
      <a class="button" href={hrefOf('board', { net: own })}>
        See it on Board
      </a>
      <button
        type="button"
        disabled={busy.value}
        title="Starts another run with the settings of this one, which begins with these weights"
        onClick={() => startRun(run.given, { from: model })}
      >
        Train it further
      </button>
    </nav>
  );
}
