import { useEffect, useRef } from 'preact/hooks';
import { Digit } from '../../components/digit.js';
import { Probabilities } from '../../components/probabilities.js';
import { useRoving } from '../../components/use-roving.js';
import { loading } from '../../state/digits.js';
import { announce } from '../../state/notifications.js';
import { count, percent, probability, withArticle } from '../../text.js';
import { framed, marks } from './drawing-state.js';
import {
  chosenOutput,
  classNames,
  neighbors,
  output,
  probabilities,
  problem,
  reader,
  verdict,
} from './prediction-state.js';
import { canTeach, lesson, type ShownLesson, teach, teaching } from './teach.js';

/** How long the pen must rest before a screen reader says the answer, in ms. */
const SPEAK_MS = 600;
/** Where the scale of the distance ends. */
const MAX_UNLIKENESS = 1.5;

/** The answer in red, how sure it is, and the probabilities of all classes. */
export function Answer() {
  const now = verdict.value;
  const names = classNames.value;
  const doubted = now && now.confidence !== 'sure';
  const said = now ? `It reads ${names[now.answer]}. ${now.sentence}` : problem.value;
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => announce(said), SPEAK_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <section class="answer-part" data-part="pad" aria-labelledby="answer-title">
      <h2 id="answer-title">the answer</h2>
      <div class="verdict">
        {now ? (
          <>
            <p class={`big pen red ${names[now.answer]!.length > 2 ? 'long' : ''}`}>
              {names[now.answer]}
              {doubted && <span class="question">?</span>}
            </p>
            <p class={doubted ? 'sentence doubted' : 'sentence'}>{now.sentence}</p>
          </>
        ) : (
          <p class={problem.value ? 'sentence doubted' : 'sentence faint'}>{problem.value ?? waitingFor()}</p>
        )}
      </div>
      <Probabilities
        names={names}
        probabilities={probabilities.value}
        answer={now?.answer}
        label="Probability of each digit"
        choice={{
          chosen: output.value,
          choose: (k) => {
            chosenOutput.value = k === now?.answer || k === chosenOutput.peek() ? undefined : k;
          },
          action: 'show which pixels support it',
        }}
      />
      <Nearest />
      <Teach />
    </section>
  );
}

function waitingFor(): string {
  if (!reader.value) return 'Loading the network …';
  if (marks.value.length > 0 && !framed.value) return 'There is too little ink to read.';
  return 'Nothing yet. Draw a digit, and the network reads it while you draw.';
}

/** The most similar real digits, and how far the drawing is from them. */
function Nearest() {
  const found = neighbors.value;
  const share = Math.min(1, (found?.distance ?? 0) / MAX_UNLIKENESS);
  return (
    <div class="nearest" data-control="nearest">
      <h3 id="nearest-title">most similar real digits</h3>
      <div class="nearest-line">
        <ul aria-labelledby="nearest-title">
          {Array.from({ length: 5 }, (_, k) => {
            const neighbor = found?.nearest[k];
            return (
              <li key={k}>
                {neighbor && (
                  <Digit pixels={neighbor.pixels} label={withArticle(neighbor.label)} class="fill" />
                )}
              </li>
            );
          })}
        </ul>
        <div
          class="likeness"
          role="img"
          aria-label={
            found
              ? `Distance from real digits: ${found.distance.toFixed(2)}. Most real digits are below 1.`
              : 'Distance from real digits: nothing to compare yet'
          }
        >
          <div class="scale">
            {found && (
              <span
                class={found.distance > 1 ? 'needle beyond' : 'needle'}
                style={{ left: `${100 * share}%` }}
              />
            )}
          </div>
          <p class="ends" aria-hidden="true">
            <span>similar</span>
            <span>
              different<span class="pen red">*</span>
            </span>
          </p>
        </div>
      </div>
    </div>
  );
}

/** Buttons to correct the answer and train on the correction. */
function Teach() {
  const given = lesson.value;
  const answer = verdict.value?.answer;
  const possible = canTeach.value;
  const names = Array.from({ length: 10 }, (_, digit) => digit);
  const digits = useRef<HTMLDivElement>(null);
  useRoving(digits);
  return (
    <div class="teach" data-control="teach">
      <fieldset class="teach-line">
        <legend class="pen faint">wrong? it is a</legend>
        <div ref={digits} class="teach-digits">
          {names.map((digit) => (
            <button
              type="button"
              key={digit}
              class={teaching.value?.digit === digit ? 'busy' : ''}
              aria-label={`It is ${withArticle(digit)}: teach it`}
              disabled={!possible || (digit === answer && verdict.value?.confidence === 'sure')}
              onClick={() => teach(digit)}
            >
              {digit}
            </button>
          ))}
        </div>
      </fieldset>
      <div class="lesson" aria-live="polite">
        {teaching.value ? (
          <p class="faint">{progressOf(teaching.value)}</p>
        ) : given ? (
          <LessonText {...given} />
        ) : (
          <p class="faint">
            Press the right digit. The network learns your drawing, and its answers to real digits stay.
          </p>
        )}
      </div>
    </div>
  );
}

function progressOf({ digit, share }: { readonly digit: number; readonly share: number }): string {
  const now = loading.value;
  if (now.state === 'loading') return `Loading the 70,000 digits: ${percent(now.loaded / now.total, 0)} …`;
  return `Teaching your drawing as ${withArticle(digit)}: ${percent(share, 0)} …`;
}

function LessonText({ outcome, digit, pictures, dev, test, takeBack }: ShownLesson) {
  const effect = test ?? dev;
  const { before, after } = pictures[0]!;
  const [was, now] = [before, after].map(({ probabilities }) => probability(probabilities[digit]!));
  const digits = effect && (test ? `all ${count(effect.after.examples)} test digits` : 'other digits');
  const accuracy = effect && (
    <>
      {percent(effect.before.accuracy, 2)} → <b>{percent(effect.after.accuracy, 2)}</b> right
    </>
  );
  if (outcome === 'known')
    return (
      <p>
        It reads {withArticle(digit)} already: {was}. There is nothing to teach.
      </p>
    );
  if (outcome === 'refused') {
    return (
      <p>
        <span class="red">Not taught</span>: it would cost too much.{' '}
        {effect && (
          <>
            On {digits}: {accuracy}.
          </>
        )}
      </p>
    );
  }
  return (
    <p>
      <span class="green">It now reads {withArticle(digit)}</span>: {was} → <b>{now}</b>. On {digits}:{' '}
      {accuracy}. {outcome === 'weakened' && 'A stronger lesson would lower that. '}
      <button type="button" class="take-back" onClick={takeBack}>
        Undo the training
      </button>
    </p>
  );
}
