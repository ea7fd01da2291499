import { query } from '../../state/location.js';
import { chapterOf, settingsOf } from './choices.js';
import { DoublePage } from './double-page.js';
import { Kdnuggets } from './kdnuggets.js';
import { Overview } from './overview.js';
import './why.css';

/** Short experiments that one runs by oneself, each about one part of the network. */
export function Why() {
  const chapter = chapterOf(query.value);
  if (!chapter) return <Overview />;
  if (chapter === 'kdnuggets') return <Kdnuggets />;
  return <DoublePage key={chapter} settings={settingsOf(chapter, query.value)} />;
}
