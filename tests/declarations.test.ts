import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));
/** Longer than any name or message that a type can have to spell out. */
const MAX_LITERAL = 500;

/** Types of bytes: a constant whose type is its own value puts all of it into the declaration. */
describe.each(['core', 'mnist', 'formats', 'sweep'])('the declarations of %s', (name) => {
  const folder = `${packages}${name}/dist`;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.d.ts'),
  );

  test('hold no long literal', () => {
    expect(existsSync(`${folder}/index.d.ts`)).toBe(true);
    for (const file of files) {
      const literals = readFileSync(`${folder}/${file}`, 'utf8').match(/"[^"\n]*"|'[^'\n]*'|`[^`]*`/g) ?? [];
      const longest = literals.reduce((max, literal) => Math.max(max, literal.length), 0);
      expect(longest, file).toBeLessThan(MAX_LITERAL);
    }
  });

  test.skipIf(name !== 'core')('name arrays as TypeScript before 5.7 knows them', () => {
    for (const file of files) {
      expect(readFileSync(`${folder}/${file}`, 'utf8'), file).not.toMatch(/\b\w+\d+Array</);
    }
  });
});
