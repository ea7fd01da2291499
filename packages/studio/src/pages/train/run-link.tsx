import { CopyLink } from '../../components/copy-link.js';
import { linkTo } from '../../state/location.js';
import type { Run } from '../../state/run.js';
import { canReplay } from '../../state/run-figures.js';
import { queryOf } from '../../state/settings-query.js';
import { shortHash } from '../../text.js';

/**
 * Copies a link to the current run or, before there is one, to a run with the settings of the form.
 */
export function RunLink({ run, given }: { run: Run | undefined; given: Run['given'] }) {
  const linked = run?.given ?? given;
  const isOther = JSON.stringify(queryOf(linked)) !== JSON.stringify(queryOf(given));
  const isStopped = run?.trained.value && !canReplay(run);
  return (
    <>
      <CopyLink link={() => linkOf(run, linked)} />
      <p class="pen faint">
        {run?.fromName !== undefined
          ? 'This run went on from another model. The link starts one with the same settings and a fresh network.'
          : isStopped
            ? 'The link starts this run and completes it.'
            : 'The link gives everyone the same weights, bit for bit.'}
        {isOther && ` It repeats run ${run!.number}, not the settings above.`}
      </p>
    </>
  );
}

/** The link to a completed run has its hash, so that whoever opens it can compare. */
function linkOf(run: Run | undefined, given: Run['given']): string {
  const hash = run && canReplay(run) ? run.trained.peek()?.sha256 : undefined;
  return linkTo('train', { ...queryOf(given), run: 1, hash: hash && shortHash(hash) });
}
