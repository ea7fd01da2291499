import { createRandom } from '@longhand/core/maths';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { firstDigits } from '../../state/digits.js';
import { frame } from '../../state/frame.js';
import { areModelsBack } from '../../state/kept.js';
import { lastInk } from '../../state/kept-drawings.js';
import { query } from '../../state/location.js';
import { isOwnName, ownModelNamed } from '../../state/models.js';
import { inform } from '../../state/notifications.js';
import { decodeMarks, encodeMarks } from './address.js';
import { Answer } from './answer.js';
import { canUndo, clear, marks, PENS, type Pen, pen, put, settle, steps, undo } from './drawing-state.js';
import type { Stamp } from './ink.js';
import { KeptDrawings } from './kept-drawings.js';
import { ModelChoice, readWithOwn } from './model-choice.js';
import { Pad } from './pad.js';
import { PhotoChoice } from './photo-choice.js';
import { DEFAULT_MODEL, isShipped, reader, readWithShipped, tellReader } from './prediction-state.js';
import { Several } from './several.js';
import { Stages } from './stages.js';
import { Why } from './why.js';
import './draw.css';

/** Draw a digit, and the network reads it. */
export function Draw() {
  useAddress();
  return (
    <div class="draw">
      <ModelChoice />
      <section class="pad-part" data-part="pad" aria-labelledby="pad-title">
        <h2 id="pad-title">draw a digit</h2>
        <Pad />
        <Tools />
        <PhotoChoice />
        {!frame.value && <KeptDrawings />}
        <p id="pad-keys" class="keys faint" data-control="keys">
          Keys: arrows move the pen, Space draws, Delete clears.
        </p>
      </section>
      <Answer />
      <Why />
      <Several />
      <Stages />
    </div>
  );
}

const NOT_HERE = 'The model of this link is not here. Open its file, or train it again.';

/** Whether the drawing of the last time is back on the pad. */
let isBack = false;

/** Follows the address: the model, the steps that are off, the marks on the pad. */
function useAddress(): void {
  const given = query.value;
  const model = given.get('model');
  const without = given.get('without') ?? '';
  const digit = given.get('digit');
  const ink = digit === null ? given.get('ink') : `d${digit}`;
  const arrived = firstDigits.value;
  const own = isOwnName(model) ? ownModelNamed(model) : undefined;
  // A model of the user's own may be among those that the browser kept.
  const isAwaited = isOwnName(model) && !own && !areModelsBack.value;
  useEffect(() => {
    if (isAwaited) return;
    if (own) readWithOwn(own);
    else if (isShipped(model)) void readWithShipped(model);
    else if (!reader.peek()) void readWithShipped(DEFAULT_MODEL);
    else tellReader();
    if (isOwnName(model) && !own) inform(NOT_HERE);
  }, [model, own?.sha256, isAwaited]);
  useLayoutEffect(() => {
    const off = without.split(',');
    steps.value = {
      ...{ background: !off.includes('background'), marks: !off.includes('marks') },
      ...{ even: !off.includes('even') },
      crop: !off.includes('crop'),
      fit: !off.includes('fit'),
      // Links written before the change of spelling say `centre`.
      center: !off.includes('center') && !off.includes('centre'),
    };
  }, [without]);
  useEffect(() => {
    if (ink === null) {
      // The user comes back from another page: the drawing is still there.
      if (
        marks.peek().length === 0 &&
        lastInk.value &&
        !isBack &&
        (arrived || !lastInk.value.includes('d'))
      ) {
        isBack = true;
        put(decodeMarks(lastInk.value, testDigit));
      } else settle();
      return;
    }
    const told = marks.peek();
    if (ink === encodeMarks(told) || (ink.includes('d') && !arrived)) return;
    put(decodeMarks(ink, testDigit));
  }, [ink, arrived, lastInk.value]);
}

/** A digit of the test set, once the digits are loaded. */
function testDigit(index: number): Stamp | undefined {
  const test = firstDigits.peek()?.test;
  if (!test || index >= test.length) return undefined;
  return { kind: 'stamp', index, label: test.label(index), pixels: test.pixels(index) };
}

const shuffled = createRandom(4, 'test digits');

function Tools() {
  return (
    <div class="tools" data-control="tools">
      <button type="button" disabled={marks.value.length === 0} onClick={clear}>
        Clear
      </button>
      <button type="button" disabled={!canUndo.value} onClick={undo}>
        Undo
      </button>
      <fieldset class="pens">
        <legend class="hidden">Pen</legend>
        {(Object.keys(PENS) as Pen[]).map((name) => (
          <label key={name} class="pen-choice" title={`${name} pen`}>
            <input
              type="radio"
              name="pen"
              class="hidden"
              checked={pen.value === name}
              aria-label={`${name} pen`}
              onChange={() => {
                pen.value = name;
              }}
            />
            <span class={`dot ${name}`} />
          </label>
        ))}
      </fieldset>
      <button type="button" class="test-digit" disabled={!firstDigits.value} onClick={putTestDigit}>
        Show a test digit
      </button>
    </div>
  );
}

/** Shows a random test digit. */
function putTestDigit(): void {
  const index = shuffled.below(firstDigits.peek()!.test.length);
  put([testDigit(index)!]);
}
