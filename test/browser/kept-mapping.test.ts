import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { type MapPage, openMap } from '../support/browser.ts';
import { type FakeUploads, fakeUploads, TOKEN, UPLOAD } from '../support/fake-uploads.ts';

describe('a mapping of an upload that is being changed', function suite() {
  this.timeout(120_000);
  let map: MapPage | undefined;
  let fake: FakeUploads;
  afterEach(() => map?.close());

  it('is there again after a reload, and gone when it is discarded or in force', async () => {
    map = await openMap({
      hash: `#upload=${UPLOAD}`,
      prepare: async (page) => {
        await page.addInitScript(`sessionStorage.setItem('azalai.token', '${TOKEN}')`);
        fake = await fakeUploads(page);
      },
    });
    const { page } = map;
    const columns = page.locator('summary', { hasText: 'Columns' });
    const population = page.getByRole('checkbox', { name: 'population' });
    const unsaved = page.getByText('Changed, not checked yet.');
    await columns.click();
    await population.uncheck();
    await page.reload();
    await unsaved.waitFor();
    await columns.click();
    expect(await population.isChecked()).to.equal(false);
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await unsaved.waitFor({ state: 'detached' });
    expect(await population.isChecked()).to.equal(true);
    await population.uncheck();
    await page.getByRole('button', { name: 'Check again' }).click();
    await unsaved.waitFor({ state: 'detached' });
    const sent = fake.calls.find(({ call }) => call.startsWith('PATCH'))?.body;
    expect(sent).to.have.property('fields').that.does.not.have.property('population');
    // The way back to the mapping before it is kept too.
    await page.reload();
    await columns.waitFor();
    expect(await unsaved.count()).to.equal(0);
    await page.getByRole('button', { name: 'Undo the last change' }).click();
    await columns.click();
    await page.getByRole('checkbox', { name: 'population', checked: true }).waitFor();
    map.expectClean();
  });
});
