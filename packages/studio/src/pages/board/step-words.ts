import { explainActivation, formatNumber } from '@longhand/core/explain';
import type { Iteration } from '../../computations/cycle.js';
import { percent, probability, withArticle } from '../../text.js';
import type { Step } from './steps.js';

/** A step in words: a title, what it does in plain words, and exactly. */
export interface StepWords {
  readonly title: string;
  readonly plain: string;
  readonly exact: string;
}

/** What a step is called: `The error of the output`. */
export function stepTitle(
  { phase, result: { quantity, layer } }: Step,
  { network }: Pick<Iteration, 'network'>,
) {
  const layers = network.layers.length;
  const isLast = layer === layers;
  const hidden = layers > 2 ? `hidden layer ${layer}` : 'the hidden layer';
  if (phase === 'update') return 'The update';
  switch (quantity) {
    case 'Z':
      return isLast ? 'A score for each class' : `The weighted sums of ${hidden}`;
    case 'A':
      if (isLast) return 'From scores to probabilities';
      return network.layers[layer - 1]!.g.name === 'relu' && layers <= 2
        ? 'Switch units on or off'
        : `The activations of ${hidden}`;
    case 'dZ':
      return isLast ? 'The error of the output' : `Send the error back to ${hidden}`;
    case 'dW':
      return isLast
        ? 'Which output weights to change'
        : `Which ${layers > 2 ? `weights of ${hidden}` : 'hidden weights'} to change`;
    default:
      return isLast
        ? 'Which output biases to change'
        : `Which ${layers > 2 ? `biases of ${hidden}` : 'hidden biases'} to change`;
  }
}

/**
 * A step in words, with the numbers of one example.
 *
 * @param column the example
 */
export function stepWords(step: Step, iteration: Iteration, column: number, alpha: number): StepWords {
  return { title: stepTitle(step, iteration), ...wordsOf(step, iteration, column, alpha) };
}

function wordsOf(
  { phase, result: { quantity, layer } }: Step,
  iteration: Iteration,
  column: number,
  alpha: number,
): Omit<StepWords, 'title'> {
  const { network, computed, examples, m, gradients } = iteration;
  const { dataset } = examples;
  const layers = network.layers.length;
  const isLast = layer === layers;
  const up = (symbol: string, of = layer) => `${symbol}${superscript(of)}`;
  const below = layer === 1 ? 'X' : up('A', layer - 1);
  const isPicture = dataset.features === undefined;
  const input = layer > 1 ? 'output of the layer before' : isPicture ? 'pixel' : 'input';
  const mean = m > 1 ? ` It is the mean over the ${m} examples.` : '';
  const over = m > 1 ? `1/${m} ` : '';
  if (phase === 'update') {
    return {
      plain: `Every weight and every bias takes a small step against its gradient, so that the loss gets smaller. The learning rate α says how far.`,
      exact: `W := W − α dW and b := b − α db, with α = ${formatNumber(alpha)}.`,
    };
  }
  const columnOf = ({ rows, cols, data }: { rows: number; cols: number; data: Float64Array }) =>
    Array.from({ length: rows }, (_, i) => data[i * cols + column]!);
  const units = network.layers[layer - 1]!.W.rows;
  const label = dataset.label(examples.indices[column]!);
  const nameOf = (k: number) => dataset.classNames[k] ?? `output ${k}`;
  switch (quantity) {
    case 'Z': {
      const z = columnOf(computed.Z[layer - 1]!);
      const best = z.indexOf(Math.max(...z));
      return {
        plain: isLast
          ? `Each class gets a score: every ${layer > 1 ? 'hidden unit’s output' : input} times its weight, added up, plus a bias. Here ${nameOf(best)} gets the highest one, ${formatNumber(z[best]!, 3)}.`
          : `Each of the ${units} hidden units multiplies every ${input} by a weight of its own, adds up the products, and adds its bias.`,
        exact: `${up('Z')} = ${up('W')} ${below} + ${up('b')}: each row of ${up('W')} times ${below}, plus its entry of ${up('b')}.`,
      };
    }
    case 'A': {
      const a = columnOf(computed.A[layer]!);
      if (isLast) {
        const best = a.indexOf(Math.max(...a));
        const right =
          best === label
            ? 'That is right.'
            : `The right answer, ${nameOf(label)}, gets ${probability(a[label]!)}.`;
        const isSoftmax = network.output.name === 'softmax';
        return {
          plain: `The scores become probabilities${isSoftmax ? ', which add up to 100%' : ''}. The network reads ${withArticle(nameOf(best))}, with ${probability(a[best]!)}. ${right}`,
          exact: isSoftmax
            ? `${up('A')} = softmax(${up('Z')}): each entry is exp(z), divided by the sum of all exp(z).`
            : `${up('A')} = ${network.output.name}(${up('Z')}), entry by entry.`,
        };
      }
      const { g } = network.layers[layer - 1]!;
      const on = columnOf(computed.Z[layer - 1]!).filter((z) => z > 0).length;
      return {
        plain:
          g.name === 'relu'
            ? `${on} of the ${units} hidden units got a positive sum: they stay on. ${units - on} got a negative one: they are switched off, to 0.`
            : `Each hidden unit passes its sum through ${g.label}. ${explainActivation(g.name)}`,
        exact:
          g.name === 'relu'
            ? `${up('A')} = ReLU(${up('Z')}): each entry is max(0, z).`
            : `${up('A')} = ${g.symbol}(${up('Z')}), entry by entry.`,
      };
    }
    case 'dZ': {
      if (isLast) {
        const dz = columnOf(gradients[layer - 1]!.dZ);
        const most = dz.indexOf(Math.max(...dz));
        return {
          plain: `The network’s answer minus the right answer. ${nameOf(most)} got ${percent(Math.abs(dz[most]!))} too much, ${nameOf(label)} got ${percent(Math.abs(dz[label]!))} too little.`,
          exact: `${up('dZ')} = ${up('A')} − Y: the probabilities minus 1 for the right class and 0 for all others.`,
        };
      }
      const next = layer + 1;
      const off = columnOf(gradients[layer - 1]!.dZ).filter((value) => value === 0).length;
      return {
        plain:
          `Each hidden unit gets a share of the next layer’s errors, through the same weights as before, now backward. ${off === 1 ? 'One of them was off: its error is 0.' : off > 1 ? `${off} of them were off: their error is 0.` : ''}`.trim(),
        exact: `${up('dZ')} = ${up('W', next)}ᵀ ${up('dZ', next)} ⊙ g′(${up('Z')}): a weighted sum of errors, times the slope of the activation.`,
      };
    }
    case 'dW':
      return {
        plain: `How much does the loss change when a weight grows a little? It is the ${input} times the error of the unit${layer === 1 && isPicture ? ': so you see the picture again, as strong as each unit’s error' : ''}.${mean}`,
        exact: `${up('dW')} = ${over}${up('dZ')} ${below}ᵀ: every entry of ${up('dZ')} times every entry of ${below}.`,
      };
    default:
      return {
        plain: `A bias is added as it is. So its gradient is the error of its unit itself.${mean}`,
        exact:
          m > 1
            ? `${up('db')} = ${over}Σ ${up('dZ')}: the sum over the examples, divided by m.`
            : `${up('db')} = ${up('dZ')}, for a single example.`,
      };
  }
}

/** 12 → ¹² */
function superscript(layer: number): string {
  return [...String(layer)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}
