import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { PROCESSES } from '../../server/analysis/registry.ts';
import { INPUT_TITLES } from '../../server/http/processes/input-titles.ts';
import { type MapPage, openMap, textOf, untilAddress } from '../support/browser.ts';
import { until } from '../support/process.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** Of the answer on the map: the number of its features that are drawn. */
const DRAWN = `(() => {
  const { map } = document.querySelector('.map');
  const layers = map.getStyle().layers.filter(({ id }) => id.startsWith('answer:')).map(({ id }) => id);
  return layers.length === 0 ? -1 : map.queryRenderedFeatures({ layers }).length;
})()`;

const STATISTICS = PROCESSES.filter(({ id }) =>
  [
    ...['hotspots', 'emerging-hotspots', 'change', 'density', 'near-repeat'],
    ...['clusters', 'association', 'coverage', 'trend'],
  ].includes(id),
);

describe('questions on the map', function suite() {
  this.timeout(120_000);
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  async function open(hash: string, context = {}, prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
    map = await openMap({ hash, context, ...(prepare && { prepare }) });
    return map.page;
  }
  const ask = (page: Page, name = 'Ask') => page.getByRole('button', { name, exact: true }).click();
  const drawn = async (page: Page, wanted: (features: number) => boolean) => {
    let features: number | undefined;
    await until('as much of the answer is drawn as is wanted', async () => {
      features = await page.evaluate<number>(DRAWN);
      return wanted(features);
    }).catch(() => expect.fail(`drawn are ${features} features`));
  };

  it('lists what can be asked, by keyboard, and keeps the question in the address', async () => {
    const page = await open('');
    await page.getByRole('button', { name: 'Ask a question' }).press('Enter');
    await page.locator('.ask-list button', { hasText: 'Along a line' }).press('Enter');
    await page.locator('.ask-form').waitFor();
    await untilAddress(page, /&ask=corridor$/);
    await page.reload();
    await page.locator('.ask-form').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.ask').waitFor({ state: 'detached' });
    map?.expectClean();
  });

  it('tells the answer in words, numbers and on the map, and what it says of a place that is clicked', async () => {
    const page = await open('#ask=summary');
    await page.getByLabel('Resolution of hexagons').fill('4');
    await page.locator('.ask-form').getByLabel('Layers', { exact: true }).selectOption('attacks_modelled');
    await ask(page);
    await page.locator('.ask-answer').waitFor();
    expect(await textOf(page.locator('.ask-words'))).to.match(/^Counted by hexagons of H3 resolution 4\. Attacks/);
    expect(await textOf(page.locator('.ask-caveats'))).to.contain('Modelled records are counted');
    expect(await textOf(page.locator('.ask-words'))).not.to.contain('Modelled records are counted');
    await drawn(page, (features) => features > 20);
    await page.locator('.ask-layer input').uncheck();
    await drawn(page, (features) => features === 0);
    await page.locator('.ask-layer input').check();
    await drawn(page, (features) => features > 20);
    await page.locator('.ask-numbers > summary').click();
    await page.locator('.ask-table summary', { hasText: 'units' }).click();
    expect(await page.locator('.ask-table[open] tbody tr').count()).to.be.greaterThan(20);
    const [x, y] = await page.evaluate<[number, number]>(`(() => {
      const { map } = document.querySelector('.map');
      const { geometry } = map.querySourceFeatures('answer:units').find(({ geometry }) => geometry.type === 'Polygon' && map.queryRenderedFeatures(
        map.project(geometry.coordinates[0][0])).length > 0);
      const ring = geometry.coordinates[0].slice(0, -1);
      const middle = [0, 1].map((axis) => ring.reduce((sum, position) => sum + position[axis], 0) / ring.length);
      const point = map.project(middle);
      return [point.x, point.y];
    })()`);
    await page.locator('.map .maplibregl-canvas').click({ position: { x, y } });
    await page.locator('.records .card', { hasText: 'Units' }).first().waitFor();
    expect(await page.locator('.ask').isVisible(), 'the records are over the question').to.equal(false);
    await page.keyboard.press('Escape');
    await page.locator('.ask').waitFor();
    await page.getByRole('button', { name: 'Put away' }).click();
    await page.locator('.ask-answer').waitFor({ state: 'detached' });
    await drawn(page, (features) => features === -1);
    map?.expectClean();
  });

  it('asks about a recorded line in French, and keeps the answer when the language changes', async () => {
    const page = await open('#lang=fr&ask=corridor');
    await page.getByLabel('Choisir une ligne').selectOption({ index: 1 });
    await ask(page, 'Demander');
    await page.locator('.ask-answer').waitFor();
    const words = await textOf(page.locator('.ask-words'));
    expect(words).to.contain('km');
    expect(await page.getAttribute('html', 'lang')).to.equal('fr');
    await drawn(page, (features) => features > 0);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Answer' }).waitFor();
    expect(await textOf(page.locator('.ask-words'))).not.to.equal(words);
    await drawn(page, (features) => features > 0);
    map?.expectClean();
  });

  it('says in French that there is no such question, and leads back to those that there are', async () => {
    const page = await open('#lang=fr&ask=unknown-process');
    const said = page.locator('.ask .panel-part', { hasText: 'Il n’y a pas ici de question nommée' });
    await said.waitFor();
    expect(await textOf(said)).to.contain('unknown-process');
    await said.getByRole('button', { name: 'Toutes les questions' }).click();
    await page.locator('.ask-list button').first().waitFor();
  });

  it('asks every question of statistics', async () => {
    const page = await open('#ask');
    const wide = { distances_km: '0; 50; 100', days: '0, 31, 62' };
    for (const { id, title } of STATISTICS) {
      await page.locator('.ask-list button').filter({ hasText: title.en }).first().click();
      const form = page.locator('.ask-form');
      await form.getByLabel('Events', { exact: true }).selectOption('attacks_modelled');
      const window = form.locator('input[type=date]');
      if (id === 'association') await form.getByLabel(/^To the records of/).selectOption('corridors');
      if (id !== 'change') await window.first().fill('2014-01-01');
      if (id === 'near-repeat') {
        for (const [name, value] of Object.entries(wide)) {
          await form.getByLabel(INPUT_TITLES[name]?.en ?? name).fill(value);
        }
      }
      if (id === 'clusters') await form.getByLabel(INPUT_TITLES.eps_km?.en ?? '').fill('50');
      await ask(page);
      await page.locator('.ask-words, .ask-problem').first().waitFor({ timeout: 60_000 });
      expect(await page.locator('.ask-problem').allTextContents(), id).to.deep.equal([]);
      expect(await textOf(page.locator('.ask-words')), id).to.match(/\d/);
      await page.locator('.ask').getByRole('button', { name: 'All questions' }).click();
    }
    map?.expectClean();
  });

  it('keeps what was entered when the language changes, and asks about the map as it is then', async () => {
    const page = await open('#ask=summary');
    const form = page.locator('.ask-form');
    await form.getByLabel('Resolution of hexagons').fill('4');
    await form.getByLabel('Step of time').selectOption('year');
    await form.getByLabel('Where', { exact: true }).selectOption('view');
    await form.locator('input[type=date]').first().fill('2015-01-01');
    await page.getByRole('button', { name: 'Français' }).click();
    await form.getByLabel('Résolution des hexagones').waitFor();
    const { fr } = INPUT_TITLES.hexagons as { fr: string };
    expect(await form.getByLabel(fr).inputValue()).to.equal('4');
    expect(await form.getByLabel('Pas de temps').inputValue()).to.equal('year');
    expect(await form.getByLabel('Où', { exact: true }).inputValue()).to.equal('view');
    expect(await form.locator('input[type=date]').first().inputValue()).to.equal('2015-01-01');
    const asked = page.waitForRequest((request) => request.method() === 'POST');
    await page.evaluate('document.querySelector(".map").map.jumpTo({ center: [-3, 17], zoom: 6 })');
    await untilAddress(page, /map=6\.00\/17/);
    await ask(page, 'Demander');
    const { inputs } = (await asked).postDataJSON() as { inputs: { place: { bbox: number[] }; hexagons: number } };
    expect(inputs.hexagons).to.equal(4);
    const [west = 0, south = 0, east = 0, north = 0] = inputs.place.bbox;
    expect([(west + east) / 2, (south + north) / 2].map(Math.round)).to.deep.equal([-3, 17]);
  });

  it('says what the server says against a question, and can be asked again', async () => {
    const page = await open('#ask=summary');
    await page.locator('.ask-form').getByLabel('Where', { exact: true }).selectOption('admin');
    await page.locator('.ask-form').getByPlaceholder('Mopti, or a P-code').fill('Atlantis');
    await ask(page);
    await page.locator('.ask-problem', { hasText: 'No administrative unit is called "Atlantis"' }).waitFor();
    await page.locator('.ask-form').getByPlaceholder('Mopti, or a P-code').fill('Mopti');
    await ask(page);
    await page.locator('.ask-answer').waitFor();
    expect(await page.locator('.ask-problem').count()).to.equal(0);
  });

  it('waits for what takes longer when that is wanted, and stops it', async () => {
    let asked = 0;
    const tooLarge = {
      status: 400,
      contentType: 'application/problem+json',
      body: JSON.stringify({ detail: 'This would take about 90 s. Ask with "Prefer: respond-async".' }),
    };
    const page = await open('#ask=summary', {}, (opened) =>
      opened.route('**/processes/summary/execution', (route) =>
        asked++ === 0 ? route.fulfill(tooLarge) : route.continue(),
      ),
    );
    await ask(page);
    await page.getByRole('button', { name: 'Ask all the same, and wait' }).click();
    await page.locator('.ask-answer').waitFor();
    expect(map?.requests.some((address) => /\/jobs\/[0-9a-f-]{36}\/results$/.test(address))).to.equal(true);
    const dismissed = page.waitForRequest(
      (request) => request.method() === 'DELETE' && request.url().includes('/jobs/'),
    );
    await page.route('**/jobs/*', (route) =>
      route.request().method() === 'GET'
        ? route.fulfill({ json: { jobID: 'x', status: 'running', message: 'Counting', progress: 40 } })
        : route.continue(),
    );
    asked = 0;
    await ask(page);
    await page.getByRole('button', { name: 'Ask all the same, and wait' }).click();
    await page.locator('.ask-buttons', { hasText: 'Counting' }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await dismissed;
    await page.getByRole('button', { name: 'Ask', exact: true }).waitFor();
  });

  it('shows what the server refuses at its field, and opens the part that hides it', async () => {
    const page = await open(
      `#ask=corridor&inputs=${encodeURIComponent(JSON.stringify({ line: { collection: 'corridors', item: 1 } }))}`,
    );
    const form = page.locator('.ask-form');
    await form.locator('.ask-more > summary').click();
    await form.getByLabel('Filter (CQL2)').fill('nothing_of_that_name = 1');
    await form.locator('.ask-more > summary').click();
    await ask(page);
    const wrong = form.locator('.ask-input.is-wrong');
    await wrong.locator('.ask-problem').waitFor();
    expect(await wrong.count()).to.equal(1);
    expect(await textOf(wrong)).to.contain('nothing_of_that_name');
    expect(await wrong.isVisible()).to.equal(true);
  });

  it('takes a line from the map, says dates of its own, and opens again from its address with its answer', async () => {
    const page = await open(
      `#map=5/21/3&ask=corridor&layers=corridors&time=2014-01-01/2022-12-31&inputs=${encodeURIComponent('{"flows":true}')}`,
    );
    await page.getByRole('button', { name: 'Take it from the map' }).click();
    await page.locator('.drawing-bar', { hasText: 'Click it on the map' }).waitFor();
    const [x, y] = await page.evaluate<[number, number]>(`(() => {
      const { map } = document.querySelector('.map');
      const found = map.queryRenderedFeatures({ layers: map.getStyle().layers.filter((layer) => layer['source-layer'] === 'corridors' && layer.type === 'line').map(({ id }) => id) });
      for (const { geometry } of found.filter(({ id }) => id <= 4)) for (const position of geometry.coordinates.flat(geometry.type === 'LineString' ? 0 : 1)) {
        const { x, y } = map.project(position);
        if (x > 420 && x < 820 && y > 180 && y < 600) return [x, y];
      }
    })()`);
    await page.mouse.click(1, 1);
    await page.mouse.click(x, y);
    await page.locator('.drawing-bar').waitFor({ state: 'detached' });
    expect(await page.locator('.records').count()).to.equal(0);
    await page.locator('.ask-form').getByLabel('Within, km').fill('75');
    await page.locator('.ask-form input[type=date]').first().fill('2003-01-01');
    await page.getByRole('button', { name: 'As the clock of the map' }).waitFor();
    const asked = page.waitForRequest((request) => request.method() === 'POST');
    await ask(page);
    const { inputs } = (await asked).postDataJSON() as { inputs: { line: { item: number }; datetime: string } };
    expect(inputs.line.item).to.be.a('number');
    expect(inputs.datetime).to.equal('2003-01-01/2022-12-31');
    const words = await textOf(page.locator('.ask-words'));
    await untilAddress(page, /asked/);
    await page.reload();
    await page.locator('.ask-words').waitFor();
    expect(await textOf(page.locator('.ask-words'))).to.equal(words);
    map?.expectClean();
  });

  it('draws a line by chainage, whose cursor goes with a marker on the map both ways', async () => {
    const inputs = { line: { collection: 'corridors', item: 1 }, within_km: 75, ':asked': true };
    const page = await open(`#ask=corridor&time=../..&inputs=${encodeURIComponent(JSON.stringify(inputs))}`);
    const strip = page.getByRole('slider', { name: 'Place along the line, kilometres' });
    await strip.waitFor();
    await strip.focus();
    await page.locator('.strip-marker').waitFor();
    for (const key of ['End', 'PageDown', 'ArrowLeft']) await page.keyboard.press(key);
    const now = Number(await strip.getAttribute('aria-valuenow'));
    expect(now).to.be.within(1500, 1950);
    expect(await strip.getAttribute('aria-valuetext')).to.match(/^km 1,\d+ · km .* events · .*recorded/);
    const [x, y] = await page.evaluate<[number, number]>(`(() => {
      const { map } = document.querySelector('.map');
      const first = map.querySourceFeatures('answer:strip').flatMap(({ geometry }) => geometry.coordinates).map((position) => map.project(position)).find(({ x, y }) => x > 420 && x < 820 && y > 180 && y < 600);
      return [first.x, first.y];
    })()`);
    await page.mouse.move(x, y);
    let moves = 0;
    await until('the cursor of the strip has moved', async () => {
      await page.mouse.move(x + (moves++ % 3), y);
      return Number(await strip.getAttribute('aria-valuenow')) !== now;
    });
    const rates = page.locator('.chart-card', { hasText: 'How frequent events are' });
    await rates.locator('.chart-table > summary').click();
    expect(await rates.locator('tbody tr').count()).to.equal(2);
    const saved = page.waitForEvent('download');
    await rates.getByRole('button', { name: 'CSV' }).click();
    expect((await saved).suggestedFilename()).to.match(/^corridor-[0-9a-f]{8}-rates\.csv$/);
    const drawing = page.waitForEvent('download');
    await rates.getByRole('button', { name: 'SVG' }).click();
    expect((await drawing).suggestedFilename()).to.match(/\.svg$/);
    map?.expectClean();
  });

  it('has a card for a hexagon of hotspots: verdict, z, series, events, and what is not known', async () => {
    const inputs = { events: ['attacks_modelled'], imprecise: 'include', resolution: 3, step: 'year', ':asked': true };
    const page = await open(
      `#ask=emerging-hotspots&layers=&time=2014-01-01/2022-12-31&inputs=${encodeURIComponent(JSON.stringify(inputs))}`,
    );
    await page.locator('.ask-words').waitFor();
    await drawn(page, (features) => features > 5);
    const [x, y] = await page.evaluate<[number, number]>(`(() => {
      const { map } = document.querySelector('.map');
      for (const { geometry, properties } of map.queryRenderedFeatures({ layers: ['answer:hexagons:fill'] })) {
        if (!properties.class.endsWith('_hot')) continue;
        const ring = geometry.coordinates[0].slice(0, -1);
        if (typeof ring[0][0] !== 'number') continue;
        const { x, y } = map.project([0, 1].map((axis) => ring.reduce((sum, position) => sum + position[axis], 0) / ring.length));
        if (x > 420 && x < 820 && y > 180 && y < 600) return [x, y];
      }
    })()`);
    await page.mouse.click(x, y);
    const card = page.locator('.hotspot');
    await card.waitFor();
    for (const part of [
      'Events counted',
      'Steps in which it was hot',
      'What is not known',
      'Modelled records are counted',
    ]) {
      await card.getByText(part).first().waitFor();
    }
    expect(await card.locator('svg.sparkline title').textContent()).to.match(
      /^Events by step, from 1 January 2014: \d+/,
    );
    await card.locator('details > summary').first().click();
    await card.locator('details .card').first().waitFor();
  });

  it('fits a phone', async () => {
    const page = await open('#ask=corridor', PHONE);
    await page.locator('.ask-form').waitFor();
    const wide = await page.evaluate<number>('document.querySelector(".ask").scrollWidth');
    expect(wide).to.be.at.most(390);
    const low = await page.evaluate<number>(
      'Math.min(...[...document.querySelectorAll(".ask-form > .ask-input select")].map((each) => each.offsetHeight))',
    );
    expect(low, 'what a finger touches').to.be.at.least(44);
  });
});
