import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// A short run of what `node scripts/fuzz.js` does for minutes: other damage each time would make a test that fails at times.
const script = fileURLToPath(new URL('../../scripts/fuzz.js', import.meta.url));

test('every reader of damaged files reads them or says in one line what is wrong', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--seconds', '10'], {
    encoding: 'utf8',
  });
  expect([status, stderr], stdout).toEqual([0, '']);
  expect(stdout).toMatch(/^idx: \d+ cases$/m);
  expect(stdout).toMatch(/^0 failures$/m);
});
