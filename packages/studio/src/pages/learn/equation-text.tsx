import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TermName } from '../../glossary/terms.js';
import type { Equation } from './chapter.js';

/** What the symbols of an equation mean in the Glossary. */
const TERM_OF: Readonly<Record<string, TermName>> = {
  ...{ w: 'W', W: 'W', b: 'b', x: 'X', X: 'X', z: 'Z', Z: 'Z', a: 'A', A: 'A', y: 'Y', Y: 'Y' },
  ...{ dz: 'dZ', dZ: 'dZ', dw: 'dW', dW: 'dW', db: 'db', J: 'J', ℓ: 'J', m: 'm', p: 'probability' },
  ...{ σ: 'sigmoid', ReLU: 'relu', 'ReLU′': 'g-prime', softmax: 'softmax', α: 'alpha' },
  ...{ ':=': 'update', '⊙': 'hadamard', Σ: 'sum' },
};

/** A symbol with its index below and its layer above: `dZ_i^[1]T`. */
const SYMBOL = /^(d?)([A-Za-zα-ωℓ]′?)(?:_(\w+))?(?:\^(\[\w+\])?(T)?|(\[\w+\])?(T)?)$/u;
const WORD = /^\p{L}{2,}′?$/u;
const NUMBER = /^−?[\d.,]+$/;

/** An equation on a line of its own. Its symbols answer. */
export function EquationLine({ equation, spoken }: Equation) {
  const line = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => keepFitted(line.current!), [equation]);
  return (
    <p class="equation-line" ref={line}>
      <math display="block" aria-label={spoken}>
        <mrow>
          {equation.split(' ').map((word, k) => (
            <Word key={k} word={word} />
          ))}
        </mrow>
      </math>
    </p>
  );
}

/** Makes an equation smaller as long as its line is too narrow: MathML breaks no lines. */
function keepFitted(line: HTMLElement): () => void {
  let fitted = 0;
  function fit(): void {
    line.style.fontSize = '';
    const { scrollWidth, clientWidth } = line;
    fitted = clientWidth;
    if (scrollWidth <= clientWidth) return;
    const size = Number.parseFloat(getComputedStyle(line).fontSize);
    line.style.fontSize = `${(0.97 * size * clientWidth) / scrollWidth}px`;
  }
  fit();
  void document.fonts.ready.then(fit);
  const observer = new ResizeObserver(() => {
    if (line.clientWidth !== fitted) requestAnimationFrame(fit);
  });
  observer.observe(line);
  return () => observer.disconnect();
}

function Word({ word }: { readonly word: string }) {
  const term = TERM_OF[word];
  if (word === ',') return <mo rspace="0.4em">,</mo>;
  if (NUMBER.test(word)) return <mn>{word}</mn>;
  if (/^\S+\/\S+$/.test(word)) {
    const [over, under] = word.split('/') as [string, string];
    return (
      <mfrac>
        <Word word={over} />
        <Word word={under} />
      </mfrac>
    );
  }
  const parts = SYMBOL.exec(word);
  if (parts && !WORD.test(word.replace(/[_^].*/, '').replace(/^d(?=[A-Za-z]$)/, ''))) {
    const [, d = '', letter = '', index] = parts;
    const [layer, transposed] = [parts[4] ?? parts[6], parts[5] ?? parts[7]];
    return <Letter d={d} letter={letter} index={index} above={[layer, transposed]} />;
  }
  if (WORD.test(word) || word === 'ReLU′') {
    return (
      <mi mathvariant="normal" data-term={term}>
        {word}
      </mi>
    );
  }
  return <mo data-term={term}>{word === ':=' ? '≔' : word}</mo>;
}

function Letter({
  d,
  letter,
  index,
  above: [layer, transposed],
}: {
  readonly d: string;
  readonly letter: string;
  readonly index: string | undefined;
  readonly above: readonly [string | undefined, string | undefined];
}) {
  const base = (
    <mrow data-term={TERM_OF[`${d}${letter}`]}>
      {d && <mi mathvariant="normal">d</mi>}
      <mi>{letter}</mi>
    </mrow>
  );
  const below: ComponentChildren = index && (/^\d+$/.test(index) ? <mn>{index}</mn> : <mi>{index}</mi>);
  const over = (layer ?? transposed) && (
    <mrow>
      {layer && (
        <>
          <mo stretchy={false}>[</mo>
          <mn>{layer.slice(1, -1)}</mn>
          <mo stretchy={false}>]</mo>
        </>
      )}
      {transposed && (
        <mi mathvariant="normal" data-term="transposed">
          T
        </mi>
      )}
    </mrow>
  );
  if (below && over) {
    return (
      <msubsup>
        {base}
        {below}
        {over}
      </msubsup>
    );
  }
  if (below) {
    return (
      <msub>
        {base}
        {below}
      </msub>
    );
  }
  return over ? (
    <msup>
      {base}
      {over}
    </msup>
  ) : (
    base
  );
}
