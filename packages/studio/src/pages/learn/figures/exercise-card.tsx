import { MarkedExercise } from '../../../exercise/marked-exercise.js';
import { Figure } from './figure.js';

/** The marked exercise, and how to write it on one's own machine. */
export function ExerciseCard() {
  return (
    <Figure>
      <MarkedExercise />
      <p>
        You can also write it on your machine, in Python or in any other language. In a terminal, this gives
        you small, real numbers: <code>longhand exercise</code>. Your program computes the quantities and
        saves them. Then have them marked: <code>longhand mark answers.npz</code>.
      </p>
    </Figure>
  );
}
