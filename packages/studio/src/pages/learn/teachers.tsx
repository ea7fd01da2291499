import { COURSE, chapterNumber } from '../../glossary/course.js';
import { hrefOf } from '../../state/location.js';
import { NEEDS } from './needs.js';

/** For teachers: plans, worksheets, and how to use the course with or without a network. */
export function Teachers() {
  return (
    <article class="chapter teachers">
      <h2 class="chapter-title">For teachers</h2>
      <p>
        The course is for pupils from about 16 and for everybody who programs a little. It needs no account,
        and no answer leaves the browser. A chapter takes 15 to 25 minutes: text, two figures, two to four
        questions.
      </p>
      <h3>What each chapter needs, and gives</h3>
      <table class="needs">
        <thead>
          <tr>
            <th scope="col">chapter</th>
            <th scope="col">needs</th>
            <th scope="col">gives</th>
            <th scope="col">on paper</th>
          </tr>
        </thead>
        <tbody>
          {COURSE.map(({ name, title }) => (
            <tr key={name}>
              <th scope="row">
                <span class="red pen">{chapterNumber(name)}</span>{' '}
                <a href={hrefOf('learn', { chapter: name })}>{title}</a>
              </th>
              <td>{NEEDS[name].needs}</td>
              <td>{NEEDS[name].gives}</td>
              <td>
                <a href={hrefOf('learn', { chapter: name, sheet: 'worksheet' })}>
                  worksheet<span class="hidden"> for {title}</span>
                </a>
                ,{' '}
                <a href={hrefOf('learn', { chapter: name, sheet: 'answers' })}>
                  answers<span class="hidden"> for {title}</span>
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        All of them at once: <a href={hrefOf('learn', { sheet: 'worksheet' })}>worksheets</a>,{' '}
        <a href={hrefOf('learn', { sheet: 'answers' })}>answers</a>.
      </p>
      <h3>One lesson of 45 minutes</h3>
      <ol class="plan">
        <li>
          <b>10 minutes.</b> Show <a href={hrefOf('board')}>Board</a> on the projector. A digit is read wrong.
          Press Next until it is right. Ask: what has changed?
        </li>
        <li>
          <b>20 minutes.</b> Pupils go through{' '}
          <a href={hrefOf('learn', { chapter: 'one-unit' })}>chapter 1</a> in pairs. They find the weights by
          hand before they let the unit learn.
        </li>
        <li>
          <b>10 minutes.</b> They draw on <a href={hrefOf('draw')}>Draw</a>, and look for a digit that the
          network reads wrong.
        </li>
        <li>
          <b>5 minutes.</b> Everybody finishes one sentence: “A weight is …”.
        </li>
      </ol>
      <h3>Four lessons</h3>
      <ol class="plan">
        <li>
          <b>From a picture to ten scores.</b> Chapters 1 to 4. Homework: the worksheet of chapter 3.
        </li>
        <li>
          <b>From scores to a loss, and downhill.</b> Chapters 5 to 7. Walk the curve of chapter 7 together.
        </li>
        <li>
          <b>The backward pass.</b> Chapters 8 to 10. Compute one entry of dW² on paper first.
        </li>
        <li>
          <b>Is it any good?</b> Chapters 11 to 14. Those who program write the backward pass themselves.
        </li>
      </ol>
      <h3>Share, embed, go offline</h3>
      <p>
        <b>Share</b>, at the top of every page, gives a link and a QR code to exactly what you see. It also
        gives the code for a frame, which shows the figures of a chapter in your own page or learning
        platform. For a projector, choose “Present”.
      </p>
      <p>
        After the first visit, the studio works without a network. In a room without any, run{' '}
        <code>longhand studio</code> on one machine, or copy the folder of the page to a stick.
      </p>
    </article>
  );
}
