import type { Page } from 'puppeteer-core';
import { click } from './controls.js';
import type { PageRow } from './page-registry.js';

/** Opens a page of the studio by the navigation, or by its address if it is not there. */
export async function goTo(page: Page, { name, title, isInNavigation = true }: PageRow): Promise<void> {
  if (isInNavigation) await click(page, 'link', title, 'nav');
  else
    await page.evaluate((place) => {
      location.hash = place;
    }, `#/${name}`);
}
