import { writeFileSync } from 'node:fs';

/**
 * A vitest reporter that writes the counts of tests to the file in LONGHAND_COUNTS, for the last
 * line of `npm test`.
 */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env.LONGHAND_COUNTS;
    if (!file) return;
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      const before = counts.passed + counts.failed;
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === 'passed') counts.passed++;
        else if (state === 'failed') counts.failed++;
        else counts.skipped.push(`${test.fullName}${note ? `: ${note}` : ''}`);
      }
      // A file that could not be loaded has no tests, so it counts as one failure itself.
      if (!module.ok() && counts.passed + counts.failed === before) counts.failed++;
    }
    writeFileSync(file, JSON.stringify(counts));
  }
}
