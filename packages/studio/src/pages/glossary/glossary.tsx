import { useEffect } from 'preact/hooks';
import { chapterNumber } from '../../glossary/course.js';
import { TERMS, type Term } from '../../glossary/terms.js';
import { hrefOf, query } from '../../state/location.js';
import './glossary.css';

/** Every symbol and term of the page, each in a sentence. */
export function Glossary() {
  const wanted = query.value.get('term');
  useEffect(() => {
    if (wanted) document.getElementById(idOf(wanted))?.scrollIntoView({ block: 'center' });
  }, [wanted]);
  return (
    <div class="glossary">
      <p class="faint">
        The symbols stand in the order in which the <a href={hrefOf('board')}>Board</a> uses them. On every
        page you can point at a symbol, or tap it, to see its sentence.
      </p>
      <dl class="sheet">
        {TERMS.map((term: Term) => (
          <div
            key={term.name}
            id={idOf(term.name)}
            class={term.name === wanted ? 'lit' : ''}
            {...(term.name === wanted && { 'data-part': 'term' })}
          >
            <dt>
              <span class="symbol figures">{term.symbol}</span>
              <span class="title pen">{term.title}</span>
            </dt>
            <dd>
              {term.sentence}{' '}
              <a class="to-chapter" href={hrefOf('learn', { chapter: term.chapter })}>
                Chapter {chapterNumber(term.chapter)}
                <span class="hidden"> explains {term.symbol}</span>
              </a>
              {term.exact && <span class="exact faint figures">{term.exact}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function idOf(name: string): string {
  return `term-${name}`;
}
