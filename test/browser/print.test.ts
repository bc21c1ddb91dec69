import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { type MapPage, openMap } from '../support/browser.ts';

/** Pixels across a sheet that lies on its side, without margins: A4. */
const SHEET = { width: 1046, height: 717 };

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
}

/** On screens it is seen in other tests; here the sheet that the browser makes of it. */
describe('the printed map', function suite() {
  this.timeout(120_000);
  let map: MapPage;
  before(async () => {
    map = await openMap({
      hash: '#layers=places,countries,control_areas,attacks_modelled&time=2022-01-01/2022-12-31',
      context: { viewport: { width: 1200, height: 700 }, colorScheme: 'dark' },
    });
    await map.page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await map.page.emulateMedia({ media: 'print' });
    await map.page.setViewportSize(SHEET);
  });
  after(() => map?.close());

  const boxOf = async (selector: string): Promise<Box> =>
    map.page.evaluate<Box>(
      `(({ top, bottom, right }) => ({ top, bottom, right }))(document.querySelector('${selector}').getBoundingClientRect())`,
    );

  it('has one below the other the map, its dates, its legend, and who is to be credited', async () => {
    const parts = ['.top-bar', '.stage', '.clock', '.layers', '.foot'];
    const boxes = await Promise.all(parts.map(boxOf));
    for (const [at, { bottom, right }] of boxes.entries()) {
      expect(right, parts[at]).to.be.at.most(SHEET.width);
      const next = boxes[at + 1];
      if (next) expect(next.top, `${parts[at + 1]} below ${parts[at]}`).to.be.at.least(bottom - 1);
    }
  });

  it('has all of the map on the sheet, with its scale', async () => {
    const stage = await boxOf('.stage');
    for (const part of ['.maplibregl-canvas', '.maplibregl-ctrl-scale']) {
      const { right, bottom } = await boxOf(part);
      expect(right, part).to.be.at.most(stage.right + 1);
      expect(bottom, part).to.be.at.most(stage.bottom + 1);
    }
  });

  it('says which days it shows, and whose the records are', async () => {
    const { page } = map;
    expect(await page.locator('.clock-text').innerText()).to.equal('2022');
    expect(await page.locator('.years').isVisible()).to.equal(true);
    expect(await page.locator('.foot .credits').isVisible()).to.equal(true);
    expect(await page.locator('[data-layer=attacks_modelled] .tag').innerText()).to.equal('modelled');
  });

  it('is dark ink on white, also where the page is dark, and leaves out what one presses', async () => {
    const { page } = map;
    const ground = await page.evaluate<string>("getComputedStyle(document.querySelector('.layers')).backgroundColor");
    const ink = await page.evaluate<string>("getComputedStyle(document.querySelector('.layer-title')).color");
    const tag = await page.evaluate<string>("getComputedStyle(document.querySelector('.tag.is-modelled')).color");
    expect([ground, ink, tag]).to.deep.equal(['rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'rgb(138, 59, 18)']);
    for (const pressed of ['.tool-bar', '.track', '.clock-play', '.ask-button', '.upload-button', '.read-out'])
      expect(await page.locator(pressed).first().isVisible(), pressed).to.equal(false);
  });
});
