import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { runInPage } from './browser.ts';
import { until } from './process.ts';

/** More presses of the tab key than the whole page takes. */
const MOST = 200;

interface Stop {
  /** As a reader of the screen tells it. */
  readonly name: string;
  /** What is wrong with it: test/browser/pages/focus-stop.js. */
  readonly faults: readonly string[];
}

const stopOf = (page: Page): Promise<Stop> => runInPage<Stop>(page, 'focus-stop');

const isCalled = (name: string, wanted: string | RegExp) =>
  typeof wanted === 'string' ? name === wanted : wanted.test(name);

/**
 * Presses the tab key until what has the focus is called so; fails where a stop on the way cannot be seen or has no name. With
 * Shift+Tab it goes the other way round.
 */
export async function tabTo(page: Page, wanted: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let press = 0; press < MOST; press += 1) {
    await page.keyboard.press(key);
    const { name, faults } = await stopOf(page);
    // Past the last stop the browser's own window has the focus for a press.
    if (!faults.includes('the focus is lost')) expect(faults, `on the way to ${wanted}`).to.deep.equal([]);
    if (isCalled(name, wanted)) return;
    passed.push(name.slice(0, 40));
  }
  expect.fail(`never at ${wanted}, but at ${passed.join(' | ')}`);
}

/** Waits until what is called so has the focus. */
export async function hasFocus(page: Page, wanted: string | RegExp): Promise<void> {
  let name = '';
  await until('the focus is where it is wanted', async () => {
    name = (await stopOf(page)).name;
    return isCalled(name, wanted);
  }).catch(() => expect.fail(`the focus is not on ${wanted}, but on "${name}"`));
}

/** Goes down the list of choices that has the focus, to the one with this value. */
export async function choose(page: Page, value: string): Promise<void> {
  const now = () => page.evaluate<string>('document.activeElement.value');
  await page.keyboard.press('Home');
  for (let press = 0; press < MOST && (await now()) !== value; press += 1) await page.keyboard.press('ArrowDown');
  expect(await now()).to.equal(value);
}

/** Writes into the field that has the focus, in place of what stands there. */
export async function overwrite(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}
