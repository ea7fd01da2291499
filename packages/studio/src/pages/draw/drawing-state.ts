import { DataError } from '@longhand/core';
import { type FramedDigit, type FrameSteps, frameDigit, frameInk } from '@longhand/core/pictures';
import { computed, effect, signal } from '@preact/signals';
import { drawing } from '../../state/drawing.js';
import { changeQuery } from '../../state/location.js';
import { encodeMarks } from './address.js';
import { type Mark, pictureOf } from './ink.js';
import { chosenMark, photo } from './several-state.js';

/** Widths of the pen, in the pad's units: 1/20, 1/14 and 1/10 of its side. */
export const PENS = { fine: 7, medium: 10, broad: 14 } as const;
export type Pen = keyof typeof PENS;

/** Every step of framing. */
const ALL_STEPS = {
  ...{ background: true, marks: true, crop: true, fit: true, center: true, even: true },
} satisfies Required<FrameSteps>;

export const pen = signal<Pen>('medium');
/** What is on the pad. */
export const marks = signal<readonly Mark[]>([]);
/** What was on the pad before each change, the latest last. */
const past = signal<readonly (readonly Mark[])[]>([]);
export const canUndo = computed(() => past.value.length > 0);
/** Which steps of framing are on. */
export const steps = signal<Required<FrameSteps>>(ALL_STEPS);
/** The right class of the drawing, once it is known. */
const meant = signal<number | undefined>(undefined);

/**
 * The drawing, framed as an MNIST digit; of several digits, the chosen one. `undefined` as long as there is too little
 * ink.
 */
export const framed = computed<FramedDigit | undefined>(() => {
  const one = chosenMark.value?.framed ?? photo.value?.framed;
  // As the command frames it, unless a step is off.
  if (one && Object.values(steps.value).every(Boolean)) return one;
  if (chosenMark.value) return frameInk(chosenMark.value.framed.ink, steps.value);
  const shown = photo.value;
  if (!shown && marks.value.length === 0) return undefined;
  try {
    return frameDigit(shown?.picture ?? pictureOf(marks.value), 'the drawing', steps.value);
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
});

// Other pages use the drawing as one of their digits.
effect(() => {
  const label = meant.value;
  drawing.value = framed.value && {
    pixels: framed.value.pixels,
    ...(label === undefined ? {} : { label }),
  };
});

/** Starts a change that *Undo* takes back as a whole. */
export function remember(): void {
  past.value = [...past.peek(), marks.peek()];
}

/** Shows other marks while a change goes on. */
export function show(next: readonly Mark[]): void {
  marks.value = next;
  const [only] = next;
  meant.value = next.length === 1 && only?.kind === 'stamp' ? only.label : undefined;
}

/** Sets the right class of the drawing. */
export function mean(digit: number | undefined): void {
  meant.value = digit;
}

/** Ends a change: the address contains what is on the pad now. */
export function settle(): void {
  const [only] = marks.peek();
  const digit = marks.peek().length === 1 && only?.kind === 'stamp' ? only.index : undefined;
  changeQuery({ digit, ink: digit === undefined ? encodeMarks(marks.peek()) : undefined });
}

export function undo(): void {
  const before = past.peek().at(-1);
  if (!before) return;
  past.value = past.peek().slice(0, -1);
  show(before);
  settle();
}

/** Clears the pad. *Undo* brings the drawing back. */
export function clear(): void {
  if (marks.peek().length === 0) return;
  put([]);
}

/** Replaces the marks on the pad. */
export function put(next: readonly Mark[]): void {
  remember();
  show(next);
  settle();
}
