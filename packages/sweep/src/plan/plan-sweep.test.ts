import { Dataset } from '@longhand/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDimension } from '../space/dimension.js';
import type { TaskResult } from '../task.js';
import { costOf } from './budget.js';
import { endsOf, planSweep, type SweepRequest } from './plan-sweep.js';
import { rankTrials } from './ranking.js';
import { createSchedule, type Results } from './schedule.js';

const dataset = new Dataset({
  pixels: Uint8Array.from({ length: 400 }, (_, at) => (at * 37) % 256),
  labels: Uint8Array.from({ length: 100 }, (_, at) => at % 2),
  ...{ width: 2, height: 2, classNames: ['a', 'b'] },
});

const request = (vary: readonly string[], more: Partial<SweepRequest> = {}): SweepRequest => ({
  ...{ dataset, name: 'data', fingerprint: '0'.repeat(64), settings: { iterations: 270 } },
  ...{ vary: vary.map(parseDimension), strategy: 'grid', repeat: 1, seed: 1, ...more },
});

const NINE = ['alpha=0.1,0.2,0.3', 'hidden=1,2,3'];

/** A made-up result; `score` decides how good it is. */
function resultOf(id: string, score: number, updates: number): TaskResult {
  const curve = [] as const;
  const digest = id.split('').reverse().join('');
  return {
    ...{ type: 'measured', id, worker: 'w', seconds: 1, updates, parametersSha256: digest, curve },
    dev: { examples: 10, accuracy: score, loss: 1 - score },
  };
}

/** Does a sweep by what `score` says of a task, the results coming as `order` says. */
function sweep(
  plan: ReturnType<typeof planSweep>,
  score: (trial: number, repetition: number, rung: number) => number | undefined,
  order: (a: string, b: string) => number = () => 0,
) {
  const schedule = createSchedule(plan);
  const results = new Map<string, TaskResult>();
  const seen: number[][] = [];
  for (;;) {
    const { tasks } = schedule(results);
    if (tasks.length === 0) return { results, seen, standing: schedule(results), schedule };
    seen.push([...new Set(tasks.map(({ trial }) => trial))]);
    for (const { id, trial, repetition, rung, until } of [...tasks].sort((a, b) => order(a.id, b.id))) {
      const value = score(trial, repetition, rung);
      const failed: TaskResult = { type: 'failed', reason: 'it diverged', id, worker: 'w', seconds: 0 };
      results.set(id, value === undefined ? failed : resultOf(id, value, until));
    }
  }
}

describe('the trials of a sweep', () => {
  test('of a grid are all combinations, the last setting changing first', () => {
    const { trials, rungs } = planSweep(request(NINE));
    expect(trials.map(({ candidate }) => [candidate.alpha, candidate.hidden])).toEqual(
      [0.1, 0.2, 0.3].flatMap((alpha) => [1, 2, 3].map((units) => [alpha, [units]])),
    );
    expect(trials.map(({ trial }) => trial)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(rungs).toBe(1);
  });

  test('of a random sweep depend on the seed, and more of them begin with the same', () => {
    const random = (trials: number, seed = 1, vary = ['alpha=log:0.01..1', 'dropout=0..0.5']) =>
      planSweep(request(vary, { strategy: 'random', trials, seed })).trials.map(({ candidate }) => candidate);
    expect(random(9).slice(0, 4)).toEqual(random(4));
    expect(random(4, 2)).not.toEqual(random(4));
    const more = random(4, 1, ['alpha=log:0.01..1', 'momentum=0.5,0.9', 'dropout=0..0.5']);
    expect(more.map(({ alpha, dropout }) => [alpha, dropout])).toEqual(
      random(4).map(({ alpha, dropout }) => [alpha, dropout]),
    );
  });

  test('that are the same are left out, and it is said', () => {
    const plan = planSweep(request(['alpha=0.1,0.2'], { strategy: 'random', trials: 30 }));
    expect(plan.trials).toHaveLength(2);
    expect(plan.notes).toEqual(['28 trials were the same as another and left out: 2 are left']);
  });

  test('whose settings exclude each other are no runs, and rank last', () => {
    const plan = planSweep(request(['optimizer=sgd,nesterov', 'momentum=0.5,0.8']));
    expect(plan.trials.map(({ problem }) => problem?.split(':')[0])).toEqual([
      ...['momentum 0.5', 'momentum 0.8', undefined, undefined],
    ]);
    const { standing } = sweep(plan, (trial) => trial / 10);
    expect(rankTrials(plan, standing).map(({ trial }) => trial)).toEqual([4, 3, 1, 2]);
  });

  test.each([
    [request([]), 'nothing varies'],
    [request(['alpha=0.1,0.2', 'lr=0.3,0.4']), 'alpha: varies twice'],
    [request(['alpha=0.1..0.5']), 'alpha: a grid needs values: alpha=0.1..0.5:5 takes five of the range'],
    [request(NINE, { trials: 4 }), 'a grid has all its 9 trials, not 4'],
    [request(['epochs=1,2'], { strategy: 'halving' }), 'epochs: cannot vary with the strategy halving'],
    [request(['alpha=0.1,0.2'], { settings: { dev: 0 } }), 'no trial can be run: dev'],
    [request(NINE, { budget: 200 }), 'a budget of 200 epochs is too small: the first trial takes 270'],
  ])('a sweep that cannot be is refused (%#)', (wrong, message) => {
    expect(() => planSweep(wrong)).toThrow(message);
  });

  test('fit into the budget, with halving whatever comes of them', () => {
    expect(planSweep(request(NINE, { budget: 1000 })).trials).toHaveLength(3);
    const repeated = planSweep(request(NINE, { budget: 1100, repeat: 2 }));
    expect(repeated.trials).toHaveLength(2);
    expect(repeated.notes).toEqual(['2 of 9 trials fit the budget of 1100 epochs']);
    const vary = ['alpha=0.1..0.9:9', 'hidden=1,2,3,4,5,6,7'];
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 6000 }), fc.integer({ min: 1, max: 3 }), (budget, repeat) => {
        fc.pre(budget >= 270 * repeat);
        const plan = planSweep(request(vary, { strategy: 'halving', budget, repeat }));
        const { seen } = sweep(plan, (trial) => trial / 100);
        const ends = endsOf(plan.trials[0]!, plan.rungs);
        const spent = seen.reduce(
          (sum, trials, r) => sum + repeat * trials.length * (ends[r]! - (ends[r - 1] ?? 0)),
          0,
        );
        expect(spent).toBeLessThanOrEqual(budget + plan.trials.length);
        // No number of trials that is just enough for one more rung would fit.
        const all = planSweep(request(vary, { strategy: 'halving', repeat })).trials;
        for (const more of [1, 3, 9, 27].filter((count) => count > plan.trials.length))
          expect(costOf(all.slice(0, more), 'halving', repeat)).toBeGreaterThan(budget);
        expect(spent).toBeCloseTo(costOf(plan.trials, 'halving', repeat), -1);
      }),
      { numRuns: 20 },
    );
  });
});

describe('successive halving', () => {
  const plan = planSweep(request(NINE, { strategy: 'halving', repeat: 2 }));

  test('goes on with a third, three times as long', () => {
    expect(plan.rungs).toBe(3);
    expect(endsOf(plan.trials[0]!, plan.rungs)).toEqual([30, 90, 270]);
    const { seen, standing } = sweep(plan, (trial) => trial / 10);
    expect(seen).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9], [7, 8, 9], [9]]);
    expect(rankTrials(plan, standing).map(({ trial }) => trial)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('tasks of a rung go on from those of the rung before', () => {
    const { schedule, results } = sweep(plan, (trial) => trial / 10);
    const first = schedule(new Map()).tasks.filter(({ trial }) => trial === 9);
    expect(first.map(({ settings }) => settings.seed)).toEqual([1, 2]);
    const kept = new Map([...results].filter(([id]) => first.every((task) => task.id !== id)));
    expect(schedule(kept).tasks).toEqual(first);
    const second = schedule(
      new Map([...results].filter(([, r]) => r.type === 'measured' && r.updates === 30)),
    ).tasks;
    expect(second.filter(({ trial }) => trial === 9).map(({ after }) => after)).toEqual(
      first.map(({ id }) => id),
    );
  });

  test('a tie goes to the smaller number, and a failed trial never goes on', () => {
    expect(sweep(plan, () => 0.5).seen).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3], [1]]);
    const { seen, standing } = sweep(plan, (trial, repetition) =>
      trial === 9 && repetition === 2 ? undefined : trial / 10,
    );
    expect(seen).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9], [6, 7, 8], [8]]);
    const last = rankTrials(plan, standing).at(-1)!;
    expect([last.trial, last.reason]).toEqual([9, 'it diverged']);
  });

  test('a run that early stopping ended is not run again, and its result stands', () => {
    const schedule = createSchedule(plan);
    const results = new Map<string, TaskResult>();
    for (const { id, trial } of schedule(results).tasks)
      results.set(id, resultOf(id, trial / 10, trial === 8 ? 20 : 30));
    expect(new Set(schedule(results).tasks.map(({ trial }) => trial))).toEqual(new Set([7, 9]));
  });

  test('decides by results alone: not by their order, nor by which of them were lost and computed again', () => {
    const score = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 9, maxLength: 9 }),
        fc.array(fc.nat(), { minLength: 64 }),
        (scores, noise) => {
          const of = (trial: number, repetition: number, rung: number) => {
            const value = scores[trial - 1]!;
            return value === 0 && rung === 1 ? undefined : (value + repetition + rung) / 10;
          };
          const straight = sweep(plan, of);
          const key = (id: string) => noise[Number.parseInt(id.slice(0, 6), 16) % noise.length]!;
          const shuffled = sweep(plan, of, (a, b) => key(a) - key(b));
          expect(shuffled.seen).toEqual(straight.seen);
          const lost: Results = new Map([...straight.results].filter(([id]) => key(id) % 2 === 0));
          const again = new Map(lost);
          for (
            let tasks = straight.schedule(again).tasks;
            tasks.length > 0;
            tasks = straight.schedule(again).tasks
          ) {
            for (const { id } of tasks) {
              // It asks for no task that the sweep without losses did not ask for.
              expect(straight.results.has(id)).toBe(true);
              again.set(id, straight.results.get(id)!);
            }
          }
          expect(rankTrials(plan, straight.schedule(again))).toEqual(rankTrials(plan, straight.standing));
        },
      ),
      { numRuns: 50 },
    );
  });
});
