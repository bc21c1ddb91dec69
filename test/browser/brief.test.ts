import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { mapPerTest, settled, textOf, untilAddress } from '../support/browser.ts';
import { until } from '../support/process.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

interface Stored {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly views: readonly {
    readonly title: string;
    readonly note: string;
    readonly view: { readonly address: string };
  }[];
}

const CALM = { reducedMotion: 'reduce' } as const;
const PLACE = '#map=6.00/15.0000/-2.0000&layers=mines,countries&time=2022-01-01/2022-12-31';

describe('briefs', function suite() {
  this.timeout(120_000);
  let server: TestServer;
  const open = mapPerTest();
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  async function ask(path: string, method = 'GET', body?: object, tag?: string): Promise<Stored> {
    const response = await fetch(`${server.url}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${TEST_TOKEN}`,
        'content-type': 'application/json',
        ...(tag && { 'if-match': tag }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.ok, `${method} ${path}: ${response.status}`).to.equal(true);
    return (await response.json()) as Stored;
  }
  const titles = (list: Locator) => list.locator('.brief-view-title > span:last-child').allTextContents();
  const enterToken = async (page: Page) => {
    await page.locator('.briefs input[type=password]').fill(TEST_TOKEN);
    await page.keyboard.press('Enter');
  };
  const press = async (page: Page, name: string) => {
    await page.locator('.briefs').getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };

  let id = '';

  it('are written by keyboard: views with words, in an order, saved, taken back and brought back', async () => {
    const { page, expectClean } = await open({ url: server.url, hash: PLACE, context: CALM });
    const panel = page.locator('.briefs');
    await page.getByRole('button', { name: 'Briefs', exact: true }).focus();
    await page.keyboard.press('Enter');
    await panel.getByText('There is no public brief.').waitFor();
    await press(page, 'New brief');
    await enterToken(page);
    await panel.getByLabel('Title of the brief').fill('Gold in 2022');
    await panel.getByLabel('Who may read it').selectOption('public');
    await press(page, 'Add what the map shows');
    const isWriting = (at: number) =>
      until('the title has the focus', () =>
        page.evaluate<boolean>(
          `document.activeElement?.closest('.brief-view') === document.querySelectorAll('.brief-view')[${at}] && document.activeElement.matches('input')`,
        ),
      );
    await isWriting(0);
    await page.keyboard.type('All of it');
    await page.keyboard.press('Tab');
    await page.keyboard.type('First paragraph.\n\nSecond paragraph.');
    await page.evaluate("document.querySelector('.map').map.jumpTo({ center: [-9, 13], zoom: 7 })");
    await settled(page);
    await press(page, 'Add what the map shows');
    await isWriting(1);
    await page.keyboard.type('The west');
    await press(page, 'Move up: The west');
    expect(await titles(panel)).to.deep.equal(['The west', 'All of it']);
    expect(await textOf(panel.locator('.brief-views [role=status]'))).to.equal('The west: place 1 of 2');

    // Taken away, and brought back by undo with its words.
    await panel.getByRole('button', { name: 'Title and note: All of it' }).click();
    await press(page, 'Remove: All of it');
    expect(await titles(panel)).to.deep.equal(['The west']);
    await page.getByRole('button', { name: 'Undo: remove “All of it” from the brief' }).click();
    await until('it is back', async () => (await titles(panel)).join() === 'The west,All of it');
    await press(page, 'Save');
    await panel.getByText('Saved as version 1.').waitFor();
    await untilAddress(page, /brief=[0-9a-f-]{36}/);
    id = /brief=([0-9a-f-]{36})/.exec(decodeURIComponent(page.url()))?.[1] ?? '';
    const stored = await ask(`briefs/${id}`);
    expect(stored.views.map(({ title }) => title)).to.deep.equal(['The west', 'All of it']);
    expect(stored.views[1]?.note).to.equal('First paragraph.\n\nSecond paragraph.');
    expect(stored.views[0]?.view.address).to.match(/^#map=7\.00\/13\.\d+\/-9\.\d+&layers=mines,countries&.*frame=/);

    // A view is shown again where it was: beside the panel, all of what was free then.
    await panel.getByTitle('Show on the map: All of it').click();
    await untilAddress(page, /#map=6\.\d\d\/15\./);
    await untilAddress(page, `brief=${id}/2`);
    expectClean();
  });

  it('are edited later upon the last version only, and every version is kept', async () => {
    const { page } = await open({ url: server.url, hash: `${PLACE}&brief=${id}`, context: CALM });
    const panel = page.locator('.briefs');
    await panel.getByRole('heading', { name: 'Gold in 2022' }).waitFor();
    expect(await panel.getByRole('button', { name: 'Save', exact: true }).count()).to.equal(0);
    await press(page, 'Edit');
    await enterToken(page);
    const title = panel.getByLabel('Title of the brief');
    await title.fill('Mine');
    // Somebody else is quicker.
    const { views } = await ask(`briefs/${id}`);
    await ask(`briefs/${id}`, 'PUT', { title: 'Theirs', language: 'en', handling: 'public', views }, '"1"');
    await press(page, 'Save');
    await panel.getByText('Somebody else has saved version 2 meanwhile.').waitFor();
    expect(await title.inputValue()).to.equal('Mine');

    // What is not saved is there again after a reload.
    await page.reload();
    await settled(page);
    await until('the draft', async () => (await title.inputValue()) === 'Mine');
    await press(page, 'Save');
    await press(page, 'Save mine as the next');
    await panel.getByText('Saved as version 3.').waitFor();
    expect((await ask(`briefs/${id}`)).title).to.equal('Mine');

    await panel.getByText('Versions and deleting').click();
    await panel.getByRole('button', { name: 'Look at version 1' }).click();
    await press(page, 'Bring it back');
    await panel.getByText('Version 1 is brought back as version 4.').waitFor();
    expect(await title.inputValue()).to.equal('Gold in 2022');
    await page.getByRole('button', { name: /^Undo: bring back a version/ }).click();
    await until('version 5', async () => (await ask(`briefs/${id}`)).version === 5);
    await until('the title of version 3', async () => (await title.inputValue()) === 'Mine');

    await press(page, 'Delete the brief');
    await press(page, 'Delete');
    await panel.getByText('The brief “Mine” has been deleted.').waitFor();
    await page.getByRole('button', { name: 'Undo: delete the brief “Mine”' }).click();
    await panel.locator('.brief-entry', { hasText: 'Mine' }).waitFor();
  });

  it('are presented by keyboard from a link, in their language, with all that must be said', async () => {
    const view = (place: string, layers: string, time: string) => ({
      address: `#map=${place}&layers=${layers}&time=${time}`,
      layers: {},
    });
    const brief = await ask('briefs', 'POST', {
      title: 'L’or du Mali',
      language: 'fr',
      handling: 'public',
      views: [
        {
          title: 'Partout',
          note: 'Un.\n\nDeux.',
          view: view('5.00/16.0000/-3.0000', 'mines,attacks_modelled', '2022-01-01/2022-12-31'),
        },
        {
          title: 'À l’ouest',
          note: '',
          view: view('7.00/13.0000/-9.0000', 'mines,control_areas', '2021-01-01/2021-12-31'),
        },
        { title: 'Au nord', note: 'Fin.', view: view('12.00/19.0000/-2.0000', 'corridors', '../..&frame=-4,17,1,20') },
      ],
    });
    const { page, expectClean } = await open({ url: server.url, hash: `#brief=${brief.id}/2&present`, context: CALM });
    const present = page.locator('.present');
    const isAt = async (title: string, place: string) => {
      await present.getByRole('heading', { name: title }).waitFor();
      expect(await textOf(present.locator('.present-place'))).to.equal(place);
    };
    await isAt('À l’ouest', '2 sur 3');
    await settled(page);
    expect(await page.evaluate('document.documentElement.lang')).to.equal('fr');
    await untilAddress(page, /#map=7\.00\/13\.0000\/-9\.0000/);
    expect(await textOf(present.locator('.present-clock'))).to.contain('2021');
    const legend = await textOf(present.locator('.present-legend'));
    expect(legend).to.contain('Mines d’or').and.to.contain('Zones de contrôle').and.to.contain('approximatif');
    expect(await textOf(page.locator('.foot'))).to.contain('Sources');
    const small = await textOf(present.locator('.present-small'));
    expect(small).to.contain('Sources').and.to.contain('Approximatif');
    // Nothing but the presentation is there to be reached.
    for (const part of ['.tool-bar', '.layers', '.clock', '.briefs', '.top-bar'])
      expect(await page.locator(part).filter({ visible: true }).count(), part).to.equal(0);

    // All of what its author saw, whatever the address says of another screen.
    await page.keyboard.press('End');
    await isAt('Au nord', '3 sur 3');
    const holds =
      '(([west, south, east, north], map) => map.getBounds().contains([west, south]) && map.getBounds().contains([east, north]) && map.getZoom() > 5)';
    await until('the frame is seen', () =>
      page.evaluate<boolean>(`${holds}([-4, 17, 1, 20], document.querySelector('.map').map)`),
    );
    await page.keyboard.press('PageUp');
    for (const [key, title, place] of [
      ['ArrowRight', 'Au nord', '3 sur 3'],
      ['ArrowRight', 'Au nord', '3 sur 3'],
      ['Home', 'Partout', '1 sur 3'],
      ['PageDown', 'À l’ouest', '2 sur 3'],
      ['End', 'Au nord', '3 sur 3'],
      ['PageUp', 'À l’ouest', '2 sur 3'],
      ['ArrowLeft', 'Partout', '1 sur 3'],
    ] as const) {
      await page.keyboard.press(key);
      await isAt(title, place);
    }
    expect(await present.locator('.present-note p').allTextContents()).to.deep.equal(['Un.', 'Deux.']);
    expect(await textOf(present.locator('[role=status]').first())).to.match(/^Vue 1 sur 3\s: Partout$/);
    await settled(page);
    await until('what is modelled is said', async () =>
      (await textOf(present.locator('.present-legend'))).includes('modélisé'),
    );
    await page.keyboard.press('f');
    await until('full screen', () => page.evaluate<boolean>('document.fullscreenElement !== null'));
    await page.keyboard.press('f');
    await until('no full screen', () => page.evaluate<boolean>('document.fullscreenElement === null'));
    await page.keyboard.press('Escape');
    await present.waitFor({ state: 'detached' });
    await page.locator('.briefs').waitFor();
    await untilAddress(page, /^(?!.*present)/);
    expectClean();
  });

  it('that are not public ask for the token, also where they are to be presented', async () => {
    const brief = await ask('briefs', 'POST', { title: 'Inside', language: 'en', handling: 'internal', views: [] });
    const { page } = await open({ url: server.url, hash: `#brief=${brief.id}&present` });
    const present = page.locator('.present');
    await present.getByText('not for everybody').waitFor();
    await present.locator('input[type=password]').fill(TEST_TOKEN);
    await page.keyboard.press('Enter');
    await present.locator('.present-text', { hasText: 'This brief has no views yet.' }).waitFor();
    expect(await textOf(present)).to.contain('internal');
  });
});
