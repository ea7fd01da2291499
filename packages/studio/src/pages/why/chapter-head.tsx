import { useEffect } from 'preact/hooks';
import { useStepKeys } from '../../components/step-keys.js';
import { Term } from '../../components/term.js';
import { COURSE, chapterNumber } from '../../glossary/course.js';
import { TERMS } from '../../glossary/terms.js';
import { hrefOf } from '../../state/location.js';
import { announce } from '../../state/notifications.js';
import { CHAPTER_TEXTS } from './chapter-texts.js';
import { CHAPTERS, type Chapter } from './choices.js';

/** The question, what to look for, and links to the other experiments. */
export function ChapterHead({ name }: { name: Chapter }) {
  const place = CHAPTERS.indexOf(name);
  const { question, look, terms, course } = CHAPTER_TEXTS[name];
  useEffect(() => announce(question), [question]);
  const [before, after] = [CHAPTERS[place - 1], CHAPTERS[place + 1]];
  useStepKeys(
    () => goTo(after),
    () => goTo(before),
  );
  return (
    <header class="why-head">
      <nav aria-label="Experiments" data-control="links">
        <a href={hrefOf('why')}>All experiments</a>
        <span class="faint figures">
          {place + 1} of {CHAPTERS.length}
        </span>
        <Neighbor name={before} text="Previous" />
        <Neighbor name={after} text="Next" />
      </nav>
      <p class="red pen why-place" aria-hidden="true">
        {place + 1}
      </p>
      <h2>{question}</h2>
      <p class="why-look">{look}</p>
      <p class="why-terms faint">
        The symbols:{' '}
        {terms.map((term) => (
          <Term key={term} name={term}>
            <span class="figures">{TERMS.find((each) => each.name === term)!.symbol}</span>
          </Term>
        ))}{' '}
        <a href={hrefOf('learn', { chapter: course })}>
          Learn, chapter {chapterNumber(course)}
          <span class="hidden">: {COURSE[chapterNumber(course) - 1]!.title}</span>
        </a>
      </p>
    </header>
  );
}

/** Presses the link to another experiment, which knows how the page is shown. */
function goTo(name: Chapter | undefined): void {
  if (name) document.querySelector<HTMLElement>(`.why-head a[href*="experiment=${name}"]`)?.click();
}

/** A link to the experiment before or after. At either end it is only a word. */
function Neighbor({ name, text }: { name: Chapter | undefined; text: string }) {
  if (!name) return <span class="faint why-nowhere">{text}</span>;
  return (
    <a class="button" href={hrefOf('why', { experiment: name })} title={CHAPTER_TEXTS[name].title}>
      {text}
    </a>
  );
}
