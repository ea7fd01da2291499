import type { Lesson } from '@longhand/core/training';
import { computed, signal } from '@preact/signals';
import { allDigits, type Digits, loadAll, loading, ownDigits } from '../../state/digits.js';
import { addModel, type NamedModel, nameModel, ownModels, removeModel } from '../../state/models.js';
import { showError } from '../../state/notifications.js';
import { withArticle } from '../../text.js';
import { packNetwork, unpackNetwork } from '../../workers/network-message.js';
import { TrainingWorker } from '../../workers/training-worker.js';
import { framed, mean } from './drawing-state.js';
import { reader, readerChoice, readWith, tellReader } from './prediction-state.js';

/** The result of teaching one drawing. */
export interface ShownLesson extends Omit<Lesson, 'model'> {
  readonly digit: number;
  /** The model that reads after the lesson. */
  readonly model: NamedModel;
  /** The drawing that was taught, framed. */
  readonly pixels: Uint8Array;
  /** Nothing if the lesson changed nothing. */
  readonly takeBack: (() => void) | undefined;
}

/** The digit that is being taught, if any, and how far that is (0–1). */
export const teaching = signal<{ readonly digit: number; readonly share: number } | undefined>(undefined);
const lastLesson = signal<ShownLesson | undefined>(undefined);
/** The last lesson, as long as its model is the chosen one and its drawing is on the pad. */
export const lesson = computed(() => {
  const last = lastLesson.value;
  const isShown = last?.model === reader.value && framed.value?.pixels.join() === last?.pixels.join();
  return isShown ? last : undefined;
});

/** Whether a drawing can be taught now: the model knows the ten digits. */
export const canTeach = computed(() => {
  const names = reader.value?.record.classNames;
  const areDigits = names?.length === 10 && names.every((name, digit) => name === String(digit));
  return areDigits && framed.value !== undefined && teaching.value === undefined;
});

/** Teaches the model that the drawing is this digit. The result is a new model, which then reads. */
export async function teach(digit: number): Promise<void> {
  const [model, drawn] = [reader.peek(), framed.peek()];
  if (!model || !drawn) return;
  teaching.value = { digit, share: 0 };
  // A worker of its own, so that a run on the page Train goes on.
  const worker = new TrainingWorker();
  try {
    const digits = await digitsFor(model);
    const { frames, pixels } = drawn;
    const request = { network: packNetwork(model.network), record: model.record, frames, label: digit };
    const { network, record, ...told } = await worker.teach(digits, request, (share) => {
      teaching.value = { digit, share };
    });
    const isChanged = told.outcome === 'taught' || told.outcome === 'weakened';
    const taught = isChanged ? await nameTaught(model, unpackNetwork(network), record, digit) : model;
    const takeBack = isChanged ? replaceReader(model, taught) : undefined;
    if (isChanged) mean(digit);
    lastLesson.value = { ...told, digit, model: taught, pixels, takeBack };
  } catch (error) {
    showError(error);
  } finally {
    worker.end();
    teaching.value = undefined;
  }
}

/** The digits that a model learned from. A lesson is measured on all of them. */
async function digitsFor({ record }: NamedModel): Promise<Digits> {
  const own = ownDigits.peek();
  const isOwn = own?.training.classNames.join('\n') === record.classNames.join('\n');
  if (own && isOwn && own.training.width === record.width) return own;
  await loadAll();
  const all = allDigits.peek();
  if (all) return all;
  const now = loading.peek();
  throw new Error(now.state === 'failed' ? now.message : 'the digits could not be loaded. Try again.');
}

/** Lets the taught model read. Returns what takes that back. */
function replaceReader(model: NamedModel, taught: NamedModel): () => void {
  const choiceBefore = readerChoice.peek();
  const replaced = ownModels.peek().find(({ name }) => name === taught.name);
  addModel(taught);
  readWith(taught);
  tellReader();
  return () => {
    readerChoice.value = choiceBefore;
    reader.value = model;
    tellReader();
    removeModel(taught);
    if (replaced) addModel(replaced);
    mean(undefined);
  };
}

/** The new model. Its name says what it was taught. */
function nameTaught(
  model: NamedModel,
  network: NamedModel['network'],
  record: NamedModel['record'],
  digit: number,
): Promise<NamedModel> {
  const { taught } = record.results;
  const lessons = Array.isArray(taught) ? taught.length : 1;
  const root = model.name.replace(/, taught .*$/, '');
  return nameModel(
    { network, record },
    `${root}, taught ${lessons === 1 ? withArticle(digit) : `${lessons} digits`}`,
  );
}
