import { hrefOf } from '../../state/location.js';
import { CHAPTER_TEXTS } from './chapter-texts.js';
import { CHAPTERS, type Chapter, settingsOf } from './choices.js';
import { unitEquation } from './equations.js';
import { sideTexts } from './side-texts.js';

/** Cards of all experiments, each with its question. */
export function Overview() {
  return (
    <div class="why-overview">
      <p class="why-lead">
        Each part of the network is there for a reason. Leave one out, or get it wrong, and watch what
        happens: two networks start from the same seed and learn side by side from the first 1,000 digits.
      </p>
      <ol class="why-cards">
        {CHAPTERS.map((name, place) => (
          <li key={name} class="sheet">
            <a href={hrefOf('why', { experiment: name })}>
              <span class="red pen why-number" aria-hidden="true">
                {place + 1}
              </span>
              <span class="pen why-question">{CHAPTER_TEXTS[name].question}</span>
              {/* A link is read as its text: the equation says the same once more, for the eye. */}
              <math aria-hidden="true">{equationOf(name)}</math>
              <span class="why-title">{CHAPTER_TEXTS[name].title}</span>
            </a>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The equation that the experiment is about, corrected in red. */
function equationOf(name: Chapter) {
  return name === 'kdnuggets'
    ? unitEquation(true)
    : sideTexts(settingsOf(name, new URLSearchParams()))[1].equation;
}
