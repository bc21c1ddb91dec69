import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import type { Watcher } from '../../server/jobs/watches/watcher.ts';
import { openWatching } from '../../server/watching.ts';
import { faultsIn, withAxe } from '../support/axe.ts';
import { textOf } from '../support/browser.ts';
import { editedEvents } from '../support/edited-events.ts';
import { until } from '../support/process.ts';
import { TEST_TOKEN } from '../support/server.ts';

const INPUTS = encodeURIComponent('{"layers":["events"],"hexagons":3,":asked":true}');
const ASKED = `#layers=events&time=../..&map=6/14/-1&ask=summary&inputs=${INPUTS}`;
const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };

/** Where a picture is put, for whoever looks at the page: WATCH_PICTURES names a folder. */
const PICTURES = process.env.WATCH_PICTURES;

describe('watched questions in the page', function suite() {
  this.timeout(120_000);
  const events = editedEvents({ area: [-13, 10, 5, 26] });
  const { open } = events;
  let watcher: Watcher;
  before(() => {
    const { context, database } = events.server;
    watcher = openWatching({
      context,
      slow: { compare: database.lanes.jobs.run, transaction: database.transaction },
      briefs: context.briefs,
      onError: () => undefined,
      // It looks when this test says so: between two corrections it would tell of one.
      lookMs: 3_600_000,
    });
  });
  after(() => watcher.close());

  const send = (path: string, method: string, headers: Record<string, string> = {}, body?: object) =>
    fetch(`${events.server.url}${path}`, {
      ...{ method, headers: { ...TOKEN, ...(body && { 'Content-Type': 'application/json' }), ...headers } },
      ...(body && { body: JSON.stringify(body) }),
    });
  async function change(id: number, killed: number): Promise<void> {
    const { headers } = await send(`/collections/events/items/${id}`, 'GET');
    const reason = { 'If-Match': headers.get('etag') ?? '', 'Change-Reason': 'Counted' };
    const response = await send(`/collections/events/items/${id}`, 'PATCH', reason, { properties: { killed } });
    expect(response.status, await response.text()).to.equal(200);
  }
  async function withdraw(id: number): Promise<void> {
    const { headers } = await send(`/collections/events/items/${id}`, 'GET');
    const reason = { 'If-Match': headers.get('etag') ?? '', 'Change-Reason': 'Twice' };
    expect((await send(`/collections/events/items/${id}`, 'DELETE', reason)).status).to.equal(200);
  }
  const isTold = (kind: string) =>
    until(`it is told: ${kind}`, async () => {
      await watcher.round();
      const answer = (await (await send('/watches/digest', 'GET')).json()) as { entries: { kind: string }[] };
      return answer.entries[0]?.kind === kind;
    });
  async function picture(page: Page, name: string): Promise<void> {
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` });
  }

  it('are saved from an answer, tell what changed until it has been seen, and show its records', async () => {
    const page = await open(ASKED, { isKnown: false });
    const answer = page.locator('.ask-answer');
    await answer.waitFor();
    const form = answer.locator('.watch-this');
    await form.locator('summary').click();
    await form.getByLabel('Name').fill('Events by hexagon');
    await picture(page, 'this');
    await form.getByRole('button', { name: 'Watch it' }).click();
    // It takes the token, once.
    await form.locator('input[type=password]').fill(TEST_TOKEN);
    await form.getByRole('button', { name: 'Enter', exact: true }).click();
    await form.getByText('It is watched from now on.').waitFor();
    await isTold('begun');
    await form.getByRole('button', { name: 'See what is watched' }).click();
    const panel = page.locator('.panel.watches');
    await panel.locator('.watch-entry', { hasText: 'watched from now on' }).waitFor();
    expect(await panel.locator('.tag.is-new').count(), 'that is no news').to.equal(0);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });

    await change(2, 99);
    await withdraw(3);
    await isTold('changed');
    await withAxe(page);
    await page.reload();
    const button = page.getByRole('button', { name: 'Watched questions: 1 new' });
    await button.waitFor();
    await picture(page, 'button');
    await button.click();
    const entry = panel.locator('.watch-entry.is-new');
    await entry.waitFor();
    expect(await textOf(entry.locator('.watch-summary'))).to.match(/^Events: 1 gone, 1 changed\. /);
    // It has been seen; its mark stays as long as the panel.
    await page.getByRole('button', { name: 'Watched questions', exact: true }).waitFor();
    await entry.locator('summary').click();
    const row = entry.locator('.watch-figures tr', { hasText: /^Events, sums, Killed/ });
    expect(await row.locator('td').allTextContents()).to.deep.equal(['3', '100']);
    await picture(page, 'panel');
    expect(await faultsIn(page, '.panel.watches')).to.deep.equal([]);
    await entry.getByRole('button', { name: 'Show record 2 of “Events”' }).click();
    await page.locator('.records').waitFor();
    await page.locator('.records').getByText('99').first().waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Watched questions', exact: true }).waitFor();
  });

  it('show their question again, give the address of the feed, and are watched no more, in French on a phone', async () => {
    const page = await open('#lang=fr&layers=events&time=../..&map=6/14/-1&watch&theme=dark', {
      isKnown: false,
      context: { viewport: { width: 390, height: 844 } },
    });
    await withAxe(page);
    await page.reload();
    const panel = page.locator('.panel.watches');
    await panel.locator('input[type=password]').fill(TEST_TOKEN);
    await panel.getByRole('button', { name: 'Entrer', exact: true }).click();
    const changed = panel.locator('.watch-entry.is-changed').first();
    await changed.waitFor();
    await changed.locator('summary').click();
    expect(await textOf(changed.locator('.watch-summary'))).to.match(/1 fiche retirée, 1 fiche modifiée/);
    await picture(page, 'phone');
    expect(await faultsIn(page, '.panel.watches')).to.deep.equal([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    await panel.getByRole('button', { name: 'Montrer l’adresse' }).click();
    const address = (await textOf(panel.locator('.copy-text code'))).trim();
    expect((await fetch(address)).status).to.equal(200);
    await panel.getByRole('button', { name: 'Lui donner une autre adresse' }).click();
    await panel.getByText('L’adresse précédente n’ouvre plus rien.').waitFor();
    expect((await fetch(address)).status).to.equal(404);
    const question = panel.locator('.watch-question');
    await question.getByLabel('En dossier').selectOption('weekly');
    await until('it is kept', async () => {
      const { watches } = (await (await send('/watches', 'GET')).json()) as { watches: { brief: string }[] };
      return watches[0]?.brief === 'weekly';
    });
    await picture(page, 'phone-list');
    await question.getByRole('button', { name: 'Montrer la question' }).click();
    await page.locator('.ask-answer').waitFor();
    await page.locator('.panel.ask').getByRole('button', { name: 'Fermer' }).click();
    await page.locator('.tools-toggle').click();
    await page.getByRole('button', { name: 'Questions suivies' }).click();
    await question.getByRole('button', { name: 'Ne plus la suivre' }).click();
    await question.getByRole('button', { name: 'Oui, supprimer' }).click();
    await panel.getByText('Aucune question n’est encore suivie.').waitFor();
    expect(await textOf(panel.getByRole('status').first())).to.equal('Elle n’est plus suivie.');
  });
});
