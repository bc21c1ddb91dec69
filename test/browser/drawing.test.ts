import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type MapPage, openMap, textOf } from '../support/browser.ts';
import { until } from '../support/process.ts';

const VIEW = '#map=5.4/17/-2';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** Sources of what is being drawn. */
const DRAWN_SOURCES = `Object.keys(document.querySelector('.map').map.getStyle().sources).filter((id) => id.startsWith('drawing')).length`;

/** The longitude of the map's middle, and whether the map moves. */
const MIDDLE = `(() => { const { map } = document.querySelector('.map'); return [map.getCenter().lng, map.isMoving()]; })()`;
/** How many places are corners of what is drawn. */
const CORNERS = `(() => {
  const { map } = document.querySelector('.map');
  const sources = Object.entries(map.getStyle().sources).filter(([id]) => id.startsWith('drawing'));
  const geometries = sources.flatMap(([, { data }]) => data.features ?? []).map(({ geometry }) => geometry);
  return new Set(geometries.flatMap(({ coordinates }) => coordinates.flat(2).join(' ').match(/\\S+ \\S+/g) ?? [])).size;
})()`;

describe('drawing on the map', function suite() {
  this.timeout(150_000);
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  async function open(hash: string, context = {}): Promise<Page> {
    map = await openMap({ hash, context });
    await map.page.locator('.ask-form').waitFor();
    return map.page;
  }
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  /** The script of drawing is fetched when something is first drawn. */
  const ready = (page: Page) => page.locator('.map.is-drawing').waitFor();

  it('places vertices by clicks, takes the last back, ends, and asks along what was drawn', async () => {
    const page = await open(`${VIEW}&ask=corridor`);
    expect(map?.requests.some((address) => address.includes('drawing-session'))).to.equal(false);
    await page.getByLabel('Which lines').selectOption(':drawn');
    await button(page, 'Draw it on the map').click();
    await ready(page);
    for (const [x, y] of [
      [480, 300],
      [620, 420],
      [760, 330],
    ] as const) {
      await page.mouse.move(x, y);
      await page.mouse.click(x, y);
    }
    await button(page, 'Undo vertex').click();
    await page.mouse.move(700, 500);
    await page.mouse.click(700, 500);
    await button(page, 'Done').click();
    await page.locator('.ask-taken', { hasText: 'Line of 3 vertices' }).waitFor();
    expect(await page.locator('.drawing-bar').count()).to.equal(0);
    expect(await page.evaluate(DRAWN_SOURCES), 'nothing of it stays').to.equal(0);
    expect(await page.locator('.records').count(), 'a click asked about a place').to.equal(0);
    const asked = page.waitForRequest((request) => request.method() === 'POST');
    await button(page, 'Ask').click();
    const { inputs } = (await asked).postDataJSON() as { inputs: { line: { geometry: { coordinates: number[][] } } } };
    expect(inputs.line.geometry.coordinates).to.have.length(3);
    await page.locator('.ask-words', { hasText: 'km' }).waitFor();
    map?.expectClean();
  });

  it('is done by keys alone, and cancelled without closing what asked for it', async () => {
    const page = await open(`${VIEW}&lang=fr&ask=corridor`);
    await page.getByLabel('Quelles lignes').selectOption(':drawn');
    await button(page, 'Dessiner sur la carte').press('Enter');
    await ready(page);
    expect(await textOf(page.locator('.drawing-bar'))).to.contain('Cliquez de lieu en lieu');
    await page.keyboard.press('Space');
    const middle = () => page.evaluate<[number, boolean]>(MIDDLE);
    const [start] = await middle();
    await page.keyboard.press('ArrowRight');
    await until('the map has moved', async () => {
      const [longitude, isMoving] = await middle();
      return longitude > start && !isMoving;
    });
    await page.keyboard.press('Space');
    await page.locator('.drawing-bar .is-main:enabled').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.ask-taken', { hasText: 'Ligne de 2 sommets' }).waitFor();
    await button(page, 'Modifier sur la carte').press('Enter');
    await ready(page);
    expect(await textOf(page.locator('.drawing-bar'))).to.contain('Faites glisser un sommet');
    await page.keyboard.press('Escape');
    await page.locator('.drawing-bar').waitFor({ state: 'detached' });
    expect(await page.locator('.ask-form').isVisible()).to.equal(true);
    await page.locator('.ask-taken', { hasText: 'Ligne de 2 sommets' }).waitFor();
    map?.expectClean();
  });

  it('moves the vertices of what is there', async () => {
    const line = {
      geometry: {
        type: 'LineString',
        coordinates: [
          [-5, 17],
          [-2, 17],
        ],
      },
    };
    const page = await open(`${VIEW}&ask=corridor&inputs=${encodeURIComponent(JSON.stringify({ line }))}`);
    await button(page, 'Change it on the map').click();
    await ready(page);
    const [x = 0, y = 0] = await page.evaluate<number[]>(
      `(() => { const { x, y } = document.querySelector('.map').map.project([-2, 17]); return [x, y]; })()`,
    );
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y - 60, { steps: 8 });
    await page.mouse.up();
    await button(page, 'Undo change').click();
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 80, { steps: 8 });
    await page.mouse.up();
    await button(page, 'Done').click();
    await page.locator('.drawing-bar').waitFor({ state: 'detached' });
    const asked = page.waitForRequest((request) => request.method() === 'POST');
    await button(page, 'Ask').click();
    const { inputs } = (await asked).postDataJSON() as { inputs: { line: typeof line } };
    const { line: changed } = inputs;
    expect(changed.geometry.coordinates[0]).to.deep.equal([-5, 17]);
    expect(changed.geometry.coordinates[1]?.[1]).to.be.lessThan(16.8);
    map?.expectClean();
  });

  it('takes an area by taps on a phone, where the question lies aside meanwhile', async () => {
    const page = await open(`${VIEW}&ask=summary`, PHONE);
    await page.locator('.ask-form').getByLabel('Where').selectOption('area');
    await button(page, 'Draw it on the map').tap();
    await ready(page);
    await page.locator('.ask').waitFor({ state: 'hidden' });
    for (const [n, [x, y]] of (
      [
        [120, 420],
        [260, 420],
        [200, 520],
      ] as const
    ).entries()) {
      await page.touchscreen.tap(x, y);
      await until('the corner is drawn', async () => (await page.evaluate<number>(CORNERS)) > n);
    }
    const done = button(page, 'Done');
    expect((await done.boundingBox())?.height, 'what a finger touches').to.be.at.least(44);
    await done.tap();
    await page.locator('.ask-taken', { hasText: 'Area of 3 corners' }).waitFor();
    map?.expectClean();
  });
});
