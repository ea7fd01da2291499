import { SaveModel } from '../../components/save-model.js';
import { savePng } from '../../files/save.js';
import { learning } from '../../state/doubt-of-runs.js';
import { showError } from '../../state/notifications.js';
import { openingsOf } from '../../state/openings.js';
import type { Run } from '../../state/run.js';
import { canReplay, diagnosisOf } from '../../state/run-figures.js';
import { amount, count, percent, shortHash } from '../../text.js';
import { NextSteps } from './next-steps.js';
import { ScrubRun } from './scrub-run.js';

/**
 * The hash of the parameters, what can be done with the network, and what can be saved. It takes the same room before the run ends.
 */
export function Result({ run, page }: { run: Run | undefined; page: HTMLElement | null }) {
  const trained = run?.trained.value;
  return (
    <div class="result">
      {trained && run ? (
        <>
          <Findings run={run} />
          <ScrubRun run={run} />
          <NextSteps run={run} />
          <p>
            hash of the parameters{' '}
            <code class="figures" title={trained.sha256} data-sha256={trained.sha256}>
              {shortHash(trained.sha256)}
            </code>
            <Bits run={run} sha256={trained.sha256} />
            <Doubt run={run} />
          </p>
          <Openings run={run} />
          <span class="keep">
            <SaveModel model={run.model.value} />
            <button type="button" class="quiet" onClick={() => saveCurves(page)}>
              Save curves
            </button>
          </span>
        </>
      ) : run?.state.value === 'stopped' ? (
        <Stopped run={run} />
      ) : run?.state.value === 'interrupted' ? (
        <Interrupted run={run} />
      ) : (
        <p class="faint">
          When the run ends, the network is tested once on the test digits, and the hash of its parameters
          appears here.
        </p>
      )}
    </div>
  );
}

/** A stopped run: where it stopped, and what can be done with it. */
function Stopped({ run }: { run: Run }) {
  const { iteration = 0 } = run.step.value ?? {};
  return (
    <>
      <p>
        stopped after {amount(iteration, 'iteration')}. <i>Continue</i> goes on from here, until another run
        starts. <i>Finish here</i> ends the run and opens the test set.
      </p>
      <span class="keep">
        <button type="button" onClick={() => run.finish()}>
          Finish here
        </button>
      </span>
    </>
  );
}

/** A run that went on when the page was closed: what of it is kept, what is lost, and how it goes on. */
function Interrupted({ run }: { run: Run }) {
  const { iteration = 0, iterations = 0 } = run.step.value ?? {};
  const lost = run.closedAt === undefined ? undefined : run.closedAt - iteration;
  return (
    <p role="status">
      The page was closed during this run. It is kept up to iteration {count(iteration)} of{' '}
      {count(iterations)}
      {lost === undefined
        ? '; what came after is lost. '
        : lost > 0
          ? `; the ${amount(lost, 'iteration')} after it ${lost === 1 ? 'is' : 'are'} lost. `
          : ', and nothing is lost. '}
      <i>Continue</i> goes on from there
      {run.settings.minutes === 'none' && ', to the same parameters as without the interruption'}. The test
      set has not been opened.
    </p>
  );
}

/** What went wrong in a run, and what to try. */
function Findings({ run }: { run: Run }) {
  const diagnosis = diagnosisOf(run);
  if (!diagnosis || (diagnosis.hasLearned && diagnosis.findings.length === 0)) return null;
  return (
    <div class="diagnosis" role="status">
      <h2>{diagnosis.hasLearned ? 'worth knowing' : 'This network has not learned'}</h2>
      <ul>
        {diagnosis.findings.map(({ what, advice }) => (
          <li key={what}>
            {what} {advice && <b>{advice}</b>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How often the test set was opened: who chooses by it again and again fits it, too. */
function Openings({ run }: { run: Run }) {
  const name = run.about.value?.name;
  const times = name === undefined ? 0 : openingsOf(name);
  if (times === 0) return null;
  return (
    <p class="openings faint">
      The test set has been opened {times === 1 ? 'once' : `${count(times)} times`} in this browser.
      {times > 1 && ' Choose settings by dev: a test set that you choose by no longer tests.'}
    </p>
  );
}

/**
 * What the hash shows: that the run can be repeated, whether it equals the run of a link, or that
 * it was stopped.
 */
function Bits({ run, sha256 }: { run: Run; sha256: string }) {
  const { expected, step, fromName } = run;
  if (fromName !== undefined) return <span class="faint"> · went on from {fromName}</span>;
  if (!canReplay(run)) {
    const { iteration = 0 } = step.value ?? {};
    return <span class="faint"> · stopped after {amount(iteration, 'iteration')}</span>;
  }
  if (!expected) return <span class="faint"> · the same settings give the same bits on every machine</span>;
  return sha256.startsWith(expected) ? (
    <span class="green"> · the same bits as in the link</span>
  ) : (
    <span class="red"> · not the same bits as in the link, {expected}</span>
  );
}

/** That the model learns when to doubt its answers, or has. Until then, it is saved without. */
function Doubt({ run }: { run: Run }) {
  const now = learning.value;
  if (now?.run === run) {
    return <span class="faint"> · learning what is no digit: {percent(now.share, 0)}</span>;
  }
  return run.model.value?.record.doubt ? <span class="faint"> · knows what is no digit</span> : null;
}

function saveCurves(page: HTMLElement | null): void {
  for (const [k, canvas] of [
    ...(page?.querySelectorAll<HTMLCanvasElement>('.chart canvas') ?? []),
  ].entries()) {
    savePng(`longhand-${k === 0 ? 'accuracy' : 'loss'}.png`, canvas).catch(showError);
  }
}
