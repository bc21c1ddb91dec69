import { expect } from 'chai';
import { describe, it } from 'mocha';
import { textOf } from '../support/browser.ts';
import { editedEvents, FIRST, isSo, write } from '../support/edited-events.ts';
import { json } from '../support/json.ts';
import { until } from '../support/process.ts';
import { TEST_TOKEN } from '../support/server.ts';

const AT = '#layers=events&time=../..&map=6/14/-1';

/** Whether the map has so many records of the layer in its tiles. */
const DRAWN = (count: number) =>
  `new Set(document.querySelector('.map').map.querySourceFeatures('records', { sourceLayer: 'events' }).map((f) => f.id)).size === ${count}`;

/** Whether a field of the form has it. */
const VALUE = (text: string) =>
  `[...document.querySelectorAll('.correct input')].some((input) => input.value === '${text}')`;

describe('correcting a record in the page', function suite() {
  this.timeout(120_000);
  const events = editedEvents({ area: [-13, 10, 5, 26] });
  const { open } = events;

  const item = async (id: number) =>
    json<{ geometry: { coordinates: number[] }; properties: Record<string, unknown> }>(
      fetch(`${events.server.url}/collections/events/items/${id}`),
    );
  const generation = async () =>
    (await json<{ azalai: { generation: number } }>(fetch(`${events.server.url}/collections/events`))).azalai
      .generation;

  it('adds one from the menu of its layer, tells what is missing at its field, keeps what was written over a reload, and undoes it', async () => {
    const page = await open(AT);
    const layer = page.locator('.layer[data-layer=events]');
    await layer.locator('.about-button').click();
    await layer.getByRole('button', { name: 'Add a record' }).click();
    const panel = page.locator('.panel.correct');
    const check = panel.getByRole('button', { name: 'Check the correction' });
    await check.click();
    await panel.getByText('It was not taken. Look at what is marked.').waitFor();
    expect(await textOf(panel.locator('.form-field', { hasText: 'Reason for the correction' }))).to.include(
      'Say in a few words why.',
    );
    expect(await textOf(panel.locator('.correct-fault').first())).to.include('place it on the map');
    await write(panel.getByLabel('Latitude'), '15,25');
    await write(panel.getByLabel('Longitude'), '-1.5');
    await panel.getByLabel('Kind').selectOption('b');
    await write(panel.getByLabel('Killed'), 'many');
    await write(panel.getByLabel('From', { exact: true }), '2022-03-04');
    await write(panel.getByLabel('Source', { exact: true }), 'a report');
    await write(panel.getByLabel('Where in the source'), 'p. 7');
    await write(panel.getByLabel('Reason for the correction'), 'It was left out');
    await check.click();
    const wrong = panel.locator('.form-field', { hasText: 'Killed' });
    await wrong.locator('.correct-fault').waitFor();
    expect(await textOf(wrong)).to.include('Not a number');
    // By keyboard one stands where it is wrong.
    await isSo(page, "document.activeElement.closest('.form-field')?.textContent.includes('Killed')");
    // Key by key: what is on its way to a number is left alone.
    await panel.getByLabel('Killed').fill('');
    await panel.getByLabel('Killed').pressSequentially('1.05');
    expect(await panel.getByLabel('Killed').inputValue()).to.equal('1.05');
    await write(panel.getByLabel('Killed'), '4');
    await isSo(page, "location.hash.includes('correct=events%2Fnew')");
    await write(panel.getByLabel('Source', { exact: true }), 'a report of March');
    // What stands in the field that has the focus is kept too.
    await panel.getByLabel('Tags').pressSequentially('border');
    await page.reload();
    await panel.getByText('What you had written is here again.').waitFor();
    expect(await panel.getByLabel('Latitude').inputValue()).to.equal('15.25');
    expect(await panel.getByLabel('From', { exact: true }).inputValue()).to.equal('2022-03-04');
    expect(await panel.getByLabel('Source', { exact: true }).inputValue()).to.equal('a report of March');
    expect(await panel.getByLabel('Tags').inputValue()).to.equal('border');
    expect(await panel.getByLabel('Reason for the correction').inputValue()).to.equal('It was left out');
    await check.click();
    await panel.getByRole('heading', { name: 'What will change' }).waitFor();
    expect(await textOf(panel.locator('.changes'))).to.include('15.25000, -1.50000');
    expect(await generation()).to.equal(FIRST);
    await panel.getByRole('button', { name: 'Publish the correction' }).click();
    await panel.getByText(`Published as version ${FIRST + 1} (before: ${FIRST}).`).waitFor();
    expect((await item(4)).properties).to.include({
      killed: 4,
      kind: 'b',
      valid_from: '2022-03-04',
      valid_to: '2022-03-05',
    });
    await isSo(page, DRAWN(4));
    expect(await page.evaluate("sessionStorage.getItem('azalai.draft.correct.events/new')")).to.equal(null);

    await page.getByRole('button', { name: /^Undo/ }).click();
    await isSo(page, DRAWN(3));
    expect(await generation()).to.equal(FIRST + 2);
    // An empty form stands there, and no word of a version that is undone.
    await check.waitFor();
    expect(await textOf(panel)).to.not.include('Published as version');
    expect((await fetch(`${events.server.url}/collections/events/items/4`)).status).to.equal(404);
    const { entries } = await json<{ entries: { change: string; reason: string }[] }>(
      fetch(`${events.server.url}/collections/events/items/4/history`),
    );
    expect(entries[0]).to.include({ change: 'withdrawn', reason: 'Undone: record added' });
    await page.getByRole('button', { name: /^Redo/ }).click();
    await isSo(page, DRAWN(4));
    expect((await item(4)).properties).to.include({ killed: 4, source: 'a report of March' });
    await page.getByRole('button', { name: /^Undo/ }).click();
    await isSo(page, DRAWN(3));
  });

  it('moves one from its card, in French, and shows its history', async () => {
    const page = await open('#layers=events&time=../..&map=7/14/-2&lang=fr&at=14/-2');
    const card = page.locator('.card').first();
    await card.getByRole('button', { name: 'Corriger', exact: true }).click();
    const panel = page.locator('.panel.correct');
    await panel.getByRole('heading', { name: 'Corriger une fiche' }).waitFor();
    await write(panel.getByLabel('Latitude'), '14.6');
    await panel.getByLabel('Confiance').selectOption('reported');
    await write(panel.getByLabel('Motif de la correction'), 'Le puits est au nord');
    await panel.getByLabel('À titre de').selectOption('field-team');
    await isSo(page, "location.hash.includes('correct=events%2F2')");
    await page.reload();
    await panel.getByText('Votre saisie est de nouveau là.').waitFor();
    expect(await panel.getByLabel('Latitude').inputValue()).to.equal('14.6');
    expect(await panel.getByLabel('À titre de').inputValue()).to.equal('field-team');
    await panel.getByRole('button', { name: 'Vérifier la correction' }).click();
    await panel.getByRole('heading', { name: 'Ce qui va changer' }).waitFor();
    expect(await textOf(panel.locator('.changes'))).to.match(/Position.*14\.00000, -2\.00000.*14\.60000, -2\.00000/);
    expect(await textOf(panel.locator('.changes'))).to.match(/Confiance.*documenté.*signalé/);
    await panel.getByRole('button', { name: 'Publier la correction' }).click();
    await panel.getByText('Publiée').waitFor();
    expect((await item(2)).geometry.coordinates).to.deep.equal([-2, 14.6]);
    await panel.locator('.history summary').click();
    await panel.getByText('« Le puits est au nord » (équipe de terrain)').waitFor();
    expect(await textOf(panel.locator('.history-entries'))).to.not.match(/history\.|correct\./);

    await page.getByRole('button', { name: /^Annuler : fiche corrigée/ }).click();
    await until('it stands where it stood', async () => (await item(2)).geometry.coordinates[1] === 14);
    await isSo(page, VALUE('14'));
    await page.getByRole('button', { name: /^Rétablir/ }).click();
    await until('it is moved again', async () => (await item(2)).geometry.coordinates[1] === 14.6);
    await isSo(page, VALUE('14.6'));
    expect((await item(2)).properties.confidence).to.equal('reported');
  });

  it('tells that somebody else was quicker, loads what is there now, and withdraws it, there and back', async () => {
    const page = await open('#layers=events&time=../..&map=7/14/-1&at=14/-1');
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    const panel = page.locator('.panel.correct');
    await write(panel.getByLabel('Killed'), '8');
    await write(panel.getByLabel('Reason for the correction'), 'Counted again');
    const { headers } = await fetch(`${events.server.url}/collections/events/items/3`);
    const other = await fetch(`${events.server.url}/collections/events/items/3`, {
      method: 'PATCH',
      headers: {
        ...{ Authorization: `Bearer ${TEST_TOKEN}`, 'Content-Type': 'application/json', 'Change-Reason': 'Counted' },
        'If-Match': headers.get('etag') ?? '',
      },
      body: '{"properties":{"killed":9}}',
    });
    expect(other.status).to.equal(200);
    await panel.getByRole('button', { name: 'Check the correction' }).click();
    const stale = panel.getByText('Somebody has changed this record since you opened it.');
    await stale.waitFor();
    // What was written is not lost; and it is of a state that is there no more, after a reload too.
    await page.reload();
    await stale.waitFor();
    expect(await panel.getByLabel('Killed').inputValue()).to.equal('8');
    await panel.getByRole('button', { name: 'Check the correction' }).click();
    await stale.waitFor();
    await panel.getByRole('button', { name: 'Load it as it is now' }).click();
    await isSo(page, VALUE('9'));
    expect((await item(3)).properties.killed).to.equal(9);
    expect(await panel.getByLabel('Reason for the correction').inputValue()).to.equal('');

    await write(panel.getByLabel('Reason for the correction'), 'It is there twice');
    await panel.getByRole('button', { name: 'Discard what I wrote' }).click();
    await isSo(page, "document.querySelector('.correct textarea[required]')?.value === ''");
    await write(panel.getByLabel('Reason for the correction'), 'It is here twice');
    await panel.getByRole('button', { name: 'Withdraw the record' }).click();
    await panel.getByRole('button', { name: 'Withdraw it', exact: true }).click();
    await panel.getByText(/^Withdrawn with version/).waitFor();
    await isSo(page, DRAWN(2));
    await page.getByRole('button', { name: 'Undo: record withdrawn' }).click();
    await isSo(page, DRAWN(3));
    expect((await item(3)).properties.killed).to.equal(9);
    await panel.getByRole('button', { name: 'Check the correction' }).waitFor();
    await page.getByRole('button', { name: 'Redo: record withdrawn' }).click();
    await isSo(page, DRAWN(2));
    // Of what is gone there is nothing to correct.
    await panel.waitFor({ state: 'detached' });
  });

  it('asks for the token first, and fits on a phone', async () => {
    const page = await open(`${AT}&lang=en`, {
      isKnown: false,
      context: { viewport: { width: 390, height: 844 }, hasTouch: true },
    });
    // In the drawer.
    await page.evaluate("document.querySelector('[data-layer=events] .about-button').click()");
    await page.waitForSelector('.tool-link', { state: 'attached' });
    await page.evaluate(
      "[...document.querySelectorAll('.tool-link')].find((each) => each.textContent === 'Add a record').click()",
    );
    const panel = page.locator('.panel.correct');
    await panel.locator('input[type=password]').fill('wrong');
    await panel.getByRole('button', { name: 'Enter', exact: true }).click();
    await panel.getByText('The server does not know this token.').waitFor();
    await panel.locator('input[type=password]').fill(TEST_TOKEN);
    await panel.getByRole('button', { name: 'Enter', exact: true }).click();
    await panel.getByRole('button', { name: 'Check the correction' }).waitFor();
    const wide = await page.evaluate<number>("document.querySelector('.panel.correct').scrollWidth");
    expect(wide).to.be.at.most(390);
  });
});
