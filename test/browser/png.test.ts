import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Download } from 'playwright-core';
import { type MapPage, openMap, runInPage } from '../support/browser.ts';

const HASH =
  '#map=5.4/16.2/-2.2&layers=places,countries,control_areas,attacks_modelled,mines&time=2022-01-01/2022-12-31';

/** Of a PNG its width and height: https://www.w3.org/TR/png-3/#11IHDR */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)] as const;

/** What can be taken along of the map, by the panel "Export". */
describe('what leaves the screen', function suite() {
  this.timeout(90_000);
  let map: MapPage;
  before(async () => {
    map = await openMap({ hash: HASH });
    await map.page.getByRole('button', { name: 'Export: pictures, paper, data' }).click();
    await map.page.waitForSelector('.panel.export');
  });
  after(() => map?.close());

  const saved = async (press: () => Promise<unknown>): Promise<{ name: string; file: Buffer }> => {
    const [download] = (await Promise.all([map.page.waitForEvent('download'), press()])) as [Download, unknown];
    return { name: download.suggestedFilename(), file: readFileSync(await download.path()) };
  };
  const button = (name: string) => map.page.locator('.panel.export').getByRole('button', { name, exact: true });

  it('is a picture twice as fine as the screen, with what belongs to the map around it', async () => {
    const { page } = map;
    await page.getByLabel('Title').fill('Who holds what');
    await page.locator('.export-note-field textarea').fill('Drawn for a test.');
    const { name, file } = await saved(() => button('Save as PNG').click());
    if (process.env.PNG_FILE) (await import('node:fs')).writeFileSync(process.env.PNG_FILE, file);
    expect(name).to.equal('azalai-2022-01-01-2022-12-31.png');
    const [width, height] = sizeOf(file);
    const shown = await page.locator('.map').evaluate((element) => {
      const { clientWidth, clientHeight } = element as unknown as { clientWidth: number; clientHeight: number };
      return [clientWidth, clientHeight];
    });
    expect(width).to.equal(2 * (shown[0] as number));
    // Title, clock, legend, sources and caveats need room.
    expect(height).to.be.greaterThan(2 * (shown[1] as number) + 600);
    const source = `data:image/png;base64,${file.toString('base64')}`;
    const colors = new Map(Object.entries(await runInPage<Record<string, number>>(page, 'colors', source)));
    // Ink, paper, "public" in green, and hexagons of the map.
    for (const color of ['#1d2730', '#ffffff', '#2b6a3f']) expect(colors.get(color) ?? 0, color).to.be.greaterThan(100);
    expect(colors.size, 'colours').to.be.greaterThan(100);
    // The map is as fine as before.
    const ratio = await page.locator('.maplibregl-canvas').evaluate((canvas) => {
      const { width: drawn, clientWidth } = canvas as unknown as { width: number; clientWidth: number };
      return drawn / clientWidth;
    });
    expect(ratio).to.equal(1);
  });

  it('is the chart of the clock, on light paper, and its rows', async () => {
    const chart = await saved(() => button('SVG').click());
    expect(chart.name).to.equal('azalai-2022-01-01-2022-12-31-clock.svg');
    const drawing = chart.file.toString();
    expect(drawing)
      .to.match(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
      .and.match(/fill="#fff(fff)?"/);
    // Light also where the page is dark, which it stays.
    await map.page.emulateMedia({ colorScheme: 'dark' });
    await map.page.waitForSelector('html[data-theme=dark]');
    expect((await saved(() => button('SVG').click())).file.toString()).to.match(/fill="#fff(fff)?"/);
    expect(await map.page.getAttribute('html', 'data-theme')).to.equal('dark');
    await map.page.emulateMedia({ colorScheme: 'light' });
    expect(drawing)
      .to.include('>2022<')
      .and.not.match(/var\(--|class=|style=/);
    const rows = await saved(() => button('CSV').click());
    const [head, ...lines] = rows.file.toString().replace('\uFEFF', '').trim().split('\r\n');
    expect(head).to.equal('From,To before,Recorded,Modelled,In force');
    expect(lines.every((line) => /^\d{4}-\d\d-\d\d,\d{4}-\d\d-\d\d,\d+,\d+,\d+$/.test(line))).to.equal(true);
    const modelled = lines.reduce((sum, line) => sum + Number(line.split(',')[3]), 0);
    expect(modelled).to.be.greaterThan(1000);
  });

  it('is the data behind it: each layer as the map shows it', async () => {
    const row = map.page.locator('.export-data li', { hasText: 'Areas of control' });
    const { name, file } = await saved(() => row.getByRole('link', { name: 'CSV' }).click());
    expect(name).to.match(/^control_areas.*\.csv$/);
    expect(file.toString()).to.match(/record_id/);
    const address = await row.getByRole('link', { name: 'GeoJSON' }).getAttribute('href');
    expect(address).to.match(/^collections\/control_areas\/export\?f=geojson&datetime=2022-01-01\/2022-12-31&bbox=/);
    await map.page.getByLabel('Only what the map shows now').uncheck();
    expect(await row.getByRole('link', { name: 'GeoJSON' }).getAttribute('href')).not.to.include('bbox');
  });

  it('asks the server for the page on paper, with the words that were written', async () => {
    const { page } = map;
    const asked = page.waitForRequest(/\/views\/[\w-]{16}\.pdf/);
    await page.route(/\.pdf/, (route) => route.fulfill({ contentType: 'application/pdf', body: '%PDF-1.4' }));
    await page.locator('.panel.export select').first().selectOption('a3');
    const { name } = await saved(() => button('PDF made by the server').click());
    expect(name).to.equal('azalai-2022-01-01-2022-12-31.pdf');
    const { searchParams } = new URL((await asked).url());
    expect(Object.fromEntries(searchParams)).to.deep.equal({
      ...{ paper: 'a3', orientation: 'landscape', lang: 'en' },
      ...{ title: 'Who holds what', note: 'Drawn for a test.' },
    });
  });

  it('closes by Escape, and the focus goes back to the button', async () => {
    const { page } = map;
    await page.locator('.panel.export h2').focus();
    await page.keyboard.press('Escape');
    await page.waitForSelector('.panel.export', { state: 'detached' });
    map.expectClean();
  });
});
