import { useEffect } from 'preact/hooks';
import { ModelMenu } from '../../components/model-menu.js';
import { Term } from '../../components/term.js';
import { digits, loadAll, loading, ownDigits } from '../../state/digits.js';
import { backToMnist } from '../../state/file-actions.js';
import { count, shareOfMany } from '../../text.js';
import { choices, choose } from './choices.js';
import { ClassTable } from './classes.js';
import { Confusion, ConfusionScale } from './confusion.js';
import { asking, chooseModel, model, modelChoice, view, watch, whyAnother } from './examine-state.js';
import { Filters } from './filters.js';
import { Gallery } from './gallery.js';
import { WorstMistakes } from './mistakes.js';
import { OpenCard } from './open-card.js';
import { Reliability } from './reliability.js';
import './examine.css';

/** All digits, and how a network reads them. */
export function Examine() {
  useEffect(watch, []);
  return (
    <div class="examine">
      <section class="over" data-control="model" aria-label="Network and digits">
        <ModelMenu label="model" choice={modelChoice.value} model={model.value} choose={chooseModel} />
        <SetChoice />
        <Figures />
        <AnotherModel />
        <Arrival />
      </section>
      <section class="matrix" data-part="confusion" aria-labelledby="matrix-title">
        <h2 id="matrix-title">
          <Term name="confusion">confusion matrix</Term>
        </h2>
        <Confusion />
        <ConfusionScale />
        <p class="faint note">
          Each square counts the digits of its row that were read as its column, and shows the one read so
          with the highest probability. Press a square to see its digits in the gallery.
        </p>
      </section>
      <section class="gallery" id="gallery" data-part="gallery" aria-labelledby="gallery-title">
        <h2 id="gallery-title">gallery</h2>
        <Filters />
        <Gallery />
      </section>
      <WorstMistakes />
      <ClassTable />
      <Reliability />
      <OpenCard />
    </div>
  );
}

/** That the model of the address is missing, or does not fit, and which one is shown. */
function AnotherModel() {
  if (whyAnother.value === undefined) return null;
  return (
    <p class="red another-model" role="status">
      {whyAnother.value} {model.value && `Below you see “${model.value.name}” instead.`}
    </p>
  );
}

function SetChoice() {
  const now = digits.value;
  const { set } = choices.value;
  return (
    <fieldset class="verdicts sets">
      <legend class="hidden">Set</legend>
      {(['test', 'training'] as const).map((name) => (
        <label key={name}>
          <input
            type="radio"
            name="set"
            class="hidden"
            checked={set === name}
            onChange={() => choose({ set: name })}
          />
          <span>
            {name} set {now && <span class="figures faint">{count(now[name].length)}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Accuracy, balanced accuracy, mistakes and loss on the whole set. */
function Figures() {
  const answers = view.value?.answers;
  const length = answers?.dataset.length ?? 0;
  const wrong = length - (answers?.correct ?? 0);
  return (
    <dl class="figures-line" aria-busy={asking.value}>
      <div>
        <dt>
          <Term name="accuracy">accuracy</Term>
        </dt>
        <dd class="figures">{answers ? shareOfMany(answers.correct / length, 2) : '–'}</dd>
      </div>
      <div title="The mean recall of the classes: each class counts the same, however many examples it has.">
        <dt>
          <Term name="balanced-accuracy">balanced accuracy</Term>
        </dt>
        <dd class="figures">{answers ? shareOfMany(answers.balancedAccuracy, 2) : '–'}</dd>
      </div>
      <div>
        <dt>mistakes</dt>
        <dd class="figures">{answers ? count(wrong) : '–'}</dd>
      </div>
      <div>
        <dt>
          <Term name="J">loss</Term> in <Term name="nats">nats</Term>
        </dt>
        <dd class="figures">{answers ? answers.loss.toFixed(4) : '–'}</dd>
      </div>
    </dl>
  );
}

/** Which data are loaded, what is missing, and what the page is waiting for. */
function Arrival() {
  const own = ownDigits.value;
  const now = loading.value;
  return (
    <div class={own || now.state === 'failed' ? 'arrival' : 'arrival passing'}>
      {own ? (
        <p>
          Your data: <b>{own.name}</b>, {own.training.width} × {own.training.height} pixels,{' '}
          {own.training.classNames.length} classes.{' '}
          {model.value === null && 'No model here fits them. Train one on the Train page, then come back. '}
          <button type="button" class="quiet" onClick={backToMnist}>
            Back to MNIST
          </button>
        </p>
      ) : now.state === 'loading' ? (
        <label>
          2,000 digits loaded, 68,000 to come <progress value={now.loaded} max={now.total} />
        </label>
      ) : now.state === 'failed' ? (
        <p class="red">
          {now.message}{' '}
          <button type="button" class="quiet" onClick={() => void loadAll()}>
            Try again
          </button>
        </p>
      ) : (
        <p class="faint">{asking.value ? 'The network is reading the digits …' : ''}</p>
      )}
    </div>
  );
}
