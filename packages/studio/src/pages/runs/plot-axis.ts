import { formatSetting, settingNamed } from '@longhand/core/settings';
import type { Dimension } from '@longhand/sweep/log';
import { choiceLabelOf, labelOf } from '../../setting-labels.js';

/** An axis on which values have places from 0 to 1. */
export interface PlotAxis {
  readonly name: string;
  readonly label: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** The place of a value; nothing if it has none. */
  place(value: unknown): number | undefined;
  /** What stands at a place, in words. */
  textAt(place: number): string;
  /** How far an arrow key moves: from choice to choice, or a part of a range. */
  readonly step: number;
  /** Whether its values are choices: then trials with the same one are spread around it. */
  readonly isChoice: boolean;
}

const KEY_STEP = 0.05;

/** The axis of a setting that varies. */
export function settingAxis(dimension: Dimension): PlotAxis {
  return dimension.kind === 'choice' ? choiceAxis(dimension) : rangeAxis(dimension);
}

/** A value of a setting, as the page writes it: `128,64`, `ReLU`, `0.0316`. */
export function settingValueText(name: Dimension['name'], value: unknown): string {
  if (value === undefined) return '–';
  const setting = settingNamed(name);
  if (typeof value === 'number' && setting.kind.type === 'number') return numberText(value);
  const text = formatSetting(setting, value as string);
  return setting.kind.type === 'choice' ? choiceLabelOf(text) : text;
}

/** `α`, or `hidden layers`. */
export function settingHead(name: Dimension['name']): string {
  return labelOf(name);
}

type Choice = Extract<Dimension, { kind: 'choice' }>;
type Range = Extract<Dimension, { kind: 'range' }>;

function choiceAxis({ name, values }: Choice): PlotAxis {
  const texts = values.map((value) => JSON.stringify(value ?? null));
  const at = (k: number) => (k + 0.5) / values.length;
  const nearest = (place: number) =>
    Math.min(values.length - 1, Math.max(0, Math.round(place * values.length - 0.5)));
  return {
    name,
    label: settingHead(name),
    ticks: values.map((value, k) => ({ at: at(k), text: settingValueText(name, value) })),
    place(value) {
      const k = texts.indexOf(JSON.stringify(value ?? null));
      return k < 0 ? undefined : at(k);
    },
    textAt: (place) => settingValueText(name, values[nearest(place)]),
    step: 1 / values.length,
    isChoice: true,
  };
}

function rangeAxis({ name, from, to, isLog }: Range): PlotAxis {
  const forth = isLog ? Math.log : (value: number) => value;
  const back = isLog ? Math.exp : (value: number) => value;
  const [low, high] = [forth(from), forth(to)];
  const width = high - low || 1;
  return {
    name,
    label: settingHead(name),
    ticks: (isLog ? logTicks(from, to) : evenTicks(from, to)).map((value) => ({
      at: (forth(value) - low) / width,
      text: numberText(value),
    })),
    place(value) {
      if (typeof value !== 'number' || (isLog && value <= 0)) return undefined;
      return Math.min(1, Math.max(0, (forth(value) - low) / width));
    },
    textAt: (place) => numberText(Number(back(low + place * width).toPrecision(2))),
    step: KEY_STEP,
    isChoice: false,
  };
}

/** Accuracies between which the ticks of the axis are chosen. */
const ACCURACIES = [0, 0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999];
/** If the largest error is so many times the smallest, the axis is stretched. */
const STRETCH = 4;
/** The smallest error that the axis distinguishes: beyond, one example of thousands decides. */
const LEAST_ERROR = 2e-4;

/**
 * The axis of dev accuracy. If the trials differ much, equal distances stand for the same factor of the
 * error: else a few trials that failed press all others into one line.
 */
export function accuracyAxis(accuracies: readonly number[]): PlotAxis & { readonly isStretched: boolean } {
  const errorOf = (accuracy: number) => Math.max(LEAST_ERROR, 1 - accuracy);
  const errors = accuracies.map(errorOf);
  const [least, most] = [Math.min(1, ...errors), Math.max(LEAST_ERROR, ...errors)];
  const isStretched = most / least > STRETCH;
  const forth = (accuracy: number) => (isStretched ? -Math.log(errorOf(accuracy)) : accuracy);
  const back = (value: number) => (isStretched ? 1 - Math.exp(-value) : value);
  const margin = 0.04 * (forth(1 - least) - forth(1 - most) || 0.02);
  const [low, high] = [forth(1 - most) - margin, forth(1 - least) + margin];
  const values = isStretched
    ? ACCURACIES.filter((value) => forth(value) >= low && forth(value) <= high)
    : evenTicks(low, high);
  const digits = values.some((value) => Math.abs(100 * value - Math.round(100 * value)) > 1e-6) ? 1 : 0;
  return {
    name: 'dev',
    label: 'dev accuracy',
    ticks: apart(
      values.map((value) => ({
        at: (forth(value) - low) / (high - low),
        text: `${(100 * value).toFixed(digits)}%`,
      })),
      LEAST_GAP,
    ),
    place: (value) =>
      typeof value === 'number' && Number.isFinite(value) ? (forth(value) - low) / (high - low) : undefined,
    textAt: (place) => `${(100 * back(low + place * (high - low))).toFixed(1)}%`,
    step: KEY_STEP,
    isChoice: false,
    isStretched,
  };
}

/** The least distance of two ticks of the accuracy. */
const LEAST_GAP = 0.09;

/** Ticks that do not touch: the largest are kept. */
export function apart(ticks: PlotAxis['ticks'], gap: number): PlotAxis['ticks'] {
  const kept: PlotAxis['ticks'][number][] = [];
  for (const tick of [...ticks].sort((a, b) => b.at - a.at)) {
    const { at } = kept.at(-1) ?? { at: Number.POSITIVE_INFINITY };
    if (at - tick.at >= gap) kept.push(tick);
  }
  return kept;
}

/** 0.031622 → `0.0316`, 1000 → `1,000`. */
export function numberText(value: number): string {
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e7)) return value.toExponential(1);
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

/** Powers of ten, and 2 and 5 times them where there are few. */
function logTicks(from: number, to: number): number[] {
  const powers = Array.from({ length: 40 }, (_, k) => 10 ** (k - 20));
  const within = (factors: readonly number[]) =>
    powers
      .flatMap((power) => factors.map((factor) => Number((factor * power).toPrecision(1))))
      .filter((value) => value >= from * 0.999 && value <= to * 1.001);
  return within([1]).length >= 3
    ? within([1])
    : within([1, 2, 5]).length >= 2
      ? within([1, 2, 5])
      : [from, to];
}

const MAX_TICKS = 5;

function evenTicks(from: number, to: number): number[] {
  if (!(to > from)) return [from];
  const power = 10 ** Math.floor(Math.log10((to - from) / MAX_TICKS));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => (to - from) / one <= MAX_TICKS)!;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(6)));
}
