import { Term } from '../../components/term.js';
import type { TermName } from '../../glossary/terms.js';
import { piecesOf } from './markup.js';

/** A text with its markup. On paper nothing can be pressed: there a term is a word. */
export function RichText({ text, isOnPaper = false }: { text: string; isOnPaper?: boolean }) {
  return (
    <>
      {piecesOf(text).map((piece, k) => {
        switch (piece.kind) {
          case 'bold':
            return <b key={k}>{piece.text}</b>;
          case 'symbol':
            return (
              <span key={k} class="figures symbol">
                {piece.text}
              </span>
            );
          case 'link':
            return isOnPaper ? (
              piece.text
            ) : (
              <a key={k} href={piece.to}>
                {piece.text}
              </a>
            );
          case 'term':
            return isOnPaper ? (
              piece.text
            ) : (
              <Term key={k} name={piece.to as TermName}>
                {piece.text}
              </Term>
            );
          default:
            return piece.text;
        }
      })}
    </>
  );
}
