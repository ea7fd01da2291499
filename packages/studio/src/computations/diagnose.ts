import type { Settings } from '@longhand/core';
import { formatNumber } from '@longhand/core/explain';
import { amount, count, percent } from '../text.js';
import type { Vitals } from './vitals.js';

/** Something that went wrong in a run, and what may help. */
interface Finding {
  readonly what: string;
  readonly advice?: string;
}

export interface Diagnosis {
  /** Whether the network is clearly better than one that always gives the same answer. */
  readonly hasLearned: boolean;
  readonly findings: readonly Finding[];
}

/** What is known of a run that has ended. */
export interface EndedRun {
  readonly settings: Settings;
  readonly vitals: Vitals;
  /** On the test set, or on the training set if the test set stayed closed. */
  readonly accuracy: number;
  /** The first, the largest and the last loss on the training examples, in nats. */
  readonly firstLoss: number;
  readonly worstLoss: number;
  readonly loss: number;
  readonly iterations: number;
}

/** A tenth of the way from the most common label to no mistake. Below it, a run has learned nothing. */
const LEAST_GAIN = 0.1;
/** From this share of dead units on, a run that has learned is told so, too. */
const MANY_DEAD = 0.5;
/** From this share on, one answer counts as the only one. */
const ONE_ANSWER = 0.95;
/** A loss that grows so many times larger has leapt, even if it falls again. */
const LEAP = 1.5;
/** Fewer updates than this are few. */
const FEW = 100;

/** What went wrong in a run, the likeliest cause first. */
export function diagnose(run: EndedRun): Diagnosis {
  const { settings, vitals, accuracy, firstLoss, worstLoss, loss, iterations } = run;
  const chance = vitals.label.share;
  const hasLearned = accuracy >= chance + LEAST_GAIN * (1 - chance);
  const dead = deadUnits(vitals);
  if (hasLearned) return { hasLearned, findings: dead.filter(({ share }) => share >= MANY_DEAD) };
  const findings: Finding[] = [];
  if (settings.pixels === 'raw') {
    findings.push({
      what: 'The pixels are raw: numbers up to 255, where the weights expect 0 to 1. So every sum is hundreds of times too large.',
      advice: 'Set pixel scaling to “unit”.',
    });
  }
  if (worstLoss > LEAP * firstLoss || loss > firstLoss) {
    findings.push({
      what: `The loss grew from ${nats(firstLoss)} to ${nats(Math.max(worstLoss, loss))}: the updates step too far.`,
      advice: `Try a tenth of the learning rate: α = ${Number((settings.alpha / 10).toPrecision(3))}.`,
    });
  }
  findings.push(...dead);
  if (vitals.answer.share >= ONE_ANSWER) {
    findings.push({
      what: `The network answers “${vitals.answer.name}” for ${percent(vitals.answer.share, 0)} of the examples, whatever they show.`,
    });
  }
  if (findings.every(({ advice }) => advice === undefined) && loss <= firstLoss && iterations < FEW) {
    findings.push({
      what: `Only ${amount(iterations, 'update')} ${iterations === 1 ? 'was' : 'were'} made, and the loss was still falling.`,
      advice: 'Train longer.',
    });
  }
  if (findings.every(({ advice }) => advice === undefined)) {
    findings.push({
      what: 'The loss hardly fell.',
      advice: 'Train longer, or try a larger learning rate. The preset “board” is known to learn.',
    });
  }
  return { hasLearned, findings };
}

/** A loss; a large one without decimals. */
function nats(loss: number): string {
  return loss < 1000 || loss > 1e15 ? formatNumber(loss, 3) : count(Math.round(loss));
}

function deadUnits({ layers, examples }: Vitals): (Finding & { readonly share: number })[] {
  return layers.flatMap(({ units, dead }, l) => {
    if (dead === 0) return [];
    const where = layers.length > 1 ? ` of hidden layer ${l + 1}` : '';
    const all =
      dead === units
        ? `All ${count(units)} hidden units`
        : `${count(dead)} of the ${count(units)} hidden units`;
    return [
      {
        share: dead / units,
        what: `${all}${where} ${dead === 1 && units > 1 ? 'is' : 'are'} dead: 0 for each of ${amount(examples, 'example')}. A dead unit gets no gradient and learns no more.`,
        advice: 'Use a smaller learning rate, or the activation leaky ReLU.',
      },
    ];
  });
}
