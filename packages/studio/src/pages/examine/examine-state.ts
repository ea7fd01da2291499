import type { Dataset } from '@longhand/core';
import { computed, effect, signal, untracked } from '@preact/signals';
import type { ModelChoice } from '../../components/model-menu.js';
import { type Digits, digits, loadAll } from '../../state/digits.js';
import { fitsPictures } from '../../state/fit.js';
import { areModelsBack, broughtBack } from '../../state/kept.js';
import { query } from '../../state/location.js';
import {
  isOwnName,
  type NamedModel,
  type OwnName,
  ownModel,
  ownModelNamed,
  ownModels,
  ownNameOf,
  shippedModel,
} from '../../state/models.js';
import { announce, showError } from '../../state/notifications.js';
import { count } from '../../text.js';
import { packNetwork } from '../../workers/network-message.js';
import type { SetName } from '../../workers/training.worker.js';
import { trainingWorker } from '../../workers/training-worker.js';
import { DEFAULT_MODEL } from './address.js';
import { type Answers, answersOf } from './answers.js';
import { choices, choose } from './choices.js';
import { select } from './select.js';

/** The answers of a network, and which digits they answer. */
interface Answered {
  readonly digits: Digits;
  readonly set: SetName;
  readonly model: NamedModel;
  readonly answers: Answers;
}

/** What the page shows: a set of digits, with a network's answers once they are computed. */
export interface View {
  readonly dataset: Dataset;
  readonly set: SetName;
  readonly labels: Uint8Array;
  readonly model?: NamedModel;
  readonly answers?: Answers;
}

const answered = signal<Answered | undefined>(undefined);
/** Whether the answers are being computed. */
export const asking = signal(false);
/** The chosen model, once it is loaded. `null` if no model fits the pictures. */
export const model = signal<NamedModel | null | undefined>(undefined);

export const modelChoice = computed<ModelChoice>(() => {
  const chosen = model.value;
  const wanted = ownChoice.value;
  if (wanted && !chosen) return { own: wanted.sha256 };
  // The page may have chosen another model, because the chosen one does not fit the pictures.
  const own = chosen && ownModels.value.find((one) => one.sha256 === chosen.sha256);
  return own ? { own: own.sha256 } : { shipped: shippedChoice.value };
});

export function chooseModel(choice: ModelChoice): void {
  lastOwn = undefined;
  choose({ model: 'own' in choice ? ownNameOf({ sha256: choice.own }) : choice.shipped });
}

function rememberOwn(): void {
  if (isOwnName(modelName.value)) lastOwn = modelName.value;
}

const chosenSet = computed(() => choices.value.set);
/** The model of the user's own that was chosen last: it is chosen again when the page is come back to. */
let lastOwn: OwnName | undefined;
const modelName = computed(() => choices.value.model);
const shippedChoice = computed(() => (isOwnName(modelName.value) ? DEFAULT_MODEL : modelName.value));
/** The model of the user's own that the address names, if it is here. */
const ownChoice = computed(() => (isOwnName(modelName.value) ? ownModelNamed(modelName.value) : undefined));

/** Why the model that the address names is not the one that is shown, a sentence. */
export const whyAnother = computed(() => {
  const [data, named] = [digits.value, ownChoice.value];
  if (!isOwnName(modelName.value) || !data) return undefined;
  if (!named)
    return areModelsBack.value
      ? 'The model of this link is not here. Open its file or train it again.'
      : undefined;
  return fitsPictures(named, data) ? undefined : `${named.name} cannot read these pictures.`;
});

export const view = computed<View | undefined>(() => {
  const now = digits.value;
  if (!now) return undefined;
  const set = chosenSet.value;
  const known = answered.value;
  // Answers to the first digits are shown until those to all digits are there.
  const fits = known && (known.digits === now || (known.digits.name === now.name && !known.digits.complete));
  if (known && fits && known.set === set) {
    const { answers, model } = known;
    return { dataset: answers.dataset, set, labels: answers.labels, model, answers };
  }
  const dataset = now[set];
  return { dataset, set, labels: Uint8Array.from({ length: dataset.length }, (_, i) => dataset.label(i)) };
});

/** What decides which digits are in the gallery. Opening one of them does not. */
const filterText = computed(() => {
  const { label, answer, verdict, from, to, order } = choices.value;
  return JSON.stringify([label, answer, verdict, from, to, order]);
});

/** The indices of the digits in the gallery, in their order. */
export const selection = computed(() => {
  filterText.value;
  const now = view.value;
  if (!now) return new Uint32Array();
  return select(now.answers ?? { labels: now.labels }, choices.peek(), choices.peek().order);
});

/**
 * As long as the page is open, asks the chosen model about the chosen digits. The returned function
 * ends it.
 */
export function watch(): () => void {
  void loadAll();
  const known = new Set(ownModels.peek().map(({ sha256 }) => sha256));
  const chooseOpened = () => {
    const newest = ownModel.value;
    if (!newest || known.has(newest.sha256) || broughtBack.has(newest.sha256)) return;
    known.add(newest.sha256);
    untracked(() => chooseModel({ own: newest.sha256 }));
  };
  if (lastOwn && !query.peek().has('model') && ownModelNamed(lastOwn)) choose({ model: lastOwn });
  const ends = [
    effect(rememberOwn),
    effect(chooseOpened),
    effect(chooseFitting),
    effect(ask),
    effect(announceSelection),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/**
 * Takes the chosen model or, if it does not fit the pictures, the newest of the user's models that
 * does.
 */
function chooseFitting(): (() => void) | undefined {
  const now = digits.value;
  const own = ownModels.value;
  const chosen = ownChoice.value;
  const shipped = shippedChoice.value;
  // The chosen one may be among those that the browser kept.
  const isAwaited = isOwnName(modelName.value) && !chosen && !areModelsBack.value;
  if (!now || isAwaited) return undefined;
  if (chosen && fitsPictures(chosen, now)) {
    model.value = chosen;
    return undefined;
  }
  let ended = false;
  shippedModel(shipped).then((found) => {
    if (!ended)
      model.value = fitsPictures(found, now) ? found : (own.find((one) => fitsPictures(one, now)) ?? null);
  }, showError);
  return () => {
    ended = true;
  };
}

const asked = new WeakMap<Dataset, Map<string, Promise<Answers>>>();

function ask(): (() => void) | undefined {
  const now = digits.value;
  const set = chosenSet.value;
  const asks = model.value;
  if (!now || !asks || !fitsPictures(asks, now)) return undefined;
  let ended = false;
  asking.value = true;
  answersFor(now, set, asks)
    .then(
      (answers) => {
        if (!ended) answered.value = { digits: now, set, model: asks, answers };
      },
      (error) => {
        if (!ended) showError(error);
      },
    )
    .finally(() => {
      if (!ended) asking.value = false;
    });
  return () => {
    ended = true;
  };
}

/** A model's answers to a set, computed once. */
function answersFor(all: Digits, set: SetName, asks: NamedModel): Promise<Answers> {
  const dataset = all[set];
  const known = asked.get(dataset) ?? new Map<string, Promise<Answers>>();
  asked.set(dataset, known);
  const before = known.get(asks.sha256);
  if (before) return before;
  const { network, record } = asks;
  const answers = trainingWorker
    .answers(all, { network: packNetwork(network), pixelScale: record.pixelScale, set })
    .then((predictions) => answersOf(dataset, predictions));
  known.set(asks.sha256, answers);
  answers.catch(() => known.delete(asks.sha256));
  return answers;
}

/** Tells a screen reader how many digits a filter left. */
function announceSelection(): void {
  const { length } = selection.value;
  if (view.value?.answers) announce(`${count(length)} ${length === 1 ? 'digit' : 'digits'} in the gallery`);
}

/** `4, read as 9 (67.1%)`, or `4` without answers. */
export function describe(
  { dataset, answers }: View,
  index: number,
  share: (value: number) => string,
): string {
  const { classNames } = dataset;
  const label = classNames[dataset.label(index)];
  if (!answers) return `${label}`;
  const answer = classNames[answers.answers[index]!];
  return `${label}, read as ${answer} (${share(answers.confidences[index]!)})`;
}
