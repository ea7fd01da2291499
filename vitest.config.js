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
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // A page or a process on a busy machine may take longer than a second to follow. A limit, and no measure.
    expect: { poll: { timeout: 45_000 } },
  },
});
