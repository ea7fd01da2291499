/** A piece of a paragraph. */
export type Piece =
  | { readonly kind: 'text' | 'bold' | 'symbol'; readonly text: string }
  | { readonly kind: 'term' | 'link'; readonly text: string; readonly to: string };

const PIECE = /\[([^\]]+)\]\(([^)]+)\)|\*\*([^*]+)\*\*|`([^`]+)`/g;

/** Splits a text into its pieces. The markup is described in chapter.ts. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  const plain = (until: number) => {
    if (until > end) pieces.push({ kind: 'text', text: text.slice(end, until) });
  };
  for (const match of text.matchAll(PIECE)) {
    plain(match.index);
    end = match.index + match[0].length;
    const [, linked, to, bold, symbol] = match;
    if (linked !== undefined)
      pieces.push({ kind: to!.startsWith('#') ? 'link' : 'term', text: linked, to: to! });
    else if (bold !== undefined) pieces.push({ kind: 'bold', text: bold });
    else pieces.push({ kind: 'symbol', text: symbol! });
  }
  plain(text.length);
  return pieces;
}

/** The words alone, as a reader sees them. */
export function plainText(text: string): string {
  return piecesOf(text)
    .map((piece) => piece.text)
    .join('');
}
