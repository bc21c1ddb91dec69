import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { type MapPage, openMap, settled, textOf } from '../support/browser.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { type Running, start } from '../support/process.ts';

const FILE = path.resolve(import.meta.dirname, '../../../shared/data/mli_settlements.csv');
const TOKEN = 'a-token-of-the-browser-test';

describe('a file on its way to the map, by the page and the real server', function suite() {
  this.timeout(240_000);
  let database: TestDatabase;
  let server: Running | undefined;
  let map: MapPage | undefined;
  before(async () => {
    database = await seededDatabase();
    const { connectionString: DATABASE_URL = '' } = database.connection as { connectionString?: string };
    server = await start({ DATABASE_URL, ADMIN_TOKEN: TOKEN });
  });
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });
  after(async () => {
    server?.child.kill('SIGKILL');
    await server?.ended;
    await database.close();
  });

  async function open(): Promise<MapPage> {
    map = await openMap({ url: server?.url ?? '', hash: '#upload' });
    await map.page.locator('.upload input[type=password]').fill(TOKEN);
    await map.page.locator('.upload button[type=submit]').click();
    await map.page.locator('.upload-drop').waitFor();
    return map;
  }

  it('has the places of Mali looked at, mended, published and shown', async function run() {
    if (!existsSync(FILE)) {
      console.log('      mli_settlements.csv is not in ../shared/data');
      this.skip();
    }
    const { page, expectClean } = await open();
    await page.locator('.upload input[type=file]').setInputFiles(FILE);
    const lead = page.locator('.upload-lead').first();
    const publish = page.locator('.upload-publish .button');
    await publish.waitFor({ timeout: 60_000 });
    expect(await textOf(lead)).to.contain('18,769 records were read.');
    const outside = page.locator('.upload-issue', { hasText: 'Outside the region that is named' });
    await outside.getByRole('button', { name: 'Show the records' }).click();
    await outside
      .getByRole('button', { name: /^Show record [\d,]+ on the map$/ })
      .first()
      .click();
    await outside.locator('tr.is-chosen').waitFor();
    expect(await outside.locator('tr.is-chosen').count()).to.equal(1);
    const flipped = page.locator('.upload-issue', { hasText: 'Fits with the other sign' });
    await flipped.getByRole('button', { name: 'Repair', exact: true }).click();
    await page.getByText(/\d+ were mended\./).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Undo the last change' }).click();
    await flipped.getByRole('button', { name: 'Repair', exact: true }).waitFor({ timeout: 60_000 });
    expect(await textOf(lead)).not.to.contain('mended');
    await page.getByLabel('Title (English)').fill('Places of the file');
    await page.getByLabel('Title (English)').blur();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.locator('.upload-draft').waitFor({ state: 'detached' });
    await page.locator('.upload-publish .button:enabled').waitFor({ timeout: 60_000 });
    await publish.click();
    await page.getByText('It is published as “Places of the file”.').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Show on the map' }).click();
    await page.locator('.upload').waitFor({ state: 'detached' });
    await settled(page);
    const row = page.locator('.layer[data-layer=mli_settlements]');
    await row.waitFor();
    expect(await textOf(row)).to.contain('Places of the file');
    expectClean();
  });

  it('says why a file cannot be read, and can throw it away', async () => {
    const { page } = await open();
    const buffer = Buffer.from([0, 1, 2, 3, 255, 254, 0, 0, 7]);
    await page.locator('.upload input[type=file]').setInputFiles({ name: 'x.bin', mimeType: 'x/x', buffer });
    await page.getByText('This file could not be taken in.').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Throw away' }).click();
    await page.getByRole('button', { name: 'Throw away' }).click();
    await page.locator('.upload-drop').waitFor();
    expect(await page.locator('.upload-listed', { hasText: 'x.bin' }).count()).to.equal(0);
  });
});
