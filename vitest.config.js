import { defineConfig } from 'vitest/config';

// Tests run from what the compiler wrote, beside the code that ships, so that a worker's URL means the same in both.
export default defineConfig({
  test: {
    include: [
      'packages/{core,mnist,formats,sweep,cli}/dist/**/*.test.js',
      'packages/studio/src/**/*.test.ts',
      'tests/dist/**/*.test.js',
    ],
    reporters: ['default', './scripts/count-reporter.js'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A page on a busy machine may take longer than a second to follow.
    expect: { poll: { timeout: 20_000 } },
  },
});
