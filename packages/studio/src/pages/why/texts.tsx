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
    look: 'Look at the answers to a blank picture: where there is no ink, every weight meets a 0, and only a bias is left to speak.',
  },
  'no-relu': {
    question: 'Two layers with nothing between them: are they two?',
    title: 'without ReLU',
    look: 'Look at the product W²W¹, ten pictures that make a layer by themselves: does that one layer know all that the two know?',
  },
  'no-softmax': {
    question: 'Are ten weighted sums an answer?',
    title: 'without softmax',
    look: 'Look at the ten answers to one digit: can you read them as probabilities, none of them under 0, all of them adding up to 1?',
  },
  'zero-start': {
    question: 'Why not begin with zeros?',
    title: 'all weights zero at the start',
    look: 'Look at the ten hidden units: they begin alike, so does anything ever tell them apart?',
  },
  'large-alpha': {
    question: 'How large may a step be?',
    title: 'α too large',
    look: 'Look at the loss: does every step lead down, and how many hidden units live through it?',
  },
  'raw-pixels': {
    question: 'Why divide the pixels by 255?',
    title: 'pixels not divided by 255',
    look: 'Look at the first two updates, and then at the hidden units: how many still answer anything?',
  },
  'summed-db': {
    question: 'May one sum db over everything?',
    title: 'the notebook’s db slip',
    look: 'Look at how far each bias has moved: of the outputs and of the hidden units, ten each, which of them learn by themselves?',
  },
  kdnuggets: {
    question: 'What can one single unit learn?',
    title: 'the KDnuggets network of three inputs',
    look: 'Look at the weights on the edges: which of the three inputs does the unit learn to listen to?',
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
        { name: 'random at the start', spoken: 'W, b in −0.5 to 0.5', equation: startRange() },
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
    'Without a bias a unit’s weighted sum is 0 wherever its inputs are, whatever it has learned: the border between yes and no is nailed to the origin. Digits have ink, and weights on pixels that nearly every digit inks can stand in for a bias; so the accuracy hardly shows it, and the blank picture shows it at once.',
  'no-relu':
    'W²(W¹X + b¹) + b² = (W²W¹)X + (W²b¹ + b²): any number of layers with nothing between them is one layer in disguise. One layer is no bad start and learns quickly, so that with a thousand digits it may well be ahead. It cannot become more, though, however many layers are put on top and however long they learn.',
  'no-softmax':
    'Leave softmax out of the code and no other line changes: dZ = A − Y is then the gradient of the squared error ½Σ(a − y)². So the right side learns by least squares, which is a method of its own; but nothing keeps its answers between 0 and 1, and weighted sums that begin far from 0 and 1 make the first steps long ones, towards smaller weights and sometimes past them. Both curves show the squared error here, as cross-entropy has no meaning for a negative answer; the left side learns by cross-entropy all the same.',
  'zero-start':
    'Units that begin alike get the same gradient, so they stay alike to the last bit: ten units do the work of one. With zeros it is worse. Every hidden z is 0, where ReLU answers 0 and its slope counts as 0; so dW¹ and db¹ are 0, and dW² too, as A¹ is 0. Only b² learns: how common each digit is.',
  'large-alpha':
    'The gradient says where down is, and for how far is another question: past the bottom of the valley the loss rises again, and a large enough step lands higher up on the other side. A jump can also push a hidden unit so far that its z is negative for every digit. There ReLU is flat, no gradient comes back, and the unit is dead for good.',
  'raw-pixels':
    'With bytes for inputs dW¹ is about 255 times as large, and what a step in W¹ does to Z¹ is 255 times as large again: the same α moves the sums some 65,000 times as far. One or two updates can be enough to push all hidden units below 0 for every digit, where ReLU gives them no gradient to come back by.',
  'summed-db':
    'A bias has one value per unit, and its gradient is the sum of its own row of dZ over the examples. Summed over everything, each column of A² − Y adds up to 1 − 1 = 0, so the output biases never learn, and all hidden units share one number. The weights make up for most of it: the accuracy hardly tells, and a gradient check tells at once.',
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
