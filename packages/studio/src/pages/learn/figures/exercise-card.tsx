import { Figure } from './figure.js';

/** How to write the exercise on one's own machine. */
export function ExerciseCard() {
  return (
    <Figure>
      <p>Write it on your machine, in Python or in any other language. This gives you small, real numbers:</p>
      <pre>longhand exercise --out exercise.npz</pre>
      <p>Your program computes the quantities and saves them. Then have them marked:</p>
      <pre>longhand mark answers.npz</pre>
    </Figure>
  );
}
