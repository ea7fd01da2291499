import { Dataset } from '@longhand/core';
import { computed, signal } from '@preact/signals';
import { computeIteration, type Iteration } from '../../../computations/cycle.js';
import { firstDigits } from '../../../state/digits.js';
import { drawing } from '../../../state/drawing.js';
import { type NamedModel, shippedModel } from '../../../state/models.js';
import { showError } from '../../../state/notifications.js';

/** Test digits to choose from. The first one, a 4, is read as a 9. */
export const CHOICES = [169, 0, 1, 3, 61, 18] as const;

/** The digit of all figures: the index of a test digit, or the one that was drawn. */
export const shown = signal<number | 'own'>(CHOICES[0]);

const model = signal<NamedModel | undefined>(undefined);
let isAsked = false;

/** Fetches the board's network after 500 iterations, once. */
export function openModel(): void {
  if (isAsked) return;
  isAsked = true;
  shippedModel('500').then(
    (opened) => {
      model.value = opened;
    },
    (error) => {
      isAsked = false;
      showError(error);
    },
  );
}

/** The shown digit as a dataset of one example. A drawing nobody named has the label 0. */
const example = computed<Dataset | undefined>(() => {
  const digits = firstDigits.value;
  if (!digits) return undefined;
  const own = drawing.value;
  if (shown.value === 'own' && own?.pixels.length === digits.test.inputs) {
    return new Dataset({ pixels: own.pixels, labels: Uint8Array.of(own.label ?? 0), width: 28, height: 28 });
  }
  const index = shown.value === 'own' ? CHOICES[0] : shown.value;
  return digits.test.slice(index, index + 1);
});

/** Whether the shown digit is a drawing that nobody has named. */
export const isUnnamed = computed(() => shown.value === 'own' && drawing.value?.label === undefined);

/** The pixels of the shown digit, as bytes. */
export const pixels = computed(() => example.value?.pixels(0));

/** The shown digit, read by the board's network. */
export const reading = computed<Iteration | undefined>(() => {
  const [opened, dataset] = [model.value, example.value];
  if (!opened || !dataset) return undefined;
  return computeIteration(opened.network, { dataset, indices: [0], pixelScale: opened.record.pixelScale });
});

/** Several test digits in a row, read by the board's network. */
export function readSeveral(first: number, m: number): Iteration | undefined {
  const [opened, digits] = [model.value, firstDigits.value];
  if (!opened || !digits) return undefined;
  const indices = Array.from({ length: m }, (_, k) => (first + k) % digits.test.length);
  return computeIteration(opened.network, {
    dataset: digits.test,
    indices,
    pixelScale: opened.record.pixelScale,
  });
}

/** How the network reads the shown digit. */
export function answerOf({ computed: { A }, examples: { dataset, indices } }: Iteration) {
  const { data } = A.at(-1)!;
  const answer = data.indexOf(Math.max(...data));
  const label = dataset.label(indices[0]!);
  return { answer, label, probabilities: data };
}
