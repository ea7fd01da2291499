import { query } from '../../state/location.js';
import { ChapterHead } from './chapter-head.js';
import { chapterOf, settingsOf } from './choices.js';
import { Kdnuggets } from './kdnuggets.js';
import { Overview } from './overview.js';
import { SideBySide } from './side-by-side.js';
import './why.css';

/** Short experiments to run, each about one part of the network. */
export function Why() {
  const chapter = chapterOf(query.value);
  if (!chapter) return <Overview />;
  // The head stays where it is from one experiment to the next, and with it the focus on Previous
  // and Next.
  return (
    <article class="why">
      <ChapterHead name={chapter} />
      {chapter === 'kdnuggets' ? <Kdnuggets /> : <SideBySide settings={settingsOf(chapter, query.value)} />}
    </article>
  );
}
