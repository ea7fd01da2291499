import { ACTIVATIONS, OPTIMIZERS } from '@longhand/core/maths';
import { SETTINGS } from '@longhand/core/settings';
import { expect, test } from 'vitest';
import { choiceLabelOf } from './setting-labels.js';

test('menus show the label of a choice, not its name in code', () => {
  expect(choiceLabelOf('relu')).toBe('ReLU');
  expect(choiceLabelOf('leaky-relu,tanh')).toBe('leaky ReLU, tanh');
  expect(choiceLabelOf('adamw')).toBe('AdamW');
  for (const { kind } of SETTINGS) {
    if (kind.type !== 'choice') continue;
    const labels = kind.choices.map(choiceLabelOf);
    expect(new Set(labels).size).toBe(kind.choices.length);
  }
  for (const [name, { label }] of Object.entries({ ...ACTIVATIONS, ...OPTIMIZERS })) {
    expect(choiceLabelOf(name)).toBe(label);
  }
});
