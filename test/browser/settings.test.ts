import { expect } from 'chai';
import { describe, it } from 'mocha';
import { editedEvents, isSo } from '../support/edited-events.ts';
import { json } from '../support/json.ts';
import { TEST_TOKEN } from '../support/server.ts';

/** The paint of the layer's points, as the map has it now. */
const PAINT = (property: string) =>
  `JSON.stringify(document.querySelector('.map').map.getPaintProperty('events:point', '${property}'))`;

const PATCH = {
  method: 'PATCH',
  headers: { Authorization: `Bearer ${TEST_TOKEN}`, 'Content-Type': 'application/json' },
};

describe('the settings of a layer in the page', function suite() {
  this.timeout(120_000);
  const events = editedEvents();

  const at = (language: string) => `#layers=events&time=../..&map=6/14/-1&lang=${language}`;
  const described = async () =>
    (
      await json<{ azalai: { title: { en: string }; style: { color: unknown; radius: number } } }>(
        fetch(`${events.server.url}/collections/events`),
      )
    ).azalai;

  it('are seen on the map before they are saved, after a reload too, and by nobody else; saving can be undone and done again', async () => {
    const page = await events.open(at('en'));
    await page.locator('.layer[data-layer=events] .about-button').click();
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    const panel = page.locator('.panel.layer-settings');
    const save = panel.getByRole('button', { name: 'Save', exact: true });
    expect(await save.isDisabled()).to.equal(true);
    await panel.getByLabel('A', { exact: true }).fill('#aa00bb');
    await isSo(page, `${PAINT('circle-color')}.includes('#aa00bb')`);
    await panel.getByText('Not saved yet: only you see it.').waitFor();
    expect(JSON.stringify((await described()).style.color)).to.not.include('#aa00bb');
    await panel.getByRole('button', { name: 'Put it back as it was' }).click();
    await isSo(page, `!${PAINT('circle-color')}.includes('#aa00bb')`);

    await panel.getByRole('button', { name: 'Colours told apart by everybody' }).click();
    await isSo(page, "location.hash.includes('settings=events')");
    await panel.getByLabel('Title (English)').fill('Incidents');
    await page.reload();
    await panel.getByText('Not saved yet: only you see it.').waitFor();
    expect(await panel.getByLabel('Title (English)').inputValue()).to.equal('Incidents');
    await isSo(page, `${PAINT('circle-color')}.includes('#d55e00')`);
    expect((await described()).title.en).to.equal('Events');
    await save.click();
    await panel.getByText('Saved: everybody sees it.').waitFor();
    const saved = await described();
    expect(saved.title.en).to.equal('Incidents');
    expect(saved.style.color).to.deep.include({ classes: { a: '#0072b2', b: '#d55e00' } });
    await page.locator('.layer[data-layer=events] .layer-title', { hasText: 'Incidents' }).waitFor();

    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.locator('.layer[data-layer=events] .layer-title', { hasText: 'Events' }).waitFor();
    expect((await described()).title.en).to.equal('Events');
    expect(await panel.getByLabel('Title (English)').inputValue()).to.equal('Events');
    await page.getByRole('button', { name: /^Redo: settings of/ }).click();
    await page.locator('.layer[data-layer=events] .layer-title', { hasText: 'Incidents' }).waitFor();
    expect((await described()).style.color).to.deep.equal(saved.style.color);
    // What is saved is no draft any more.
    expect(await page.evaluate("sessionStorage.getItem('azalai.draft.settings.events')")).to.equal(null);
    events.map.expectClean();

    // Nobody's later settings are taken back with it.
    const title = { en: 'Attacks', fr: 'Attaques' };
    const other = await fetch(`${events.server.url}/collections/events`, { ...PATCH, body: JSON.stringify({ title }) });
    expect(other.status).to.equal(200);
    await page.getByRole('button', { name: /^Undo: settings of/ }).click();
    await page.getByText(/Somebody has set "events" otherwise/).waitFor();
    expect((await described()).title.en).to.equal('Attacks');
  });

  it('open from a link, and say in French why something was not saved, with no text left in another language', async () => {
    const page = await events.open(`${at('fr')}&settings=events`);
    const panel = page.locator('.panel.layer-settings');
    await panel.getByText('Confiance et diffusion').click();
    await panel.getByLabel('Adresse de la licence').fill('nowhere');
    await panel.getByLabel('Adresse de la licence').blur();
    await panel.getByRole('button', { name: 'Enregistrer' }).click();
    await panel.getByText(/Rien n’a été enregistré/).waitFor();
    expect(await panel.textContent()).to.not.match(/settings\.[a-z]/);
    await panel.getByText('Versions et connexions').waitFor();

    // Of several panels that a link names one is open; and none of a layer that is not there.
    await page.evaluate("location.hash += '&correct=events/new&upload'");
    await page.locator('.panel.upload').waitFor();
    expect(await page.locator('.panel').count()).to.equal(1);
    await page.evaluate("location.hash = '#settings=nothing&correct=nothing/new'");
    await page.locator('.panel').waitFor({ state: 'detached' });
  });
});
