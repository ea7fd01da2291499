import { formatNumber } from '@longhand/core/explain';
import type { ComponentChildren } from 'preact';
import { Term } from '../../components/term.js';
import type { TermName } from '../../glossary/terms.js';
import { loading } from '../../state/digits.js';
import type { Run } from '../../state/run.js';
import { diagnosisOf, examplesOf, examplesPerStepOf, rateOf } from '../../state/run-figures.js';
import { clock, count, percent } from '../../text.js';

/** The current numbers of the run, in large figures. */
export function Figures({ run }: { run: Run | undefined }) {
  const step = run?.step.value;
  const dev = run?.dev.value;
  const examples = run && examplesOf(run);
  const diagnosis = run && diagnosisOf(run);
  const trained = run?.trained.value;
  const rate = run?.step.value ? rateOf(run) : undefined;
  const left =
    step && rate && run && ['running', 'paused'].includes(run.state.value)
      ? (step.iterations - step.iteration) / rate
      : undefined;
  return (
    <dl class="figures-row">
      <Big name="iteration" term="iteration" below={step ? `of ${count(step.iterations)}` : ' '}>
        {step ? count(step.iteration) : '–'}
      </Big>
      <Big name="loss" term="J" below="nats">
        {step ? formatNumber(step.loss, 3) : '–'}
      </Big>
      <Big name="training" term="training" below={examples ? `of ${count(examples)}` : ' '}>
        {step ? percent(step.accuracy) : '–'}
      </Big>
      <Big name="dev" term="dev" below={dev ? `of ${count(dev.examples)}` : ' '} tone="red">
        {dev ? percent(dev.accuracy) : '–'}
      </Big>
      <Big
        name="test"
        term="test"
        below={trained?.test ? `of ${count(trained.test.examples)}` : trained ? 'not opened' : 'at the end'}
        tone={diagnosis?.hasLearned === false ? 'red' : 'green'}
      >
        {trained?.test ? percent(trained.test.accuracy, 2) : '–'}
      </Big>
      <Big
        name="speed"
        below={rate ? `${millions(rate * (run ? examplesPerStepOf(run) : 0))} digits/s` : ' '}
      >
        {rate ? (rate < 10 ? rate.toFixed(1) : count(rate)) : '–'}
        <span class="unit"> steps/s</span>
      </Big>
      <Big
        name="time left"
        below={
          run?.threads.value ? `${run.threads.value} ${run.threads.value === 1 ? 'thread' : 'threads'}` : ' '
        }
      >
        {left === undefined ? '–' : clock(left)}
      </Big>
    </dl>
  );
}

function Big({
  name,
  below,
  tone = '',
  term,
  children,
}: {
  term?: TermName;
  name: string;
  below: string;
  tone?: string;
  children: ComponentChildren;
}) {
  return (
    <div>
      <dt class="pen">{term ? <Term name={term}>{name}</Term> : name}</dt>
      <dd>
        <span class={`big figures ${tone}`}>{children}</span>
        <span class="below pen">{below === 'nats' ? <Term name="nats">{below}</Term> : below}</span>
      </dd>
    </div>
  );
}

/** 3,321,000 → `3.32 M`. */
function millions(value: number): string {
  return value < 1e5 ? count(value) : `${(value / 1e6).toFixed(2)} M`;
}

/** The progress of loading the digits. */
export function LoadingBar() {
  const now = loading.value;
  if (now.state === 'ready' || now.state === 'waiting') return null;
  if (now.state === 'failed') return <p class="red">{now.message}</p>;
  return (
    <p class="loading faint">
      <progress value={now.loaded} max={now.total} aria-label="Loading the digits" /> loading the 70,000
      digits: {(now.loaded / 1e6).toFixed(1)} of {(now.total / 1e6).toFixed(1)} MB
    </p>
  );
}
