import { layerSizes } from '@longhand/core';
import { useEffect, useRef } from 'preact/hooks';
import { ColorScale } from '../../components/color-scale.js';
import { Digit } from '../../components/digit.js';
import { Probabilities } from '../../components/probabilities.js';
import { Term } from '../../components/term.js';
import { hrefOf } from '../../state/location.js';
import { boardNameOf } from '../../state/models.js';
import { probability } from '../../text.js';
import { type DigitPlace, placeText } from './address.js';
import { choices, choose } from './choices.js';
import { model as chosenModel, selection, type View, view } from './examine-state.js';

/** The digit that the address names, enlarged, with all its probabilities. */
export function OpenCard() {
  const dialog = useRef<HTMLDialogElement>(null);
  const { digit } = choices.value;
  const now = view.value;
  const shown = now && digit && digit.set === now.set && digit.index < now.dataset.length ? digit : undefined;
  const isOpen = shown !== undefined;
  useEffect(() => {
    if (isOpen) dialog.current!.showModal();
    else dialog.current!.close();
  }, [isOpen]);
  useEffect(() => {
    const element = dialog.current!;
    element.addEventListener('keydown', turnByKey);
    return () => element.removeEventListener('keydown', turnByKey);
  }, []);
  return (
    <dialog
      ref={dialog}
      class="open-card sheet"
      aria-labelledby="open-card-title"
      closedby="any"
      onClose={() => choose({})}
    >
      {now && shown && <Card now={now} digit={shown} />}
    </dialog>
  );
}

/** Opens the digit before or after the open one in the gallery. */
function turn(step: -1 | 1): void {
  const { digit } = choices.peek();
  const places = selection.peek();
  const at = digit ? places.indexOf(digit.index) : -1;
  const next = at < 0 ? undefined : places[at + step];
  if (digit && next !== undefined) choose({ digit: { set: digit.set, index: next } });
}

const ARROWS: Readonly<Record<string, -1 | 1>> = { ArrowLeft: -1, ArrowRight: 1 };

function turnByKey({ key }: KeyboardEvent): void {
  const step = ARROWS[key];
  if (step) turn(step);
}

function Card({ now, digit }: { readonly now: View; readonly digit: DigitPlace }) {
  const { dataset, answers, model } = now;
  const { classNames, width, height } = dataset;
  const { set, index } = digit;
  const label = dataset.label(index);
  const answer = answers?.answers[index];
  const places = selection.value;
  const at = places.indexOf(index);
  return (
    <div class="content">
      <div class="heading">
        <h2 id="open-card-title">
          {set} digit {index}
        </h2>
        <form method="dialog">
          <button type="submit" class="quiet" aria-label="Close">
            ✕
          </button>
        </form>
      </div>
      <div class="picture">
        <Digit
          pixels={dataset.pixels(index)}
          width={width}
          height={height}
          class="large"
          label={`Digit with the label ${classNames[label]}`}
        />
        <ColorScale hue="ink" scale={1} />
      </div>
      <div class="said">
        <p class="verdict">
          Label <b class="pen">{classNames[label]}</b>
          {answers && answer !== undefined && (
            <>
              , read as <b class={`pen ${answer === label ? 'green' : 'red'}`}>{classNames[answer]}</b>
              <span class="faint figures"> {probability(answers.confidences[index]!)}</span>
            </>
          )}
        </p>
        {answers && (
          <div class="list">
            <Probabilities
              names={classNames}
              probabilities={answers.probabilities.subarray(
                index * classNames.length,
                (index + 1) * classNames.length,
              )}
              answer={answer}
              label="Probability of each class"
            />
          </div>
        )}
        {answers && (
          <p class="faint figures">
            <Term name="J">loss</Term> {answers.losses[index]!.toFixed(3)} <Term name="nats">nats</Term>
            {model && ` · ${layerSizes(model.network).join(' → ')}`}
          </p>
        )}
      </div>
      <div class="foot">
        <button type="button" disabled={at <= 0} onClick={() => turn(-1)}>
          Previous{' '}
        </button>
        <button type="button" disabled={at < 0 || at + 1 >= places.length} onClick={() => turn(1)}>
          Next
        </button>
        <a
          class="button"
          href={hrefOf('board', {
            net: boardNameOf(now.model ?? chosenModel.value ?? undefined),
            digit: placeText(digit),
          })}
        >
          Show every number on the Board
        </a>
      </div>
    </div>
  );
}
