import { formatNumber } from '@longhand/core/explain';
import { useEffect } from 'preact/hooks';
import { Legend } from '../../components/legend.js';
import { saveSvg } from '../../files/save.js';
import { loading } from '../../state/digits.js';
import { BoardChoices } from './board-choices.js';
import { asked, followChoices, isMissing, iteration, problem, step, steps, working } from './board-state.js';
import { ask, choices } from './choices.js';
import { Equation } from './equation.js';
import { Longhand } from './longhand.js';
import { NetworkDrawing } from './network-drawing.js';
import { StepButtons } from './step-buttons.js';
import type { Phase } from './steps.js';
import { Misfit, MissingModel } from './what-is-missing.js';
import './board.css';

/**
 * One iteration of training with real numbers: forward, backward, update. Each number can be
 * inspected.
 */
export function Board() {
  useEffect(followChoices, []);
  const now = iteration.value;
  const lit = step.value;
  return (
    <div class="board">
      <div class="board-bar">
        <BoardChoices />
        <StepButtons />
      </div>
      {isMissing.value && !problem.value && <MissingModel />}
      {problem.value ? (
        <Misfit why={problem.value} />
      ) : now && lit ? (
        <>
          <div class="ring">
            <Column phase="forward" lit={lit.number} />
            <div class="middle">
              <RingArrow />
              <NetworkDrawing iteration={now} column={columnShown(now.m)} phase={lit.phase} />
              <p class="board-state faint" aria-live="polite">
                {working.value ? (
                  'computing …'
                ) : (
                  <>
                    iteration {choices.value.iteration + 1} · loss{' '}
                    <button
                      type="button"
                      class="factor figures"
                      title="Show how the loss J is computed"
                      onClick={() => ask('J')}
                    >
                      {formatNumber(now.loss)}
                    </button>
                  </>
                )}
              </p>
            </div>
            <Column phase="backward" lit={lit.number} />
            <section class="round" aria-label="update">
              <RoundArrows />
              <ol class="equations update" start={steps.value.length}>
                <Equation iteration={now} step={steps.value.at(-1)!} lit={lit.number} />
              </ol>
            </section>
          </div>
          <Longhand iteration={now} />
          <div class="board-foot">
            <Legend />
            <div class="board-keeping">
              <button type="button" class="quiet" onClick={() => print()}>
                Print the board
              </button>
              <button type="button" class="quiet" onClick={saveDrawing}>
                Save the network as SVG
              </button>
            </div>
          </div>
        </>
      ) : (
        <p class="waiting faint">
          {loading.value.state === 'failed' ? loading.value.message : 'Loading the board …'}
        </p>
      )}
    </div>
  );
}

/** The network in the middle as a file for any drawing program. */
function saveDrawing(): void {
  const drawing = document.querySelector<SVGSVGElement>('.network > svg');
  if (drawing) saveSvg('network.svg', drawing);
}

/** The example that the network in the middle is drawn for: that of the number asked for. */
function columnShown(m: number): number {
  const reference = asked.value;
  if (!reference || !['X', 'Y', 'Z', 'A', 'dZ'].includes(reference.quantity)) return 0;
  return Math.min(reference.column, m - 1);
}

function Column({ phase, lit }: { phase: Phase; lit: number }) {
  const now = iteration.value!;
  const own = steps.value.filter((each) => each.phase === phase);
  return (
    <section class={`column ${phase}`}>
      <h2>{phase}</h2>
      <ol class="equations" start={own[0]!.number}>
        {own.map((each) => (
          <Equation
            key={`${each.result.quantity}${each.result.layer}`}
            iteration={now}
            step={each}
            lit={lit}
          />
        ))}
      </ol>
    </section>
  );
}

/** From forward, over the top, to backward. */
function RingArrow() {
  return (
    <svg class="ring-arrow" viewBox="0 0 240 28" aria-hidden="true">
      <path d="M 10 22 C 70 6, 160 6, 214 16" />
      <path d="M 204 6 L 218 17 L 201 24" />
    </svg>
  );
}

/** From backward to the update, and from there to forward again. */
function RoundArrows() {
  return (
    <svg class="round-arrows" viewBox="0 0 380 28" aria-hidden="true">
      <path d="M 372 4 C 366 16, 340 20, 316 20" />
      <path d="M 326 12 L 314 20 L 327 27" />
      <path d="M 66 20 C 42 20, 16 16, 9 6" />
      <path d="M 4 16 L 7 3 L 18 10" />
    </svg>
  );
}
