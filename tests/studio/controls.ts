import type { ElementHandle, Page } from 'puppeteer-core';
import { POLL_MS } from './wait-for.js';

/** The elements of each role, as far as the page uses it. */
const SELECTORS = {
  alert: '[role=alert]',
  application: '[role=application]',
  button: 'button, [role=button], summary',
  checkbox: 'input[type=checkbox], [role=checkbox]',
  combobox: 'select, [role=combobox]',
  group: 'fieldset, [role=group]',
  heading: 'h1, h2, h3, h4, [role=heading]',
  img: 'img, svg[role=img], canvas[role=img], [role=img]',
  link: 'a[href], [role=link]',
  radio: 'input[type=radio], [role=radio]',
  region: 'section[aria-label], section[aria-labelledby], [role=region]',
  slider: 'input[type=range], [role=slider]',
  spinbutton: 'input[type=number], [role=spinbutton]',
  status: '[role=status], output',
  switch: '[role=switch]',
  tab: '[role=tab]',
  table: 'table, [role=table], [role=grid]',
  textbox: 'input:not([type]), input[type=text], textarea, [role=textbox]',
} as const;

export type Role = keyof typeof SELECTORS;

const FIND_TIMEOUT = 45_000;

/**
 * The first visible element with a role and a name, found as a screen reader would find it. Waits
 * until it exists.
 *
 * @param name the whole name, or a pattern in it
 */
export async function find(
  page: Page,
  role: Role,
  name: string | RegExp,
  { within = 'body', timeout = FIND_TIMEOUT }: { within?: string; timeout?: number } = {},
): Promise<ElementHandle<HTMLElement>> {
  const end = performance.now() + timeout;
  for (;;) {
    const [found] = await findAll(page, role, name, within);
    if (found) return found;
    if (performance.now() > end) {
      const there = await namesOf(page, role);
      throw new Error(`no ${role} called ${String(name)}; there are ${there.join(' | ') || 'none'}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** All visible elements with a role and a name, at once. */
export async function findAll(
  page: Page,
  role: Role,
  name: string | RegExp = /^/,
  within = 'body',
): Promise<ElementHandle<HTMLElement>[]> {
  const wanted = typeof name === 'string' ? { text: name } : { source: name.source, flags: name.flags };
  const list = await page.evaluateHandle(
    (selector, inside, { text, source, flags }, named) => {
      const nameOf = named as unknown as (element: Element) => string;
      const pattern = source === undefined ? undefined : new RegExp(source, flags);
      return [...document.querySelectorAll(inside)]
        .flatMap((container) => [...container.querySelectorAll<HTMLElement>(selector)])
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .filter((element) =>
          pattern ? pattern.test(nameOf(element)) : nameOf(element).toLowerCase() === text?.toLowerCase(),
        );
    },
    SELECTORS[role],
    within,
    wanted as { text?: string; source?: string; flags?: string },
    await accessibleName(page),
  );
  const found = [...(await list.getProperties()).values()];
  await list.dispose();
  return found.filter((handle): handle is ElementHandle<HTMLElement> => handle.asElement() !== null);
}

/** The names of all visible elements with a role. */
export async function namesOf(page: Page, role: Role): Promise<string[]> {
  return page.evaluate(
    (selector, named) => {
      const nameOf = named as unknown as (element: Element) => string;
      return [...document.querySelectorAll(selector)]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .map((element) => nameOf(element));
    },
    SELECTORS[role],
    await accessibleName(page),
  );
}

/** Clicks the element with a role and a name, with the mouse. */
export async function click(page: Page, role: Role, name: string | RegExp, within = 'body'): Promise<void> {
  const element = await find(page, role, name, { within });
  await waitForStill(element);
  await element.click();
  await element.dispose();
}

/** Waits until an element no longer moves: during layout it could move away from the mouse. */
async function waitForStill(element: ElementHandle<HTMLElement>): Promise<void> {
  await element.evaluate(async (moving) => {
    const MAX_FRAMES = 100;
    const place = () => {
      const { x, y, width, height } = moving.getBoundingClientRect();
      return [x, y, width, height].join();
    };
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let k = 0; k < MAX_FRAMES; k++) {
      const before = place();
      await frame();
      await frame();
      if (place() === before) return;
    }
  });
}

/** Types a new value over the old one, and leaves the field. */
export async function fill(
  page: Page,
  role: Role,
  name: string | RegExp,
  value: string,
  within = 'body',
): Promise<void> {
  const element = await find(page, role, name, { within });
  await element.focus();
  await element.evaluate((input) => (input as HTMLInputElement).select());
  await page.keyboard.type(value);
  await page.keyboard.press('Tab');
  await element.dispose();
}

/** Chooses an option of a list by its text, or a pattern in it. */
export async function choose(
  page: Page,
  name: string | RegExp,
  option: string | RegExp,
  within = 'body',
): Promise<void> {
  const list = await find(page, 'combobox', name, { within });
  const options = await list.evaluate((element) =>
    [...(element as HTMLSelectElement).options].map(({ text, value }) => ({ text, value })),
  );
  const found = options.find(({ text }) =>
    typeof option === 'string' ? text.trim() === option : option.test(text),
  );
  if (!found) throw new Error(`${String(name)} has no ${String(option)}: ${JSON.stringify(options)}`);
  await list.select(found.value);
  await list.dispose();
}

/** The element's accessible name: aria-label, aria-labelledby, label, or its own text. */
function accessibleName(page: Page) {
  return page.evaluateHandle(() => (element: Element): string => {
    // What is hidden from screen readers is not part of a name; what is only invisible is.
    const textOf = (node: Element | null): string => {
      if (!node || node.getAttribute('aria-hidden') === 'true') return '';
      return [...node.childNodes]
        .map((child) => {
          if (child.nodeType === Node.TEXT_NODE) return child.textContent ?? '';
          if (!(child instanceof Element) || child.matches('select, input, textarea')) return '';
          return child.getAttribute('aria-label') ?? textOf(child);
        })
        .join('');
    };
    const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();
    const told = element.getAttribute('aria-label');
    if (told) return tidy(told);
    const by = element.getAttribute('aria-labelledby');
    if (by) {
      const parts = by.split(/\s+/).map((id) => textOf(document.getElementById(id)));
      return tidy(parts.join(' '));
    }
    const { labels } = element as HTMLInputElement;
    if (labels?.length) return tidy([...labels].map(textOf).join(' '));
    if (element instanceof HTMLFieldSetElement) return tidy(textOf(element.querySelector('legend')));
    return tidy(textOf(element)) || tidy(element.getAttribute('title') ?? '');
  });
}
