import { formatNumber } from '@longhand/core/explain';
import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import { Legend } from '../../components/legend.js';
import { Term } from '../../components/term.js';
import type { Iteration } from '../../computations/cycle.js';
import { saveSvg } from '../../files/save.js';
import { COURSE, chapterNumber } from '../../glossary/course.js';
import { loading } from '../../state/digits.js';
import { afterFirstView, firstViewIsDrawn } from '../../state/first-view.js';
import { hrefOf, page, query } from '../../state/location.js';
import { BoardChoices } from './board-choices.js';
import {
  asked,
  boardDigits,
  followChoices,
  isMissing,
  iteration,
  problem,
  reached,
  step,
  steps,
  working,
} from './board-state.js';
import { ask, choices, isDrawingMissing, scaleGradients } from './choices.js';
import { Equation } from './equation.js';
import { examplesInWords, isUnlabeled } from './examples.js';
import { Goal, showsChoices } from './goal.js';
import { Moved } from './grab.js';
import { Longhand } from './longhand.js';
import { Loupe } from './loupe.js';
import { NetworkDrawing } from './network-drawing.js';
import { openTour } from './open-tour.js';
import { firstExample } from './quantities.js';
import { StepButtons } from './step-buttons.js';
import { type Phase, stepNumbers } from './steps.js';
import { closeTour, tour } from './tour-state.js';
import { ViewButtons } from './view-buttons.js';
import { preferredView } from './view-preference.js';
import { Misfit, MissingDrawing, MissingModel } from './what-is-missing.js';
import './board.css';

/**
 * One iteration of training with real numbers: forward, backward, update. Each number can be
 * inspected.
 */
export function Board() {
  // Before anything is drawn: the opening is there at once, and what other choices need is asked for.
  const stop = useMemo(followChoices, []);
  useLayoutEffect(() => stop, []);
  const now = iteration.value;
  const lit = step.value?.number ?? 0;
  const { isStepByStep } = choices.value;
  useEffect(() => {
    if (!now) return;
    firstViewIsDrawn();
    afterFirstView(welcome);
  }, [now === undefined]);
  useEffect(() => closeTour, []);
  const hasGoal = isStepByStep && !problem.value;
  const Tour = tour.value;
  return (
    <div class="board">
      <div class="board-bar">
        <BackToChapter />
        {!hasGoal ? <BoardChoices /> : now ? <Goal iteration={now} /> : <p class="goal sheet">&nbsp;</p>}
        <ViewButtons />
        <StepButtons />
      </div>
      {hasGoal && showsChoices.value && <BoardChoices />}
      <Loupe />
      {Tour && now && !problem.value && <Tour />}
      {isMissing.value && !problem.value && <MissingModel />}
      {isDrawingMissing.value && <MissingDrawing />}
      {problem.value ? (
        <Misfit why={problem.value} />
      ) : now ? (
        <>
          <div class="ring">
            <Column phase="forward" lit={lit} />
            <div class="middle" data-part="network">
              <RingArrow />
              <NetworkDrawing
                iteration={now}
                column={columnShown(now)}
                phase={step.value?.phase ?? 'forward'}
                isUnlabeled={isUnlabeled(choices.value) && columnShown(now) === 0}
                reached={reached.value}
              />
              <Moved />
              <p class="board-state faint" aria-live="polite">
                {working.value ? (
                  'computing …'
                ) : reached.value < stepNumbers(now.network.layers.length, now.network.layers.length).A ? (
                  <>
                    <Term name="iteration">iteration</Term> {choices.value.iteration + 1} · step {lit} of{' '}
                    {steps.value.length}
                  </>
                ) : (
                  <>
                    <Term name="iteration">iteration</Term> {choices.value.iteration + 1} ·{' '}
                    <Term name="J">loss</Term>{' '}
                    <button
                      type="button"
                      class="factor figures"
                      title="Show how the loss J is computed"
                      onClick={() => ask('J')}
                    >
                      {formatNumber(now.loss)}
                    </button>
                    {now.m > 1 && (
                      <span class="which">
                        , the mean over {examplesInWords(choices.value, boardDigits.value!)}
                      </span>
                    )}
                  </>
                )}
              </p>
            </div>
            <Column phase="backward" lit={lit} />
            <section class="round" aria-label="update">
              <RoundArrows />
              <ol class="equations update" start={steps.value.length}>
                <Equation iteration={now} step={steps.value.at(-1)!} lit={lit} />
              </ol>
            </section>
          </div>
          <Longhand iteration={now} column={columnShown(now)} />
          <div class="board-foot" data-control="legend">
            <Legend />
            <label class="faint">
              <input
                type="checkbox"
                checked={choices.value.isOneScale}
                onChange={({ currentTarget }) => scaleGradients(currentTarget.checked)}
              />{' '}
              one scale for all gradients
            </label>
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

/** The way back to the chapter of the course that led here. */
function BackToChapter() {
  const row = COURSE.find(({ name }) => name === query.value.get('chapter'));
  if (!row) return null;
  return (
    <a class="button" href={hrefOf('learn', { chapter: row.name })}>
      ‹ Chapter {chapterNumber(row.name)}
    </a>
  );
}

/** To somebody who has not been here, and comes to the board as such, the tour opens by itself. */
function welcome(): void {
  if (page.peek() !== 'board') return;
  if (preferredView.peek() === undefined && [...query.peek().keys()].length === 0) void openTour();
}

/** The network in the middle as a file for any drawing program. */
function saveDrawing(): void {
  const drawing = document.querySelector<SVGSVGElement>('.network > svg');
  if (drawing) saveSvg('network.svg', drawing);
}

/** The example that the network in the middle is drawn for: that of the number asked for. */
function columnShown(now: Iteration): number {
  const reference = asked.value;
  if (!choices.value.entry || !reference || !['X', 'Y', 'Z', 'A', 'dZ'].includes(reference.quantity))
    return firstExample(now);
  return Math.min(reference.column, now.m - 1);
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
