import { COURSE } from '../../glossary/course.js';
import { query } from '../../state/location.js';
import { ChapterPage } from './chapter-page.js';
import { CourseList } from './course-list.js';
import { Overview } from './overview.js';
import { Teachers } from './teachers.js';
import { Worksheets } from './worksheet.js';
import './learn.css';

/** The course: from "what is a weight?" to a backward pass of one's own. */
export function Learn() {
  const wanted = query.value.get('chapter');
  const row = COURSE.find(({ name }) => name === wanted);
  const sheet = query.value.get('sheet');
  if (sheet === 'worksheet' || sheet === 'answers') {
    return (
      <Worksheets
        names={row ? [row.name] : COURSE.map(({ name }) => name)}
        hasAnswers={sheet === 'answers'}
      />
    );
  }
  const isForTeachers = query.value.get('for') === 'teachers';
  return (
    <div class="learn">
      <CourseList here={row?.name} isForTeachers={isForTeachers} />
      {isForTeachers ? <Teachers /> : row ? <ChapterPage key={row.name} name={row.name} /> : <Overview />}
    </div>
  );
}
