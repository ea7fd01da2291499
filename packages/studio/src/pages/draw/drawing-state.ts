import { DataError } from '@longhand/core';
import { type FramedDigit, type FrameSteps, frameDigit } from '@longhand/core/pictures';
import { computed, effect, signal } from '@preact/signals';
import { drawing } from '../../state/drawing.js';
import { changeQuery } from '../../state/location.js';
import { encodeMarks } from './address.js';
import { type Mark, pictureOf } from './ink.js';

/** Widths of the pen, in the pad's units: a twentieth, a fourteenth and a tenth of its side. */
export const PENS = { fine: 7, medium: 10, broad: 14 } as const;
export type Pen = keyof typeof PENS;

export const pen = signal<Pen>('medium');
/** What lies on the pad. */
export const marks = signal<readonly Mark[]>([]);
/** What lay there before, the latest last. */
const past = signal<readonly (readonly Mark[])[]>([]);
export const canUndo = computed(() => past.value.length > 0);
/** Which steps of framing are carried out. */
export const steps = signal<Required<FrameSteps>>({ crop: true, fit: true, center: true });
/** What the drawing was meant to be, as soon as somebody says so. */
const meant = signal<number | undefined>(undefined);

/** The drawing on its way into the frame; `undefined` as long as there is no ink to speak of. */
export const framed = computed<FramedDigit | undefined>(() => {
  if (marks.value.length === 0) return undefined;
  try {
    return frameDigit(pictureOf(marks.value), 'the drawing', steps.value);
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
});

// Other pages take the drawing as one of their digits.
effect(() => {
  const label = meant.value;
  drawing.value = framed.value && {
    pixels: framed.value.pixels,
    ...(label === undefined ? {} : { label }),
  };
});

/** Begins a change that *Undo* takes back as a whole. */
export function remember(): void {
  past.value = [...past.peek(), marks.peek()];
}

/** Shows other marks, in the midst of a change. */
export function show(next: readonly Mark[]): void {
  marks.value = next;
  const [only] = next;
  meant.value = next.length === 1 && only?.kind === 'stamp' ? only.label : undefined;
}

/** Says what the drawing is meant to be. */
export function mean(digit: number | undefined): void {
  meant.value = digit;
}

/** Ends a change: the address tells what lies on the pad now. */
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

/** Bares the pad; *Undo* brings the drawing back. */
export function clear(): void {
  if (marks.peek().length === 0) return;
  put([]);
}

/** Puts other marks in the place of those on the pad. */
export function put(next: readonly Mark[]): void {
  remember();
  show(next);
  settle();
}
