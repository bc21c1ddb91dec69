/**
 * Takes the pictures of the running page that the documentation shows:
 *
 *   npm start                     (in another terminal)
 *   npm run pictures              (http://localhost:8080, or the address given)
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const ADDRESS = process.argv[2] ?? 'http://localhost:8080';
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
for (const [name, width, height, state] of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.goto(`${ADDRESS}/${state}`);
  await page.waitForLoadState('networkidle');
  // The first frames of software rendering, and the fading in of labels.
  await page.waitForTimeout(8000);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
  await page.close();
}
await browser.close();
