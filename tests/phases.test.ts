import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { ROOT } from './runtimes/repository.js';

// The benchmark measures the engine's internal parts. This test fails as soon as they no longer fit.
test.each([{ batch: null }, { batch: 100 }])(
  'where the time goes can be measured, batch $batch',
  async ({ batch }) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'bench', 'peers', 'phases.js')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const ask = async (request: object) => {
        child.stdin.write(`${JSON.stringify(request)}\n`);
        return JSON.parse((await answers.next()).value);
      };
      await ask({ do: 'load', layers: [784, 16, 10], examples: 500, batch, alpha: 0.1 });
      const { phases } = await ask({ do: 'run', iterations: 2 });
      for (const phase of [
        'first layer forward',
        'hidden layers',
        'softmax and loss',
        'first layer backward',
        'update',
      ]) {
        expect(phases[phase], phase).toBeGreaterThan(0);
      }
    } finally {
      child.kill();
    }
  },
);
