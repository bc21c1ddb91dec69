import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { mapColors, mapPerTest, serverUrl, settled, textOf, untilAddress } from '../support/browser.ts';
import { until } from '../support/process.ts';

/** Arms and drugs corridors, as geodata/layers/corridors.json paints them. */
const ARMS = '#d55e00';
const DRUGS = '#85005f';
const PATIENCE = { timeout: 40_000 };

/** Asks MapLibre, which hangs on the map's element. */
const ask = <T>(page: Page, expression: string): Promise<T> =>
  page.evaluate(`(() => { const map = document.querySelector('.map').map; return ${expression}; })()`);
const isAbove = (page: Page, upper: string, lower: string) =>
  ask<boolean>(page, `map.getLayersOrder().indexOf('${upper}') > map.getLayersOrder().indexOf('${lower}')`);
const rowsOf = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('.order-row')].map((row) => row.dataset.order)`);

async function matched(layer: string, params: Record<string, string>): Promise<number> {
  const query = new URLSearchParams({ limit: '1', ...params });
  const answer = await fetch(`${await serverUrl()}/collections/${layer}/items?${query}`);
  return ((await answer.json()) as { numberMatched: number }).numberMatched;
}

describe('layers', function suite() {
  this.timeout(120_000);
  const open = mapPerTest();

  it('lie on one another as the reader puts them, by keys and by dragging, and names stay on top', async () => {
    const { page, expectClean } = await open({ hash: '#list=drawn' });
    expect(await isAbove(page, 'attacks:point', 'control_areas:fill')).to.equal(true);
    const row = (id: string) => page.locator(`[data-order=${id}]`);
    const first = page.locator('.order-row').first();
    const top = await first.getAttribute('data-order');
    const up = row('mines').getByRole('button', { name: 'Move up' });
    const before = await rowsOf(page);
    await up.focus();
    await page.keyboard.press('Enter');
    const after = await rowsOf(page);
    expect(after.indexOf('mines')).to.equal(before.indexOf('mines') - 1);
    expect(await textOf(page.locator('.order [role=status]'))).to.match(/^Gold mines: place \d+ of \d+$/);
    await until('the moved row has the focus', () =>
      page.evaluate<boolean>(`document.activeElement?.closest('[data-order=mines]') !== null`),
    );

    const handle = await row('control_areas').locator('.order-handle').boundingBox();
    const target = await first.boundingBox();
    if (!handle || !target) throw new Error('the rows have no boxes');
    await page.mouse.move(handle.x + 8, handle.y + 12);
    await page.mouse.down();
    await page.mouse.move(target.x + 8, target.y + 20, { steps: 4 });
    await page.mouse.move(target.x + 8, target.y + 2);
    await page.mouse.up();
    expect(await first.getAttribute('data-order'))
      .to.equal('control_areas')
      .and.not.equal(top);
    await untilAddress(page, /order=control_areas/);
    expect(await isAbove(page, 'control_areas:fill', 'attacks:point')).to.equal(true);
    expect(await isAbove(page, 'places:label', 'control_areas:outline')).to.equal(true);

    await page.reload();
    await settled(page);
    expect(await isAbove(page, 'control_areas:fill', 'attacks:point')).to.equal(true);
    await page.getByRole('button', { name: 'Back to the usual order' }).click();
    await until('areas lie below points', async () => !(await isAbove(page, 'control_areas:fill', 'attacks:point')));
    expect(await isAbove(page, 'control_areas:outline', 'attacks_modelled:hexagon')).to.equal(true);
    expectClean();
  });

  it('are seen through, alone, folded up in their groups, and zoomed to', async () => {
    const { page, expectClean } = await open({ hash: '#lang=fr&layers=corridors,camps,countries' });
    await page.locator('[data-layer=camps] .about-button').click();
    const tools = page.locator('[data-layer=camps] .layer-tools');
    await tools.getByRole('slider', { name: 'Opacité' }).fill('40');
    await until(
      'the camps are seen through',
      async () => (await ask(page, `map.getPaintProperty('camps:point', 'icon-opacity')`)) === 0.4,
    );
    await untilAddress(page, /opacity=camps\.40/);
    const before = await ask<number>(page, 'map.getZoom()');
    await tools.getByRole('button', { name: 'Y zoomer' }).click();
    await until('the map has moved', async () => (await ask<number>(page, 'map.getZoom()')) !== before);
    await tools.getByRole('button', { name: 'Cette couche seule' }).click();
    await untilAddress(page, /layers=camps/);
    expect(await page.locator('.layer-toggle[aria-checked=true]').count()).to.equal(1);
    const group = page.getByRole('button', { name: 'Missions' });
    await group.click();
    expect(await group.getAttribute('aria-expanded')).to.equal('false');
    expect(await textOf(group)).to.contain('1 sur 1 affichées');
    expect(await page.locator('[data-layer=camps]').count()).to.equal(0);
    expectClean();
  });

  it('have a legend whose classes are switched off and on, or left alone', async () => {
    const { page, expectClean } = await open({ hash: '#layers=corridors,countries&time=../..' });
    const legend = page.locator('[data-layer=corridors]');
    await legend.getByRole('switch', { name: 'arms' }).click();
    await settled(page);
    const without = await mapColors(page);
    expect([(without.get(ARMS) ?? 0) < 20, (without.get(DRUGS) ?? 0) > 50]).to.deep.equal([true, true]);
    await untilAddress(page, /off=corridors:commodity\/arms/);
    expect(await textOf(legend.locator('.filter-note'))).to.contain('Some classes are off.');
    await legend.getByRole('button', { name: 'Only this one: arms' }).focus();
    await page.keyboard.press('Enter');
    await settled(page);
    const alone = await mapColors(page);
    expect([(alone.get(ARMS) ?? 0) > 50, (alone.get(DRUGS) ?? 0) < 20]).to.deep.equal([true, true]);
    await legend.getByRole('button', { name: 'Show all' }).click();
    await settled(page);
    const all = await mapColors(page);
    expect([(all.get(ARMS) ?? 0) > 50, (all.get(DRUGS) ?? 0) > 50]).to.deep.equal([true, true]);
    expectClean();
  });

  it('are filtered by a form that writes CQL2, by hand, and not at all again at a click', async () => {
    const { page, requests } = await open({ hash: '#layers=attacks,countries&time=../..' });
    const row = page.locator('[data-layer=attacks]');
    await row.locator('.about-button').click();
    await row.getByRole('button', { name: 'Filter', exact: true }).click();
    await row.getByRole('button', { name: 'Add a condition' }).click();
    await row.locator('.filter-choices').getByText('small arms').click();
    await row.getByRole('button', { name: 'Add a condition' }).click();
    const second = row.getByRole('group', { name: 'Condition 2' });
    await second.getByLabel('Field').selectOption({ label: 'Killed' });
    await second.getByLabel('Value').fill('2');
    await second.getByLabel('Value').press('Tab');
    const filter = "kind IN ('small_arms') AND killed >= 2";
    await untilAddress(page, filter);
    const number = await matched('attacks', { filter });
    expect(number).to.be.greaterThan(0);
    await row.getByText(`Filter on: ${number} of 33`).waitFor(PATIENCE);
    await settled(page);
    const drawn = `new Set(map.querySourceFeatures('attacks', { sourceLayer: 'attacks' }).map(({ id }) => id)).size`;
    await until('the map has what the filter leaves', async () => (await ask<number>(page, drawn)) === number);
    expect(requests.some((address) => /\/tiles\/attacks\/\d+\/\d+\/\d+\.mvt\?.*filter=/.test(address))).to.equal(true);

    await row.getByRole('button', { name: 'Any of them' }).click();
    await untilAddress(page, / OR /);
    const text = row.getByRole('textbox', { name: 'As text (CQL2)' });
    // The form grows as the filter's note comes: a click may go astray.
    await until('the text is open', async () => {
      if (!(await text.isVisible())) await row.locator('.filter-text summary').click();
      return text.isVisible();
    });
    await text.fill('kiled > 2');
    await row.getByRole('button', { name: 'Apply the text' }).click();
    await row.getByText('Did you mean "killed"?').waitFor(PATIENCE);
    await text.fill('killed > injured');
    await row.getByRole('button', { name: 'Apply the text' }).click();
    await row.getByText('This filter asks more than the form can show').waitFor(PATIENCE);
    await text.fill('killed BETWEEN 1 AND 3');
    await row.getByRole('button', { name: 'Apply the text' }).click();
    await row.getByRole('group', { name: 'Condition 1' }).getByLabel('To').waitFor(PATIENCE);
    await row.getByRole('button', { name: 'Remove the filter of Documented attacks' }).click();
    await untilAddress(page, /^(?!.*filter=)/);
    await settled(page);
    expect(await ask(page, `map.getLayer('attacks:point').source`)).to.equal('records');
  });

  it('count in hexagons what their filter and their kinds leave, as the server does', async () => {
    const window = { datetime: '2022-01-01/2023-12-31' };
    const layers = 'layers=attacks_modelled,countries';
    const { page, expectClean } = await open({
      hash: `#lang=fr&map=5/17/-2&${layers}&filter={"attacks_modelled":"killed > 3"}`,
    });
    const row = page.locator('[data-layer=attacks_modelled]');
    const number = await matched('attacks_modelled', { ...window, filter: 'killed > 3' });
    await row.getByText('Compté par le serveur : un filtre est actif.').waitFor(PATIENCE);
    await row.getByText(new RegExp(`^${number}\\sfiches\\smodélisées`)).waitFor(PATIENCE);
    await row.getByText('Types comptés').click();
    await row.getByRole('button', { name: 'Seulement : engin explosif' }).focus();
    await page.keyboard.press('Enter');
    const both = await matched('attacks_modelled', { ...window, filter: "killed > 3 AND kind = 'ied'" });
    expect(both).to.be.greaterThan(0).and.to.be.lessThan(number);
    await row.getByText(new RegExp(`^${both}\\sfiches?\\smodélisées?`)).waitFor(PATIENCE);
    expectClean();
  });

  it('say why they are empty, and what is wrong with a filter of a link', async () => {
    const { page } = await open({
      hash: '#map=9/30/-10&layers=attacks,mines,hubs,countries&time=2003-01-01/2003-12-31&filter={"attacks":"killed > 9999","mines":"gone = 1"}',
    });
    const says = (layer: string, text: string) =>
      page.locator(`[data-layer=${layer}]`).getByText(text).waitFor(PATIENCE);
    await says('attacks', 'No record passes the filter.');
    await says('mines', 'The filter is not applied. There is no field "gone"');
    await says('hubs', 'Nothing in these dates: the 5 records');
    await page.getByRole('button', { name: 'All dates' }).click();
    await says('hubs', '5 in these dates, none of them in view.');
    await page.locator('[data-layer=hubs]').getByRole('button', { name: 'Zoom to it' }).click();
    await says('hubs', '5 records in view');
  });

  it('are taken along as they are set, and say when their licence forbids it', async () => {
    const { page, expectClean } = await open({
      hash: '#lang=fr&layers=attacks,hubs&time=2014-01-01/2014-12-31&filter={"attacks":"killed > 3"}&off=attacks:kind/ied',
      prepare: (page) =>
        page.route('**/collections', async (route) => {
          const answer = await route.fetch();
          const body = (await answer.json()) as { collections: { id: string; azalai: { licence: object } }[] };
          for (const { id, azalai } of body.collections)
            if (id === 'hubs') azalai.licence = { ...azalai.licence, redistribution: false };
          await route.fulfill({ response: answer, json: body });
        }),
    });
    const row = page.locator('[data-layer=attacks]');
    await row.locator('.about-button').click();
    await row.getByText('Télécharger').click();
    const link = row.getByRole('link', { name: 'GeoPackage' });
    const address = decodeURIComponent((await link.getAttribute('href')) ?? '');
    expect(address).to.equal(
      "collections/attacks/export?f=gpkg&datetime=2014-01-01/2014-12-31&filter=(killed > 3) AND (kind NOT IN ('ied') OR kind IS NULL)",
    );
    const file = await page.request.get(
      `${await serverUrl()}/${(await row.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? ''}`,
    );
    expect(file.status()).to.equal(200);
    await row.getByText('Seulement ce qui passe le filtre').click();
    expect(await link.getAttribute('href')).to.not.contain('filter=');
    expect(await textOf(row.locator('.about')))
      .to.contain('Version en service')
      .and.contain('Diffusion');
    await page.locator('[data-layer=hubs] .about-button').click();
    const closed = page.locator('[data-layer=hubs] .about');
    await closed.getByText('Sa licence ne permet pas de transmettre').waitFor(PATIENCE);
    expect(await closed.getByRole('link', { name: 'GeoPackage' }).count()).to.equal(0);
    expectClean();
  });
});
