import { formatNumber } from '@longhand/core/explain';
import type { ComponentChildren } from 'preact';
import { Quantity } from '../../components/maths.js';
import type { ExperimentName, ExperimentSettings } from '../../computations/experiment.js';
import type { Chapter } from './choices.js';

interface ChapterText {
  /** In pen on top. */
  readonly question: string;
  readonly title: string;
  /** One sentence: what to look for. */
  readonly look: string;
}

export const CHAPTER_TEXTS: Readonly<Record<Chapter, ChapterText>> = {
  'no-bias': {
    question: 'What can a bias do that no weight can?',
    title: 'without bias',
    look: 'Look at the answers to a blank picture. Without ink every weight is multiplied by 0, so only the biases decide.',
  },
  'no-relu': {
    question: 'Two layers with nothing between them: are they really two?',
    title: 'without ReLU',
    look: 'Look at the product W²W¹: a single layer, ten pictures. Does it give the same answers as the two layers?',
  },
  'no-softmax': {
    question: 'Are ten weighted sums an answer?',
    title: 'without softmax',
    look: 'Look at the ten answers to one digit. Can they be probabilities: none below 0, and a sum of 1?',
  },
  'zero-start': {
    question: 'Why not start with zeros?',
    title: 'all weights zero at the start',
    look: 'Look at the ten hidden units. They start equal. Does anything ever make them different?',
  },
  'large-alpha': {
    question: 'How large can a step be?',
    title: 'learning rate α too large',
    look: 'Look at the loss. Does every step make it smaller? And how many hidden units stay alive?',
  },
  'raw-pixels': {
    question: 'Why divide the pixels by 255?',
    title: 'pixels not divided by 255',
    look: 'Look at the loss in the first two updates, then at the hidden units. How many of them still give an output?',
  },
  'summed-db': {
    question: 'Can db be summed over everything?',
    title: 'the notebook’s mistake in db',
    look: 'Look at the change of each bias, ten in the output layer and ten in the hidden layer. Which of them learn, and which are all the same?',
  },
  kdnuggets: {
    question: 'What can a single unit learn?',
    title: 'the KDnuggets network of three inputs',
    look: 'Look at the weights on the edges. Which of the three inputs becomes the most important?',
  },
};

interface SideText {
  readonly name: string;
  /** What a screen reader reads for the equation. */
  readonly spoken: string;
  readonly equation: ComponentChildren;
}

/** What stands over each of the two halves: its name, and the equation in which they differ. */
export function sideTexts({ name, alpha, start }: ExperimentSettings): readonly [SideText, SideText] {
  switch (name) {
    case 'no-bias':
      return [
        { name: 'with bias', spoken: 'Z equals W A plus b', equation: weightedSum(false) },
        { name: 'without bias', spoken: 'Z equals W A, the b crossed out', equation: weightedSum(true) },
      ];
    case 'no-relu':
      return [
        { name: 'with ReLU', spoken: 'A1 equals ReLU of Z1', equation: activation('ReLU', 1, false) },
        {
          name: 'without ReLU',
          spoken: 'A1 equals Z1, ReLU crossed out',
          equation: activation('ReLU', 1, true),
        },
      ];
    case 'no-softmax':
      return [
        {
          name: 'with softmax',
          spoken: 'A2 equals softmax of Z2',
          equation: activation('softmax', 2, false),
        },
        {
          name: 'without softmax',
          spoken: 'A2 equals Z2, softmax crossed out',
          equation: activation('softmax', 2, true),
        },
      ];
    case 'zero-start':
      return [
        { name: 'random at the start', spoken: 'W and b random, from −0.5 to 0.5', equation: startRange() },
        {
          name: start === 0 ? 'zero at the start' : `${start} at the start`,
          spoken: `W and b equal ${start}`,
          equation: startValue(start),
        },
      ];
    case 'large-alpha':
      return [
        { name: 'α = 0.1', spoken: 'W becomes W minus 0.1 dW', equation: step(0.1, false) },
        {
          name: `α = ${formatNumber(alpha)}`,
          spoken: `W becomes W minus ${alpha} dW`,
          equation: step(alpha, true),
        },
      ];
    case 'raw-pixels':
      return [
        { name: 'divided by 255', spoken: 'X equals pixels over 255', equation: pixels(false) },
        { name: 'not divided', spoken: 'X equals pixels, over 255 crossed out', equation: pixels(true) },
      ];
    case 'summed-db':
      return [
        {
          name: 'summed over the examples',
          spoken: 'db of unit i equals 1 over m times the sum over j of dZ i j',
          equation: biasGradient(false),
        },
        {
          name: 'summed over everything',
          spoken: 'db of unit i equals 1 over m times the sum over k and j of dZ k j',
          equation: biasGradient(true),
        },
      ];
  }
}

/** What the KDnuggets unit computes. */
export function unitEquation(hasBias: boolean) {
  return (
    <>
      <mi>a</mi>
      <mo>=</mo>
      <mi>σ</mi>
      <mrow>
        <mo>(</mo>
        {['1', '2', '3'].map((i) => (
          <mrow key={i}>
            {i !== '1' && (
              <mo lspace="0.22em" rspace="0.22em">
                +
              </mo>
            )}
            <msub>
              <mi>w</mi>
              <mn>{i}</mn>
            </msub>
            <msub>
              <mi>x</mi>
              <mn>{i}</mn>
            </msub>
          </mrow>
        ))}
        <mrow class={hasBias ? '' : 'struck'}>
          <mo lspace="0.22em" rspace="0.22em">
            +
          </mo>
          <mi>b</mi>
        </mrow>
        <mo>)</mo>
      </mrow>
    </>
  );
}

/** How that is read out. */
export function unitSpoken(hasBias: boolean): string {
  return `a equals sigma of w1 x1 plus w2 x2 plus w3 x3${hasBias ? ' plus b' : ', the b crossed out'}`;
}

/** What the loss of the curves is. */
export function lossName(name: ExperimentName): string {
  return name === 'no-softmax' ? 'squared error ½Σ(a − y)²' : 'loss, in nats';
}

/** What is behind it, said after the run; true of every run. */
export const REASONS: Readonly<Record<ExperimentName, string>> = {
  'no-bias':
    'Without a bias, a unit’s weighted sum is 0 whenever its inputs are 0, whatever it has learned: the border between yes and no always goes through the origin. Every digit has ink, and a weight on a pixel that nearly every digit covers can do the work of a bias. So the accuracy hardly changes, but the blank picture shows the difference at once.',
  'no-relu':
    'W²(W¹X + b¹) + b² = (W²W¹)X + (W²b¹ + b²): any number of layers with nothing between them equals one layer. One layer is a good start and learns quickly, so with a thousand digits it may even be ahead. But it can never do more, however many layers you add and however long they learn.',
  'no-softmax':
    'Leave softmax out of the code, and no other line changes: dZ = A − Y is then the gradient of the squared error ½Σ(a − y)². So the right network learns by least squares, a method with its own uses. But nothing keeps its answers between 0 and 1, and weighted sums that start far from 0 and 1 make the first steps too long. Both curves show the squared error, because cross-entropy is not defined for a negative answer. The left network still learns by cross-entropy.',
  'zero-start':
    'Units that start equal get the same gradient, so they stay equal to the last bit: ten units do the work of one. With zeros it is worse. Every hidden z is 0, where ReLU gives 0 and its slope counts as 0. So dW¹ and db¹ are 0, and dW² is 0 because A¹ is 0. Only b² learns: it learns how common each digit is.',
  'large-alpha':
    'The gradient says which way is down, but not for how far. Beyond the bottom of the valley the loss rises again, and a step that is too large lands higher up on the other side. Such a jump can also push a hidden unit so far that its z is negative for every digit. There ReLU is flat: no gradient comes back, and the unit is dead for good.',
  'raw-pixels':
    'With pixels from 0 to 255, dW¹ is about 255 times as large, and a step in W¹ changes Z¹ 255 times as much again. So the same α changes the sums about 65,000 times as much. One or two updates can push all hidden units below 0 for every digit. There ReLU gives them no gradient, and they never come back.',
  'summed-db':
    'A bias has one value per unit, and its gradient is the sum over the examples of its own row of dZ. If you sum over everything, each column of A² − Y adds up to 1 − 1 = 0, so the output biases never learn, and all hidden biases get the same number. The weights make up for most of it. The accuracy hardly shows the mistake, but a gradient check finds it at once.',
};

function weightedSum(isWithout: boolean) {
  return (
    <>
      <mi>Z</mi>
      <mo>=</mo>
      <mi>W</mi>
      <mi>A</mi>
      <mrow class={isWithout ? 'struck' : ''}>
        <mo lspace="0.22em" rspace="0.22em">
          +
        </mo>
        <mi>b</mi>
      </mrow>
    </>
  );
}

function activation(g: string, layer: number, isWithout: boolean) {
  return (
    <>
      <Quantity name="A" layer={layer} />
      <mo>=</mo>
      <mrow class={isWithout ? 'struck' : ''}>
        <mi mathvariant="normal">{g}</mi>
      </mrow>
      <mrow>
        <mo>(</mo>
        <Quantity name="Z" layer={layer} />
        <mo>)</mo>
      </mrow>
    </>
  );
}

function startRange() {
  return (
    <>
      <mi>W</mi>
      <mo>,</mo>
      <mi>b</mi>
      <mo>∈</mo>
      <mrow>
        <mo>[</mo>
        <mn>−0.5</mn>
        <mo>,</mo>
        <mn>0.5</mn>
        <mo>)</mo>
      </mrow>
    </>
  );
}

function startValue(start: number) {
  return (
    <>
      <mi>W</mi>
      <mo>,</mo>
      <mi>b</mi>
      <mo>=</mo>
      <mn class="red">{start}</mn>
    </>
  );
}

function step(alpha: number, isRed: boolean) {
  return (
    <>
      <mi>W</mi>
      <mo>≔</mo>
      <mi>W</mi>
      <mo>−</mo>
      <mn class={isRed ? 'red' : ''}>{formatNumber(alpha)}</mn>
      <mo>·</mo>
      <Quantity name="dW" />
    </>
  );
}

function pixels(isRaw: boolean) {
  return (
    <>
      <mi>X</mi>
      <mo>=</mo>
      <mtext>pixels</mtext>
      <mrow class={isRaw ? 'struck' : ''}>
        <mo lspace="0.22em" rspace="0.22em">
          /
        </mo>
        <mn>255</mn>
      </mrow>
    </>
  );
}

function biasGradient(isOverAll: boolean) {
  return (
    <>
      <msub>
        <Quantity name="db" />
        <mi>i</mi>
      </msub>
      <mo>=</mo>
      <mfrac>
        <mn>1</mn>
        <mi>m</mi>
      </mfrac>
      {isOverAll && (
        <munder class="red">
          <mo>∑</mo>
          <mi>k</mi>
        </munder>
      )}
      <munder>
        <mo>∑</mo>
        <mi>j</mi>
      </munder>
      <msub>
        <Quantity name="dZ" />
        <mrow>
          <mi class={isOverAll ? 'red' : ''}>{isOverAll ? 'k' : 'i'}</mi>
          <mi>j</mi>
        </mrow>
      </msub>
    </>
  );
}
