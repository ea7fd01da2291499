import { SaveModel } from '../../components/save-model.js';
import { savePng } from '../../files/save.js';
import { showError } from '../../state/notifications.js';
import type { Run } from '../../state/runs.js';
import { count, shortHash } from '../../text.js';

/**
 * The hash of the parameters, and what can be saved. It takes the same room before the run ends.
 */
export function Result({ run, page }: { run: Run | undefined; page: HTMLElement | null }) {
  const trained = run?.trained.value;
  return (
    <div class="result">
      {trained ? (
        <>
          <p>
            hash of the parameters{' '}
            <code class="figures" title={trained.sha256} data-sha256={trained.sha256}>
              {shortHash(trained.sha256)}
            </code>
            <Bits run={run!} sha256={trained.sha256} />
          </p>
          <span class="keep">
            <SaveModel model={run?.model.value} />
            <button type="button" class="quiet" onClick={() => saveCurves(page)}>
              Save curves
            </button>
          </span>
        </>
      ) : (
        <p class="faint">
          When the run ends, the network is tested once on the test digits, and the hash of its parameters
          appears here.
        </p>
      )}
    </div>
  );
}

/**
 * What the hash shows: that the run can be repeated, whether it equals the run of a link, or that
 * it was stopped.
 */
function Bits({ run, sha256 }: { run: Run; sha256: string }) {
  const { expected, step } = run;
  if (!run.replays) {
    const { iteration = 0 } = step.value ?? {};
    return (
      <span class="faint">
        {' '}
        · stopped after {count(iteration)} {iteration === 1 ? 'iteration' : 'iterations'}
      </span>
    );
  }
  if (!expected) return <span class="faint"> · the same settings give the same bits on every machine</span>;
  return sha256.startsWith(expected) ? (
    <span class="green"> · the same bits as in the link</span>
  ) : (
    <span class="red"> · not the same bits as in the link, {expected}</span>
  );
}

function saveCurves(page: HTMLElement | null): void {
  for (const [k, canvas] of [
    ...(page?.querySelectorAll<HTMLCanvasElement>('.chart canvas') ?? []),
  ].entries()) {
    savePng(`longhand-${k === 0 ? 'accuracy' : 'loss'}.png`, canvas).catch(showError);
  }
}
