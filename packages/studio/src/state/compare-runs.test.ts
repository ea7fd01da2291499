import { expect, test } from 'vitest';
import { isRunLog } from '../files/run-log-head.js';
import { csvOf, differingSettings, jsonOf, matches, settingText } from './compare-runs.js';
import { readRunLog, writeRunLog } from './run-log.js';
import { columnsOf, pointsOf, type RunRecord } from './run-record.js';

const LOG = [
  '{"type":"run","version":1,"data":"MNIST","layers":[784,10,10],"examples":59000,"settings":{"alpha":0.3}}',
  '{"type":"step","iteration":0,"epoch":0,"seconds":0,"loss":2.4,"accuracy":0.1}',
  '{"type":"step","iteration":10,"epoch":10,"seconds":1,"loss":1.9,"accuracy":0.4,"dev":{"examples":1000,"loss":1.8,"accuracy":0.45}}',
  '{"type":"end","iterations":10,"updates":10,"stopReason":"iterations","seconds":1.5,"train":{"examples":59000,"loss":1.9,"accuracy":0.4},"dev":{"examples":1000,"loss":1.8,"accuracy":0.45},"test":{"examples":10000,"loss":1.8,"accuracy":0.44},"parametersSha256":"abcd1234"}',
  '',
].join('\n');

const logged = (text = LOG): RunRecord => ({ number: 1, ...readRunLog('a.jsonl', text)[0]! });

test('a log of the command is read: its settings, its curves and its result', () => {
  expect(isRunLog(LOG)).toBe(true);
  expect(isRunLog('{"model":1}')).toBe(false);
  const run = logged();
  expect(run).toMatchObject({ title: 'a.jsonl', given: { alpha: 0.3 }, state: 'done', milliseconds: 1500 });
  expect(pointsOf(run.training)).toEqual([
    { epoch: 0, loss: 2.4, accuracy: 0.1 },
    { epoch: 10, loss: 1.9, accuracy: 0.4 },
  ]);
  expect(pointsOf(run.watched)).toEqual([{ epoch: 10, loss: 1.8, accuracy: 0.45 }]);
  expect(run.result).toMatchObject({ sha256: 'abcd1234', test: { accuracy: 0.44 } });
});

test('a log that was cut off is a run without a result, and a wrong line is named', () => {
  const cut = logged(LOG.split('\n').slice(0, 3).join('\n'));
  expect(cut.result).toBeUndefined();
  expect(cut.state).toBe('closed');
  expect(pointsOf(cut.training)).toHaveLength(1);
  expect(() => readRunLog('b.jsonl', `${LOG}hello\n`)).toThrow(
    'b.jsonl: line 5 is not part of a run log. Expected a file that longhand train --log wrote',
  );
  expect(() => readRunLog('b.jsonl', '')).toThrow('b.jsonl: contains no run');
});

test('a run that is written as a log is read again', () => {
  const run = logged();
  const again = logged(writeRunLog(run));
  expect(again.given).toEqual(run.given);
  expect(again.training).toEqual(run.training);
  expect(again.watched).toEqual(run.watched);
  expect(again.result).toEqual(run.result);
  expect(again.dev).toEqual(run.dev);
});

test('runs differ in the settings that have several values, defaults too', () => {
  expect(differingSettings([{ alpha: 0.3 }, { seed: 2 }])).toEqual(expect.arrayContaining(['alpha', 'seed']));
  expect(differingSettings([{ alpha: 0.3 }, { alpha: 0.3, seed: 2 }])).toEqual(['seed']);
  expect(differingSettings([{}])).toEqual([]);
  expect(settingText({}, 'alpha')).toBe('0.1');
});

test('a filter finds runs that have all its words', () => {
  expect(matches('ALPHA wide', ['a wide network', 'alpha 0.3'])).toBe(true);
  expect(matches('narrow', ['a wide network'])).toBe(false);
  expect(matches('', ['anything'])).toBe(true);
});

test('the CSV quotes what it must, and no name becomes a formula', () => {
  const [head, first, second] = csvOf([
    { ...logged(), title: 'wide, "deep"', note: '=1+1' },
    { ...logged(), number: 2, given: { alpha: 0.1 } },
  ]).split('\n');
  expect(head).toBe(
    'run,name,note,data,alpha,iterations,seconds,train loss,train accuracy,dev accuracy,test accuracy,sha256',
  );
  expect(first).toBe(`1,"wide, ""deep""",'=1+1,MNIST,0.3,10,1.5,1.9,0.4,0.45,0.44,abcd1234`);
  expect(second).toMatch(/^2,a\.jsonl,,MNIST,0\.1,/);
});

test('the JSON has the curves, not the weights', () => {
  const parameters = new Float32Array(5);
  const snapshot = { iteration: 0, epoch: 0, loss: 1, accuracy: 0, parameters };
  const [run] = JSON.parse(jsonOf([{ ...logged(), snapshots: [snapshot] }]));
  expect(run.training).toHaveLength(2);
  expect(run.dev).toEqual([{ epoch: 10, loss: 1.8, accuracy: 0.45 }]);
  expect(run).not.toHaveProperty('snapshots');
});

test('the columns of a curve give its points back', () => {
  const points = [{ epoch: 1, loss: 2, accuracy: 0.5 }];
  expect(pointsOf(columnsOf(points))).toEqual(points);
});
