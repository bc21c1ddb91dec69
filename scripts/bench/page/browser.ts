import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Software rendering, the same on every machine without a graphics card. */
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];
const PATIENCE_MS = 90_000;

/** Rejects where Chromium is not installed. */
export function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error(`There is no Chromium at ${CHROMIUM}: apt-get install chromium`);
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** The map at 1,400 x 900 with nothing cached, when it has drawn all there is. */
export async function openMap(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(address);
  await atRest(page);
  return page;
}

/** Waits until the map has drawn what it asked for, and the clock its bars. */
export async function atRest(page: Page): Promise<void> {
  await page.waitForSelector('.maplibregl-canvas', { timeout: PATIENCE_MS });
  await page.waitForSelector('.bars-foot', { state: 'attached', timeout: PATIENCE_MS });
  await page.waitForTimeout(500);
  await page.waitForSelector('main[aria-busy=false]', { timeout: PATIENCE_MS });
}

/** The middle of an element, in pixels of the page. */
export async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number; width: number }> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not on the page.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width };
}
