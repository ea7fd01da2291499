import { describe, expect, test } from 'vitest';
import { placeBeside } from './place-beside.js';

const window = { width: 1000, height: 800 };
const card = { width: 300, height: 200 };

describe('the place of a card of the tour', () => {
  test('is beside the thing, where there is room', () => {
    const at = (left: number, top: number, width = 100, height = 100) => {
      const { card: found } = placeBeside({ left, top, width, height }, card, window);
      return [found.left, found.top];
    };
    expect(at(100, 300)).toEqual([212, 250]);
    expect(at(800, 300)).toEqual([488, 250]);
    expect(at(20, 20, 960)).toEqual([350, 132]);
    expect(at(20, 600, 960)).toEqual([350, 388]);
  });

  test('is at the foot of the window where there is no room, or no thing', () => {
    const foot = { left: 692, top: 592, ...card };
    expect(placeBeside({ left: 0, top: 0, width: 1000, height: 800 }, card, window).card).toEqual(foot);
    expect(placeBeside(undefined, card, window)).toEqual({ card: foot, lit: undefined });
  });
});
