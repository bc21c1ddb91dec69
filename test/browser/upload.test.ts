import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type MapPage, openMap, textOf } from '../support/browser.ts';
import { type FakeUploads, fakeUploads, MAPPING, TOKEN, UPLOAD } from '../support/fake-uploads.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe('the panel of uploads', function suite() {
  this.timeout(120_000);
  let map: MapPage | undefined;
  let fake: FakeUploads;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  async function open(hash = '', context = {}): Promise<Page> {
    map = await openMap({
      hash,
      context,
      prepare: async (page) => {
        fake = await fakeUploads(page);
      },
    });
    return map.page;
  }

  async function enter(page: Page, name = 'Enter'): Promise<void> {
    await page.locator('.upload input[type=password]').fill(TOKEN);
    await page.getByRole('button', { name, exact: true }).click();
  }

  /** The address follows a moment later; and the page's own policy forbids to wait inside of it. */
  async function until(page: Page, condition: string): Promise<void> {
    for (let n = 0; n < 100; n += 1) {
      if (await page.evaluate(condition)) return;
      await page.waitForTimeout(100);
    }
    expect.fail(`never: ${condition}`);
  }

  const repairsOf = (at: number) => (called('PATCH')[at]?.body as { repairs?: string[] } | undefined)?.repairs ?? [];
  const called = (start: string) => fake.calls.filter(({ call }) => call.startsWith(start));

  it('asks for the token, says when it is not the one, and keeps it for the window', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Add data' }).click();
    await until(page, "location.hash.endsWith('&upload')");
    expect(called('GET /uploads')).to.have.length(0);
    await page.locator('.upload input[type=password]').fill('wrong');
    await page.getByRole('button', { name: 'Enter', exact: true }).click();
    await page.getByText('The server does not know this token.').waitFor();
    await enter(page);
    await page.locator('.upload-listed').waitFor();
    expect(await page.locator('.panel-problem').count()).to.equal(0);
    await page.reload();
    await page.locator('.upload-listed').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.upload').waitFor({ state: 'detached' });
  });

  it('takes a file, says in sentences what is in it, and mends what it offers, with a way back', async () => {
    const page = await open('#upload');
    await enter(page);
    await page.locator('.upload input[type=file]').setInputFiles({
      ...{ name: 'localités.csv', mimeType: 'text/csv', buffer: Buffer.from('lat,lon\n1,2\n') },
    });
    const lead = page.locator('.upload-lead').first();
    await lead.waitFor();
    expect(await textOf(lead)).to.match(
      /^18,769 records were read. 18,600 of them can be published. 157 are kept out by an error. 12 have no position/,
    );
    await until(page, `location.hash.includes('upload=${UPLOAD}')`);
    const flipped = page.locator('.upload-issue', { hasText: 'Fits with the other sign' });
    const question =
      '146 lie outside the region they name, 8 of those fit with the sign of a coordinate flipped: flip them?';
    await page.getByText(question, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Flip the signs' }).click();
    await page.getByText('8 were mended.').waitFor();
    expect(await page.getByText(question).count()).to.equal(0);
    expect(repairsOf(0)).to.include('sign-flipped');
    await page.getByRole('button', { name: 'Undo the last change' }).click();
    await flipped.getByRole('button', { name: 'Repair', exact: true }).waitFor();
    expect(repairsOf(1)).not.to.include('sign-flipped');
    await lead.filter({ hasNotText: 'mended' }).waitFor();
  });

  it('lists the records of an issue in pages, and shows one on the map as it was and as it would be', async () => {
    const page = await open(`#upload=${UPLOAD}`);
    await enter(page);
    const outside = page.locator('.upload-issue', { hasText: 'Outside the region that is named' });
    await outside.getByRole('button', { name: 'Show the records' }).click();
    await outside.getByRole('button', { name: 'Show record 3 on the map' }).click();
    await until(
      page,
      "document.querySelector('.map').map.getSource('upload-records') && document.querySelector('.map').map.getZoom() > 5.5",
    );
    const sides = await page.evaluate(
      "document.querySelector('.map').map.querySourceFeatures('upload-records').filter((f) => f.properties.chosen).map((f) => f.properties.side)",
    );
    expect([...new Set(sides as string[])]).to.have.members(['before', 'after', 'way']);
    expect(await textOf(outside.locator('.panel-buttons'))).to.contain('1 to 20 of 146');
    await outside.getByRole('button', { name: 'Next' }).click();
    await outside.getByRole('button', { name: 'Show record 21 on the map' }).waitFor();
    await outside.getByRole('button', { name: 'Previous' }).click();
    await outside.getByRole('button', { name: 'Show record 3 on the map' }).waitFor();
    await outside.getByRole('button', { name: 'Hide the records' }).click();
    await until(page, "!document.querySelector('.map').map.getSource('upload-records')");
    map?.expectClean();
  });

  it('changes columns, target and look, and publishes only what was checked', async () => {
    const page = await open(`#upload=${UPLOAD}`);
    await enter(page);
    const publish = page.getByRole('button', { name: 'Publish 18,600 records' });
    await publish.waitFor();
    await page.locator('summary', { hasText: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'population' }).uncheck();
    expect(await publish.isDisabled()).to.equal(true);
    const field = page.getByLabel('Field of the layer: name');
    await field.fill('place');
    await field.blur();
    await page.locator('summary', { hasText: 'How it looks' }).click();
    expect(await page.locator('.upload .legend li').allTextContents()).to.deep.equal(['village', 'town']);
    await page.getByLabel('Coloured by').selectOption('');
    expect(await page.locator('.upload .legend li').allTextContents()).to.deep.equal(['Settlements']);
    await page.getByLabel('Title (English)').fill('Places of Mali');
    await page.getByLabel('Title (English)').blur();
    expect(await page.locator('.upload .legend li').allTextContents()).to.deep.equal(['Places of Mali']);
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.locator('.upload-draft').waitFor({ state: 'detached' });
    const sent = called('PATCH')[0]?.body as {
      fields: object;
      target: { layer: { fields: { name: string }[]; kind?: string; style: { color: unknown } } };
    };
    expect(Object.keys(sent.fields)).to.have.members(['pcode', 'place', 'class']);
    expect(sent.target.layer.fields.map(({ name }) => name)).to.deep.equal(['pcode', 'place', 'class']);
    expect(sent.target.layer).not.to.have.property('kind');
    expect(sent.target.layer.style.color).to.match(/^#[0-9a-f]{6}$/);

    await page.getByLabel('Where it goes').selectOption('upsert');
    await page.getByRole('combobox', { name: 'Layer', exact: true }).selectOption('mines');
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await publish.click();
    await page.getByText('It is published as').waitFor();
    expect(called('POST')).to.have.length(1);
    await page.getByRole('button', { name: 'Show on the map' }).click();
    await until(page, "location.hash.includes('time=2022-01-01/2023-12-31') && !location.hash.includes('upload')");
  });

  it('shows the upload as published, as in the file, or the layer as it is, with what would change', async () => {
    const page = await open(`#upload=${UPLOAD}`);
    await enter(page);
    const shown = () =>
      page.evaluate<string>("document.querySelector('.map').map.getSource('upload-tiles')?.tiles?.[0]");
    await page.getByLabel('As in the file').check();
    await until(
      page,
      "document.querySelector('.map').map.getSource('upload-tiles')?.tiles?.[0].includes('/tiles/before/')",
    );
    expect(await shown()).to.contain(`uploads/${UPLOAD}/tiles/before/{z}/{x}/{y}.mvt`);
    await page.getByLabel('Without it').check();
    await until(page, "!document.querySelector('.map').map.getSource('upload-tiles')");
    await page.getByLabel('As it would be published').check();
    await until(
      page,
      "document.querySelector('.map').map.getSource('upload-tiles')?.tiles?.[0].includes('/tiles/after/')",
    );

    const mapping = { ...MAPPING, target: { mode: 'replace', collection: 'camps' } };
    fake.hollow({ changes: { added: 1_200, changed: 34, removed: 5, same: 6 }, mapping });
    await page.reload();
    const changes = page.locator('.upload-changes');
    await changes.waitFor();
    expect(await changes.locator('div').allTextContents()).to.deep.equal([
      '1,200new',
      '34changed',
      '5gone',
      '6as they were',
    ]);
    expect(await page.evaluate('location.hash')).not.to.contain('camps');
    await page.getByLabel('The layer as it is now').check();
    await until(page, "!document.querySelector('.map').map.getSource('upload-tiles')");
    await until(page, "location.hash.includes('camps')");
    map?.expectClean();
  });

  it('stands when parts of the answer are missing', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Add data' }).click();
    await enter(page);
    for (const changes of [
      { report: null, mapping: null, progress: null, state: 'reading', sameAs: null },
      { report: { format: 'csv', layers: null, account: null, bbox: null }, state: 'ready' },
      {
        report: { format: 'csv', layers: [] },
        mapping: null,
        state: 'failed',
        error: { code: 'x', detail: 'No such format.' },
      },
      { state: 'published', published: null, mapping: null },
      { state: 'checking', progress: { stage: 'checking', done: 3, total: 12, features: 18_769, secondsLeft: 40 } },
    ]) {
      fake.hollow(changes);
      await page.locator('.upload-listed').click();
      await page.locator('.upload-review').waitFor();
      await page.getByRole('button', { name: 'All uploads' }).click();
      await page.locator('.upload-listed').waitFor();
    }
    map?.expectClean();
  });

  for (const [language, add, enterName] of [
    ['en', 'Add data', 'Enter'],
    ['fr', 'Ajouter', 'Entrer'],
  ] as const) {
    it(`fits a phone, and goes out of the way of what it shows (${language})`, async () => {
      const page = await open(`#lang=${language}`, PHONE);
      await page.getByRole('button', { name: add, exact: true }).click();
      await enter(page, enterName);
      await page.locator('.upload-listed').click();
      await page.locator('.upload-lead').first().waitFor();
      for (const part of await page.locator('.upload details').all()) {
        if ((await part.getAttribute('open')) === null) await part.locator('summary').click();
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
      const wide = await page.evaluate(
        "[...document.querySelectorAll('.upload *, .top-bar *')].filter((e) => !e.closest('.visually-hidden, .upload-table') && e.getBoundingClientRect().right > innerWidth + 0.5).map((e) => e.outerHTML.slice(0, 80))",
      );
      expect(wide).to.deep.equal([]);
      await page.locator('.upload-issue .link-button').nth(1).click();
      await page.locator('.upload-table td .link-button').first().click();
      await page.locator('.upload.is-small').waitFor();
      const height = await page.evaluate("document.querySelector('.upload').getBoundingClientRect().height");
      expect(height).to.be.below(844 * 0.46);
      map?.expectClean();
    });
  }
});
