import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isModestJson } from './json.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test('text in JSON is modest as long as few parts lie inside each other, whatever its strings hold', () => {
  const strings = fc.array(fc.string({ unit: fc.constantFrom('"', '\\', '[', '{', ']', 'a') }));
  fc.assert(
    fc.property(strings, fc.integer({ min: 1, max: 100 }), (texts, depth) => {
      const written = `{"texts":${JSON.stringify(texts)},"nested":${nested(depth)},"after":"["}`;
      expect(isModestJson(bytesOf(written))).toBe(depth < 64);
    }),
  );
});

test('brackets in a string that never ends are no parts', () => {
  expect(isModestJson(bytesOf(`["\\"${'['.repeat(200)}\\"`))).toBe(true);
});

test('more than 100,000 parts are too many', () => {
  const parts = (count: number) => bytesOf(`[${Array(count - 1).fill('{}')}]`);
  expect(isModestJson(parts(100_000))).toBe(true);
  expect(isModestJson(parts(100_001))).toBe(false);
});
