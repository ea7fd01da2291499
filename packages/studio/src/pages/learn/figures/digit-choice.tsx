import { useEffect, useRef } from 'preact/hooks';
import { Digit } from '../../../components/digit.js';
import { useRoving } from '../../../components/use-roving.js';
import { firstDigits } from '../../../state/digits.js';
import { drawing } from '../../../state/drawing.js';
import { CHOICES, openModel, shown } from './reading.js';
import './digit-choice.css';

/** A row of digits: the one that is pressed is shown in all figures. */
export function DigitChoice() {
  const row = useRef<HTMLFieldSetElement>(null);
  useRoving(row);
  useEffect(openModel, []);
  const test = firstDigits.value?.test;
  const own = drawing.value;
  return (
    <fieldset class="digit-choice" ref={row}>
      <legend class="hidden">Choose a digit</legend>
      {CHOICES.map((index) => (
        <button
          key={index}
          type="button"
          aria-pressed={shown.value === index}
          aria-label={test ? `a ${test.label(index)}, test digit ${index}` : `test digit ${index}`}
          onClick={() => {
            shown.value = index;
          }}
        >
          {test && <Digit pixels={test.pixels(index)} side={32} />}
        </button>
      ))}
      {own && (
        <button
          type="button"
          aria-pressed={shown.value === 'own'}
          aria-label="your own digit"
          onClick={() => {
            shown.value = 'own';
          }}
        >
          <Digit pixels={own.pixels} side={32} />
        </button>
      )}
    </fieldset>
  );
}
