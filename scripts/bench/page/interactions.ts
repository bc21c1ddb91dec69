import type { Browser, Page } from 'playwright-core';
import { median } from '../figures.ts';
import { atRest, openMap } from './browser.ts';

/** Milliseconds from the press of a button to the next picture, in steps of 8 (https://w3c.github.io/event-timing/). */
export interface Interactions {
  /** The first thing that a reader does on a new page, each round another page. */
  readonly first: readonly number[];
  readonly firstMedian: number;
  /** The slowest of what follows, by what was pressed. */
  readonly later: Readonly<Record<string, number>>;
}

const LATER: Readonly<Record<string, string>> = {
  'another year': '.years button:nth-child(8)',
  'one step on': '.clock-play button:last-child',
  'a layer off': '[data-layer] .layer-toggle',
  'the clock folded': '.clock-head > .clock-button:last-child',
};

const OBSERVE = `(() => {
  window.pressed = [];
  new PerformanceObserver((list) => window.pressed.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'event', durationThreshold: 16 });
})()`;

/** The longest since the last time; what took less than 16 ms is not told of, and counts as that. */
async function press(page: Page, selector: string): Promise<number> {
  await atRest(page);
  await page.evaluate('void (window.pressed.length = 0)');
  await page.locator(selector).first().click();
  // The next picture, and the observer after it.
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  await page.waitForTimeout(700);
  return page.evaluate('Math.max(16, ...window.pressed)');
}

/** On the shipped data. */
export async function measureInteractions(browser: Browser, address: string, rounds: number): Promise<Interactions> {
  const first: number[] = [];
  const later: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    const page = await openMap(browser, address);
    await page.evaluate(OBSERVE);
    first.push(await press(page, '.clock-presets .chip:last-child'));
    if (round === 0) for (const [name, selector] of Object.entries(LATER)) later[name] = await press(page, selector);
    await page.context().close();
  }
  return { first, firstMedian: median(first), later };
}
