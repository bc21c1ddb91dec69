/**
 * Takes the pictures of the running page that the documentation shows:
 *
 *   npm start                     (in another terminal)
 *   npm run pictures              (http://localhost:8080, or the address given)
 *   npm run pictures -- http://localhost:8080 trend change        (only these)
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { ask } from './pictures/ask.ts';
import { ASKED, addressOf } from './pictures/asked.ts';

const [ADDRESS = 'http://localhost:8080', ...ONLY] = process.argv.slice(2);
const FOLDER = path.resolve(import.meta.dirname, '../docs/images');

/** Name, size, and what follows the address. */
const PICTURES = [
  ['first-view', 1400, 900, ''],
  ['control-2012', 1400, 900, '#time=2012-07-01/2012-12-31&lang=fr'],
  ['phone', 390, 844, '#lang=fr'],
] as const;

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--ignore-gpu-blocklist',
  ],
});

async function take(
  name: string,
  size: { width: number; height: number },
  state: string,
  prepare?: (page: Page) => Promise<void>,
) {
  if (ONLY.length > 0 && !ONLY.includes(name)) return;
  const page = await browser.newPage({ viewport: size });
  await page.goto(`${ADDRESS}/${state}`);
  await page.waitForLoadState('networkidle');
  await prepare?.(page);
  // The first frames of software rendering, and the fading in of labels.
  await page.waitForTimeout(8000);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
  await page.close();
}

for (const [name, width, height, state] of PICTURES) await take(name, { width, height }, state);
for (const asked of ASKED) {
  await take(asked.process, { width: 1400, height: 820 }, addressOf(asked), (page) => ask(page, asked));
}
await browser.close();
