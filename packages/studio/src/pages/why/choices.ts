import { BOARD_ALPHA, EXPERIMENTS, type ExperimentSettings } from '../../computations/experiment.js';

/** The last one is not an experiment with two networks, but a single unit. */
export const CHAPTERS = [...EXPERIMENTS, 'kdnuggets'] as const;
export type Chapter = (typeof CHAPTERS)[number];

/** Learning rates to choose from, in the experiment about α. */
export const ALPHAS = [0.01, 0.3, 1, 3, 10, 100] as const;
const LARGE_ALPHA = 3;
/** Starting values of all parameters, in the experiment about the start. */
export const STARTS = [0, 0.01, 0.1] as const;

/** The chapter that the address names. Without one, the page shows the overview. */
export function chapterOf(query: URLSearchParams): Chapter | undefined {
  const wanted = query.get('experiment');
  return CHAPTERS.find((name) => name === wanted);
}

/** The settings of a run in an address. Missing and invalid ones have their defaults. */
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

/** Reads a seed, if the text is one. */
export function readSeed(text: string): number | undefined {
  const seed = Number(text);
  return text.trim() !== '' && Number.isSafeInteger(seed) && seed >= 0 ? seed : undefined;
}

function positive(text: string | null): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
