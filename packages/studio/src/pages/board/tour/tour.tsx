import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { changeQuery, hrefOf, query } from '../../../state/location.js';
import { iteration, steps } from '../board-state.js';
import { bringToView } from '../bring-to-view.js';
import { ExampleText } from '../goal.js';
import { stepNumbers } from '../steps.js';
import { closeTour } from '../tour-state.js';
import { preferredView, preferView } from '../view-preference.js';
import { CARDS, type Card, NARROW } from './cards.js';
import { type Box, placeBeside } from './place-beside.js';
import './tour.css';

/**
 * A few cards over the live board. Each one brings the board to the step that it tells about; at the
 * end, the board is where it was. The page stays usable meanwhile.
 */
export function Tour() {
  const [number, setNumber] = useState(0);
  const [places, setPlaces] = useState<{ card: Box; lit: Box | undefined }>();
  const card = useRef<HTMLDivElement>(null);
  const before = useRef(query.peek());
  const shown = CARDS[number]!;
  const home = (innerWidth <= NARROW && shown.atNarrow) || shown.at;
  const now = iteration.value!;

  useEffect(() => {
    showStep(shown.step);
    // The board is drawn again, and scrolls to the step, before the card knows where its place is.
    const later = setTimeout(() => {
      const element = document.querySelector(home);
      // It may be in the sheet below, which scrolls by itself.
      element?.scrollIntoView({ block: 'nearest' });
      if (element) bringToView(element);
      place();
      card.current?.focus();
    }, 60);
    addEventListener('scroll', place, { passive: true });
    addEventListener('resize', place);
    return () => {
      clearTimeout(later);
      removeEventListener('scroll', place);
      removeEventListener('resize', place);
    };

    function place() {
      const thing = document.querySelector(home)?.getBoundingClientRect();
      const size = card.current?.getBoundingClientRect();
      if (size) setPlaces(placeBeside(thing, size, { width: innerWidth, height: innerHeight }));
    }
  }, [number]);

  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') end();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  function end(): void {
    if (preferredView.peek() === undefined) preferView('steps');
    restore(before.current);
    closeTour();
    document.querySelector<HTMLElement>('.step-buttons .main')?.focus();
  }

  const isLast = number === CARDS.length - 1;
  const { card: at, lit } = places ?? {};
  return (
    <>
      {lit && <div class="tour-frame" aria-hidden="true" style={styleOf(lit)} />}
      <div
        class="tour sheet"
        role="dialog"
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        tabIndex={-1}
        ref={card}
        style={at ? { left: `${at.left}px`, top: `${at.top}px` } : { opacity: 0 }}
      >
        <h2 id="tour-title">{shown.title}</h2>
        <div id="tour-text">
          {shown.text.map((text) => (
            <p key={text}>{text}</p>
          ))}
          {number === 0 && (
            <p>
              <ExampleText iteration={now} /> In {steps.value.length} steps the network reads it, and learns
              from it.
            </p>
          )}
          {number === 0 && (
            <p>
              New to all this? <a href={hrefOf('learn')}>Learn</a> begins with a single weight.
            </p>
          )}
        </div>
        <div class="tour-buttons">
          <span class="faint figures">
            {number + 1} of {CARDS.length}
          </span>
          {!isLast && (
            <button type="button" class="quiet" onClick={end}>
              Skip the tour
            </button>
          )}
          {number > 0 && (
            <button type="button" onClick={() => setNumber(number - 1)}>
              Go back
            </button>
          )}
          <button type="button" class="main" onClick={() => (isLast ? end() : setNumber(number + 1))}>
            {isLast ? 'Start' : 'Go on'}
          </button>
        </div>
      </div>
    </>
  );
}

function styleOf({ left, top, width, height }: Box) {
  return { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` };
}

/** Shows the board at a step, step by step, with its other choices as they are. */
function showStep(step: Card['step']): void {
  const layers = iteration.peek()!.network.layers.length;
  const number = {
    last: steps.peek().length,
    answer: stepNumbers(layers, layers).A,
    error: stepNumbers(layers, layers).dZ,
  };
  const at = typeof step === 'number' ? step : number[step];
  changeQuery({ show: 'steps', step: at, entry: undefined, at: undefined });
}

/** Restores the address before the tour, where the board is still the page. */
function restore(wanted: URLSearchParams): void {
  const keys = new Set([...query.peek().keys(), ...wanted.keys()]);
  changeQuery(Object.fromEntries([...keys].map((key) => [key, wanted.get(key) ?? undefined])));
}
