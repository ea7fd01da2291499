import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { click } from './controls.js';
import { inBrowsers, PAGES } from './studio.js';
import { until, untilQuiet } from './until.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('axe finds nothing', () => {
  inBrowsers((open) => {
    for (const name of PAGES) {
      test(`${name}, on paper and on the blackboard`, async (context) => {
        const { page, visit } = await open(context, { at: name });
        await until(page, name, () => document.querySelector('main .opening') === null, []);
        await untilQuiet(page);
        await page.evaluate(AXE);
        const themes: string[] = [];
        for (let k = 0; k < 2; k++) {
          themes.push((await page.evaluate(() => document.documentElement.dataset.theme)) ?? 'none');
          expect(await violations(page), `${name}, ${themes.at(-1)}`).toEqual([]);
          await click(page, 'button', /^(Blackboard|Paper)$/);
        }
        expect(themes.sort()).toEqual(['dark', 'light']);
        await visit(name);
      });
    }
  });
});

/** What axe-core finds wrong, one line each. */
async function violations(page: Page): Promise<string[]> {
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
  );
}
