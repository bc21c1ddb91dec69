import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { type MapPage, openMap, textOf } from '../support/browser.ts';

/** Where both maps are, and what the other counts by. */
const STATE = `(() => {
  const main = document.querySelector('.map').map;
  const other = document.querySelector('.compare-map')?.map;
  if (!other) return null;
  const { x, y } = main.project(other.getCenter());
  return { x, y, zooms: [main.getZoom(), other.getZoom()], clock: other.getGlobalState().from, loaded: other.loaded() && !other.isMoving() };
})()`;
interface State {
  readonly x: number;
  readonly zooms: readonly [number, number];
  readonly clock: number;
  readonly loaded: boolean;
}
const DAY = 86_400_000;
/** Records that the hexagons of a map count, each hexagon once. */
const counted = (element: string) => `(() => {
  const map = document.querySelector('${element}').map;
  const sourceLayer = 'attacks_modelled_hex';
  const { source } = map.getStyle().layers.find((layer) => layer['source-layer'] === sourceLayer);
  const isOwn = map.getGlobalState()['windowed:attacks_modelled'];
  const seen = new Map();
  for (const { id, properties } of map.querySourceFeatures(source, { sourceLayer })) {
    const state = map.getFeatureState({ source, sourceLayer, id });
    seen.set(id, Number(state['n' + properties.resolution] ?? (isOwn ? 0 : properties.count)));
  }
  return [...seen.values()].reduce((sum, count) => sum + count, 0);
})()`;

describe('two periods of one map', function suite() {
  this.timeout(180_000);
  let map: MapPage;
  before(async () => {
    map = await openMap({ hash: '#map=5/16/-1&time=2022-01-01/2022-12-31' });
  });
  after(() => map.close());

  const until = async (is: (state: State) => boolean): Promise<State> => {
    for (let n = 0; n < 300; n += 1) {
      const state = await map.page.evaluate<State | null>(STATE);
      if (state?.loaded && is(state)) return state;
      await map.page.waitForTimeout(100);
    }
    return expect.fail(`the other map is not there: ${JSON.stringify(await map.page.evaluate(STATE))}`);
  };
  const hash = async (is: (text: string) => boolean) => {
    for (let n = 0; n < 100; n += 1) {
      if (is(decodeURIComponent(await map.page.evaluate<string>('location.hash')))) return;
      await map.page.waitForTimeout(100);
    }
    expect.fail(`the address is ${await map.page.evaluate<string>('location.hash')}`);
  };

  it('begins with the year before, one over the other, and is fetched only then', async () => {
    const { page } = map;
    expect(map.requests.some((address) => address.includes('compare-stage'))).to.equal(false);
    await page.getByRole('button', { name: 'Compare two periods' }).click();
    await page.locator('.compare-handle').waitFor();
    expect(await page.locator('.compare-label').allTextContents()).to.deep.equal(['2021', '2022']);
    const { clock } = await until(() => true);
    expect(clock).to.equal(Date.parse('2021-01-01') / DAY);
    await hash((text) => text.includes('compare=swipe,2021-01-01,2021-12-31'));
  });

  it('has the period that is written, and counts hexagons in it', async () => {
    const { page } = map;
    await page.getByLabel('Left:').fill('2019');
    await page.getByLabel('Left:').press('Enter');
    await until(({ clock }) => clock === Date.parse('2019-01-01') / DAY);
    await page.getByLabel('Left:').fill('sometime');
    await page.getByLabel('Left:').press('Enter');
    await page.locator('.compare-wrong', { hasText: 'Write a year' }).waitFor();
    expect(await page.locator('.compare-label').first().textContent()).to.equal('2019');
    const earlier = await page.evaluate<number>(counted('.compare-map'));
    expect(earlier).to.be.greaterThan(50);
    await page.getByRole('button', { name: 'Swap the periods' }).click();
    await until(({ clock }) => clock === Date.parse('2022-01-01') / DAY);
    await page.waitForSelector('main[aria-busy=false]');
    expect(await page.evaluate<number>(counted('.map')), '2019 as the page counts it').to.equal(earlier);
    await page.getByRole('button', { name: 'Swap the periods' }).click();
  });

  it('has a handle for the keyboard and the mouse', async () => {
    const { page } = map;
    const handle = page.getByRole('slider', { name: 'Border between the periods' });
    await handle.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('PageDown');
    expect(await handle.getAttribute('aria-valuenow')).to.equal('42');
    const box = await handle.boundingBox();
    if (!box) return expect.fail('no handle');
    await page.mouse.move(box.x + 22, box.y + 22);
    await page.mouse.down();
    await page.mouse.move(box.x + 222, box.y + 22, { steps: 4 });
    await page.mouse.up();
    expect(Number(await handle.getAttribute('aria-valuenow'))).to.be.greaterThan(55);
  });

  it('goes where the page’s map goes, and leads it', async () => {
    const { page } = map;
    await page.evaluate("document.querySelector('.map').map.jumpTo({ center: [-3, 15], zoom: 6 })");
    const together = await until(({ zooms }) => zooms[1] === 6);
    expect(together.x).to.be.closeTo(700, 1);
    await page.mouse.move(420, 450);
    await page.mouse.down();
    await page.mouse.move(470, 450, { steps: 5 });
    await page.mouse.up();
    const { x } = await until(({ zooms }) => zooms[0] === zooms[1]);
    expect(x, 'dragged on the left').to.be.closeTo(700, 1);
    expect(await page.evaluate<number>("document.querySelector('.map').map.getCenter().lng")).to.be.lessThan(-3.1);
  });

  it('lies side by side, and speaks French', async () => {
    const { page } = map;
    await page.getByRole('button', { name: 'Side by side' }).click();
    await until(({ x }) => x > 1000);
    await hash((text) => text.includes('compare=side,2019-01-01'));
    expect(await page.locator('.compare-handle').count()).to.equal(0);
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByRole('button', { name: 'Côte à côte' }).waitFor();
    expect(await textOf(page.locator('.compare-bar'))).to.contain('À gauche');
    await hash((text) => text.includes('lang=fr'));
  });

  it('is there again after a reload, and ends', async () => {
    const { page } = map;
    await page.reload();
    await page.locator('.compare.is-side').waitFor();
    await until(({ clock }) => clock === Date.parse('2019-01-01') / DAY);
    await page.getByRole('button', { name: 'Terminer la comparaison' }).click();
    await page.locator('.compare').waitFor({ state: 'detached' });
    await hash((text) => !text.includes('compare'));
    map.expectClean();
  });

  it('says what of the other period failed, and asks for just that again', async () => {
    const { page } = map;
    const isOther = /mvt\?.*datetime=2019/;
    await page.route(isOther, (route) => route.fulfill({ status: 503, body: '{}' }));
    await page.evaluate(
      "location.hash = '#lang=en&map=5/16/-1&time=2022-01-01/2022-12-31&compare=swipe,2019-01-01,2019-12-31'",
    );
    const note = page.locator('.note.failure');
    await note.waitFor();
    await page.waitForSelector('main[aria-busy=false]');
    expect(await page.evaluate<number>(counted('.compare-map'))).to.equal(0);
    await page.unroute(isOther);
    const before = map.requests.length;
    await note.getByRole('button', { name: 'Retry' }).click();
    await note.waitFor({ state: 'detached' });
    await until(({ clock }) => clock === Date.parse('2019-01-01') / DAY);
    for (let n = 0; n < 300 && !(await page.evaluate<number>(counted('.compare-map'))); n += 1)
      await page.waitForTimeout(100);
    expect(await page.evaluate<number>(counted('.compare-map'))).to.be.greaterThan(50);
    const asked = map.requests.slice(before).filter((address) => /mvt|tiles.*json|hexes.*json/.test(address));
    expect(asked.length).to.be.greaterThan(0);
    expect(
      asked.filter((address) => !isOther.test(address)),
      'what the page’s own map has',
    ).to.deep.equal([]);
    expect(await note.count()).to.equal(0);
  });
});
