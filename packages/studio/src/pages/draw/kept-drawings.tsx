import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { forget, type KeptDrawing, keep, keptOf } from '../../state/kept.js';
import { hrefOf, query } from '../../state/location.js';
import { encodeMarks } from './address.js';
import { marks } from './drawing-state.js';

/** A drawing in the list, with its place in the order. */
interface Listed extends KeptDrawing {
  readonly id: string;
  readonly at: number;
}

/** The id of the drawing that is on the pad: it comes back when the page is opened again. */
const ON_PAD = 'on the pad';
const drawings = signal<readonly Listed[]>([]);
/** What was on the pad when the page was closed. */
export const lastInk = signal<string | undefined>(undefined);

let starting: Promise<void> | undefined;

/** Brings the kept drawings back, and keeps what is on the pad. It does so once. */
function keepDrawings(): Promise<void> {
  starting ??= start();
  return starting;
}

async function start(): Promise<void> {
  const items = await keptOf<KeptDrawing>('drawing');
  const all = items.map(({ id, changed, value }) => ({ ...value, id, at: changed }));
  drawings.value = all.filter(({ id }) => id !== ON_PAD);
  lastInk.value = all.find(({ id }) => id === ON_PAD)?.ink;
  let first = true;
  effect(() => {
    const ink = encodeMarks(marks.value);
    if (first) {
      first = false;
      if (ink === undefined) return;
    }
    // The pen moves many times a second: what rests is kept.
    const timer = setTimeout(() => {
      if (ink === undefined) void forget('drawing', ON_PAD);
      else keep('drawing', ON_PAD, { name: ON_PAD, ink });
    }, REST_MS);
    return () => clearTimeout(timer);
  });
}
const REST_MS = 500;

/** The drawings that the user has kept, and a button that keeps the one on the pad. */
export function KeptDrawings() {
  useEffect(() => void keepDrawings(), []);
  const ink = encodeMarks(marks.value);
  return (
    <div class="kept-drawings">
      <button type="button" disabled={ink === undefined} onClick={() => keepThis(ink!)}>
        Keep this drawing
      </button>
      {drawings.value.length > 0 && (
        <ul class="kept-drawings-list" aria-label="Your drawings">
          {drawings.value.map((one) => (
            <li key={one.id} class="kept-drawing">
              <a href={addressOf(one.ink)} aria-label={`Show the drawing ${one.name}`}>
                Show
              </a>
              <input
                class="kept-drawing-name"
                value={one.name}
                aria-label={`Name of the drawing ${one.name}`}
                onChange={({ currentTarget }) => rename(one, currentTarget.value)}
              />
              <button
                type="button"
                class="quiet"
                aria-label={`Delete the drawing ${one.name}`}
                onClick={() => remove(one)}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
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

function keepThis(ink: string): void {
  const taken = new Set(drawings.peek().map(({ name }) => name));
  let number = drawings.peek().length + 1;
  while (taken.has(`drawing ${number}`)) number++;
  const value = { name: `drawing ${number}`, ink };
  const id = `${Date.now().toString(36)}-${number}`;
  drawings.value = [...drawings.peek(), { ...value, id, at: keep('drawing', id, value) }];
}

function rename(one: Listed, wanted: string): void {
  const name = wanted.trim() || one.name;
  keep('drawing', one.id, { name, ink: one.ink }, one.at);
  drawings.value = drawings.peek().map((other) => (other.id === one.id ? { ...one, name } : other));
}

function remove(one: Listed): void {
  drawings.value = drawings.peek().filter(({ id }) => id !== one.id);
  void forget('drawing', one.id);
}
