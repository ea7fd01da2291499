import { QUOTES } from 'virtual:quotes';
import { useState } from 'preact/hooks';
import { type ChapterName, COURSE } from '../../../glossary/course.js';
import { hrefOf } from '../../../state/location.js';
import { EquationLine } from '../equation-text.js';
import { Figure } from './figure.js';

interface Line {
  readonly chapter: ChapterName;
  readonly what: string;
  readonly equation: string;
  readonly spoken: string;
}

const LINES: readonly Line[] = [
  {
    chapter: 'pixels',
    what: 'pixels from 0 to 1',
    equation: 'X = pixels/255',
    spoken: 'X equals the pixels divided by 255',
  },
  {
    chapter: 'weighted-sum',
    what: 'the weighted sums',
    equation: 'Z^[1] = W^[1] X + b^[1]',
    spoken: 'Z1 equals W1 X plus b1',
  },
  {
    chapter: 'bias-and-relu',
    what: 'the activations',
    equation: 'A^[1] = ReLU ( Z^[1] )',
    spoken: 'A1 equals ReLU of Z1',
  },
  {
    chapter: 'softmax',
    what: 'the probabilities',
    equation: 'A^[2] = softmax ( Z^[2] )',
    spoken: 'A2 equals softmax of Z2',
  },
  {
    chapter: 'loss',
    what: 'the loss',
    equation: 'J = − 1/m Σ log p',
    spoken: 'J equals minus one over m times the sum of log p',
  },
  {
    chapter: 'output-error',
    what: 'the last layer’s gradients',
    equation: 'dZ^[2] = A^[2] − Y',
    spoken: 'dZ2 equals A2 minus Y',
  },
  {
    chapter: 'sending-back',
    what: 'the first layer’s gradients',
    equation: 'dZ^[1] = W^[2]T dZ^[2] ⊙ ReLU′ ( Z^[1] )',
    spoken: 'dZ1 equals W2 transposed dZ2, entry by entry times the slope of ReLU at Z1',
  },
  { chapter: 'update', what: 'the update', equation: 'W := W − α dW', spoken: 'W becomes W minus alpha dW' },
];

/** Every step of the network: its equation, its NumPy and its TypeScript. */
export function NotebookLines() {
  const [chosen, choose] = useState(0);
  const { chapter, what, equation, spoken } = LINES[chosen]!;
  const quote = QUOTES[chapter];
  const number = COURSE.findIndex(({ name }) => name === chapter) + 1;
  return (
    <Figure>
      <div class="learn-lines">
        <fieldset class="learn-switches">
          <legend>One iteration, in its order</legend>
          {LINES.map((line, k) => (
            <label key={line.chapter}>
              <input type="radio" name="notebook-line" checked={k === chosen} onChange={() => choose(k)} />
              {line.what}
            </label>
          ))}
        </fieldset>
        <div role="status">
          <EquationLine equation={equation} spoken={spoken} />
          {quote && (
            <>
              <p class="faint">NumPy</p>
              <pre>{quote.numpy.join('\n')}</pre>
              <p class="faint">TypeScript, {quote.files.join(', ')}</p>
              <pre>{quote.typescript.join('\n')}</pre>
            </>
          )}
          <p>
            <a href={hrefOf('learn', { chapter })}>
              Chapter {number}: {what}
            </a>
          </p>
        </div>
      </div>
    </Figure>
  );
}
