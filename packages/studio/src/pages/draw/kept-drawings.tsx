import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { DrawingList } from '../../components/drawing-list.js';
import { bringDrawingsBack, drawings, keepDrawing, keepPad } from '../../state/kept-drawings.js';
import { hrefOf, query } from '../../state/location.js';
import { encodeMarks } from './address.js';
import { marks } from './drawing-state.js';

let starting: Promise<void> | undefined;

/** Brings the kept drawings back, and keeps what is on the pad. It does so once. */
function keepDrawings(): Promise<void> {
  starting ??= bringDrawingsBack().then(() => {
    let first = true;
    effect(() => {
      const ink = encodeMarks(marks.value);
      if (first) {
        first = false;
        if (ink === undefined) return;
      }
      // The pen moves many times a second: what rests is kept.
      const timer = setTimeout(() => keepPad(ink), REST_MS);
      return () => clearTimeout(timer);
    });
  });
  return starting;
}
const REST_MS = 500;

/** The drawings that the user has kept, and a button that keeps the one on the pad. */
export function KeptDrawings() {
  useEffect(() => void keepDrawings(), []);
  const ink = encodeMarks(marks.value);
  return (
    <div class="kept-drawings">
      <button type="button" disabled={ink === undefined} onClick={() => keepDrawing(ink!)}>
        Keep this drawing
      </button>
      {drawings.value.length > 0 && <DrawingList addressOf={addressOf} />}
    </div>
  );
}

/** The address of this page with other ink: its model stays. */
function addressOf(ink: string): string {
  const next = new URLSearchParams(query.value);
  next.delete('digit');
  next.set('ink', ink);
  return hrefOf('draw', next);
}
