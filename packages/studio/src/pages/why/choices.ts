import { BOARD_ALPHA, EXPERIMENTS, type ExperimentSettings } from '../../computations/experiment.js';

/** The last experiment has a page of its own. */
export const CHAPTERS = [...EXPERIMENTS, 'kdnuggets'] as const;
export type Chapter = (typeof CHAPTERS)[number];

/** Learning rates to choose from, where α is the question. */
export const ALPHAS = [0.01, 0.3, 1, 3, 10, 100] as const;
const LARGE_ALPHA = 3;
/** What all parameters begin with, where the start is the question. */
export const STARTS = [0, 0.01, 0.1] as const;

/** The chapter that the address names; none is the overview. */
export function chapterOf(query: URLSearchParams): Chapter | undefined {
  const wanted = query.get('experiment');
  return CHAPTERS.find((name) => name === wanted);
}

/** What an address says of a run; what it does not say, or not well, is the default. */
export function settingsOf(name: ExperimentSettings['name'], query: URLSearchParams): ExperimentSettings {
  return {
    name,
    seed: seedOf(query),
    alpha: name === 'large-alpha' ? (positive(query.get('alpha')) ?? LARGE_ALPHA) : BOARD_ALPHA,
    start: name === 'zero-start' ? (STARTS.find((value) => String(value) === query.get('start')) ?? 0) : 0,
  };
}

export function seedOf(query: URLSearchParams): number {
  return readSeed(query.get('seed') ?? '') ?? 1;
}

/** A seed as somebody wrote it, if it is one. */
export function readSeed(text: string): number | undefined {
  const seed = Number(text);
  return text.trim() !== '' && Number.isSafeInteger(seed) && seed >= 0 ? seed : undefined;
}

function positive(text: string | null): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
