import type { WriteStream } from 'node:tty';

/** What the terminal at the other end of a stream can show. */
export interface Terminal {
  /** Whether it is a terminal whose cursor can be moved, not a pipe, a file or a dumb terminal. */
  readonly interactive: boolean;
  /** Columns that drawings may take: at least 20, also where there are fewer. */
  readonly width: number;
  /** Columns of a terminal. Undefined for a pipe or a file, where lines may have any length. */
  readonly columns?: number | undefined;
  /** None, 16, 256, or 24 bits. 16 are too few for shades of gray: pictures then use characters. */
  readonly colors: 'none' | 'few' | 'palette' | 'true';
  /** Whether block and Braille characters are shown correctly. */
  readonly unicode: boolean;
}

const DEFAULT_WIDTH = 80;
/** Drawings need some columns; with fewer, the terminal breaks their lines. */
const LEAST_WIDTH = 20;

/** From a stream and its environment: NO_COLOR, FORCE_COLOR, COLORTERM, the locale. */
export function terminalOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Terminal {
  const isTerminal = stream.isTTY === true;
  const columns = isTerminal && stream.columns > 0 ? stream.columns : undefined;
  const asked = Number(env.COLUMNS) > 0 ? Math.floor(Number(env.COLUMNS)) : DEFAULT_WIDTH;
  return {
    interactive: isTerminal && env.TERM !== 'dumb',
    width: Math.max(LEAST_WIDTH, columns ?? asked),
    columns,
    colors: colorsOf(stream, env),
    unicode: hasUnicode(env),
  };
}

function colorsOf(
  stream: NodeJS.WriteStream & Partial<WriteStream>,
  env: NodeJS.ProcessEnv,
): Terminal['colors'] {
  // https://no-color.org: any value except the empty one.
  if (env.NO_COLOR) return 'none';
  if (env.FORCE_COLOR === '3') return 'true';
  if (env.FORCE_COLOR === '2') return 'palette';
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false') return 'few';
  if (env.TERM === 'dumb') return 'none';
  // Node does not see what tmux can show; tmux reduces 24-bit colors itself if it has to.
  if (stream.isTTY && /^(truecolor|24bit)$/.test(env.COLORTERM ?? '')) return 'true';
  const depth = stream.isTTY ? (stream.getColorDepth?.(env) ?? 1) : 1;
  return depth >= 24 ? 'true' : depth >= 8 ? 'palette' : depth >= 4 ? 'few' : 'none';
}

function hasUnicode(env: NodeJS.ProcessEnv): boolean {
  if (process.platform === 'win32') {
    return Boolean(env.WT_SESSION || env.TERM_PROGRAM || env.TERM === 'xterm-256color');
  }
  // The Linux console has 512 characters; a locale other than UTF-8 shows bytes.
  if (env.TERM === 'linux') return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return !locale || /utf-?8/i.test(locale);
}
