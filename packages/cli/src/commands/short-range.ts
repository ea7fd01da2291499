import type { Setting } from '@longhand/core/settings';

/** From here on a limit only catches typing errors: the help leaves it out. */
const HUGE = 1e5;

/**
 * The values of a setting as the help gives them, in a few characters: `0 ≤ x < 1`, `n ≥ 1 or
 * full`.
 */
export function shortRange({ kind }: Pick<Setting, 'kind'>): string {
  switch (kind.type) {
    case 'integer':
      return `${between('n', { most: kind.max, least: kind.min })}${orWord(kind.word)}`;
    case 'number': {
      const { min, above, max, below, word } = kind;
      return `${between('x', { least: min, above, most: max, below })}${orWord(word)}`;
    }
    case 'choice':
      return kind.choices.join(', ');
    case 'sizes':
      return `integers separated by commas${orWord(kind.word)}`;
    case 'weights':
      return `${kind.words.join(', ')} or numbers ≥ 0 separated by commas`;
  }
}

interface Limits {
  readonly least?: number | undefined;
  readonly above?: number | undefined;
  readonly most?: number | undefined;
  readonly below?: number | undefined;
}

function between(name: string, { least, above, most = Number.POSITIVE_INFINITY, below }: Limits): string {
  const [low, over] = least === undefined ? [above, '<'] : [least, '≤'];
  if (below !== undefined) return `${low} ${over} ${name} < ${below}`;
  if (most < HUGE) return `${low} ${over} ${name} ≤ ${most}`;
  return `${name} ${least === undefined ? '>' : '≥'} ${low}`;
}

function orWord(word: string | undefined): string {
  return word === undefined ? '' : ` or ${word}`;
}
