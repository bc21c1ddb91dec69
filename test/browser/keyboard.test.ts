import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mapPerTest, textOf, untilAddress } from '../support/browser.ts';
import { choose, hasFocus, overwrite, tabTo } from '../support/keyboard.ts';
import { until } from '../support/process.ts';
import { TEST_TOKEN } from '../support/server.ts';

const PHONE = { viewport: { width: 390, height: 844 } };
const MAP = /^Map\. Arrow keys move it/;

/** No finger and no mouse: what docs/walks.md tells, by the keyboard alone. */
describe('by keyboard alone', function suite() {
  this.timeout(180_000);
  const open = mapPerTest();

  it('a planner finds the hot spots of 2022 in Mopti, and puts 2019 beside them', async () => {
    const { page, expectClean } = await open({ hash: '#layers=places,regions&time=2021-01-01/2021-12-31' });
    const { keyboard } = page;
    await tabTo(page, /^Attacks \(modelled\)/);
    await keyboard.press('Space');
    await untilAddress(page, 'attacks_modelled');
    await tabTo(page, 'Show 2022 only');
    await keyboard.press('Enter');
    await untilAddress(page, 'time=2022-01-01/2022-12-31');

    await tabTo(page, 'Ask a question', 'Shift+Tab');
    await keyboard.press('Enter');
    await hasFocus(page, 'Questions about places');
    await tabTo(page, /^Hot and cold spots/);
    await keyboard.press('Enter');
    await page.locator('.ask-form').waitFor();
    await tabTo(page, 'Events');
    // Its first letters choose it at once; the list is empty again for one more.
    await keyboard.type('At');
    await page
      .getByRole('button', { name: /Attacks \(modelled\)/ })
      .last()
      .waitFor();
    await tabTo(page, 'Where');
    await choose(page, 'admin');
    await tabTo(page, /^In an administrative unit/);
    await keyboard.type('Mopti');
    await tabTo(page, 'More settings');
    await keyboard.press('Enter');
    await tabTo(page, /^Imprecise records/);
    await choose(page, 'spread');
    await tabTo(page, 'Ask');
    await keyboard.press('Enter');
    await page.locator('.ask-answer').waitFor({ timeout: 60_000 });
    await hasFocus(page, 'Answer');
    expect(await textOf(page.locator('.ask-words'))).to.contain('Mopti');
    await keyboard.press('Escape');
    await hasFocus(page, 'Ask a question');

    await tabTo(page, 'Compare two periods');
    await keyboard.press('Enter');
    await tabTo(page, 'Left:');
    await overwrite(page, '2019');
    await keyboard.press('Enter');
    await untilAddress(page, 'compare=swipe,2019-01-01,2019-12-31');
    // What is dragged has keys too.
    await tabTo(page, 'Border between the periods', 'Shift+Tab');
    await keyboard.press('ArrowLeft');
    await untilAddress(page, /compare=swipe,2019-01-01,2019-12-31,0\.4/);
    expectClean();
  });

  it('an analyst asks what lies along a corridor, reads its strip, and comes to keeping the answer', async () => {
    const { page, expectClean } = await open({
      hash: '#layers=places,countries,corridors,control_areas&time=2022-01-01/2022-12-31',
    });
    const { keyboard } = page;
    await tabTo(page, 'Ask a question');
    await keyboard.press('Enter');
    await hasFocus(page, 'Questions about places');
    await tabTo(page, /^Along a line/);
    await keyboard.press('Enter');
    await page.locator('.ask-form').waitFor();
    await tabTo(page, 'Choose a line');
    await keyboard.press('ArrowDown');
    await tabTo(page, /^Within/);
    await overwrite(page, '25');
    await tabTo(page, 'Ask');
    await keyboard.press('Enter');
    await page.locator('.strip').first().waitFor({ timeout: 60_000 });
    await hasFocus(page, 'Answer');
    expect(await textOf(page.locator('.ask-words'))).to.contain('25 km');

    await tabTo(page, /^Place along the line/);
    await keyboard.press('End');
    const told = () => page.evaluate<string>("document.activeElement.getAttribute('aria-valuetext')");
    const atEnd = await told();
    await keyboard.press('PageDown');
    await until('other words are said of another place', async () => (await told()) !== atEnd);
    await tabTo(page, 'Keep as a layer');
    await keyboard.press('Enter');
    await tabTo(page, /^For whom/);
    await choose(page, 'public');
    await tabTo(page, 'Keep it');
    await keyboard.press('Enter');
    // It is not kept: the other tests have the same layers.
    await page.locator('.ask-keep input[type=password]').waitFor();
    await tabTo(page, /[Tt]oken/);
    await keyboard.type(TEST_TOKEN);
    await tabTo(page, 'Enter');
    expectClean();
  });

  it('each part gives the focus back to what opened it, and nothing that goes away takes it along', async () => {
    const { page, expectClean } = await open({
      hash: '#layers=places,attacks,attacks_modelled&time=2022-01-01/2022-12-31&map=5/15/-3',
    });
    const { keyboard } = page;
    await page.locator('.notice .button').focus();
    await keyboard.press('Enter');
    await until('the focus is somewhere', () => page.evaluate<boolean>('document.activeElement !== document.body'));

    for (const [opener, inside] of [
      ['Add data', /^Add data|^Your/],
      ['Use in QGIS', /./],
      ['What is shown, as a table', 'What the map shows'],
      ['Keys and shortcuts', /./],
    ] as const) {
      const button = page.getByRole('button', { name: opener }).first();
      await button.focus();
      await keyboard.press('Enter');
      await page.locator('.panel, .table-dock, dialog[open]').first().waitFor();
      await hasFocus(page, inside);
      await keyboard.press('Escape');
      await page.locator('.panel, .table-dock, dialog[open]').waitFor({ state: 'detached' });
      await hasFocus(page, new RegExp(`^${opener}`));
    }

    // A record, from the map and back to it.
    await page.locator('.maplibregl-canvas').focus();
    await keyboard.press('Enter');
    await hasFocus(page, /^At this spot/);
    await keyboard.press('Escape');
    await hasFocus(page, MAP);
    // Of the menu of a layer: the table of its records, with what is in it.
    await tabTo(page, /^Options and details: Documented attacks/, 'Shift+Tab');
    await keyboard.press('Enter');
    await page.locator('.layer[data-layer=attacks] .layer-tools').waitFor();
    await tabTo(page, /^Table of Documented attacks/);
    await keyboard.press('Enter');
    await page.locator('.table-dock tbody tr').first().waitFor();
    await tabTo(page, 'Close the table');
    await keyboard.press('Enter');
    await hasFocus(page, /^Table of Documented attacks/);
    expectClean();
  });

  it('on a narrow screen the drawer takes the focus and gives it back, also by what is opened from it', async () => {
    const { page, expectClean } = await open({ hash: '#lang=fr&layers=places,attacks', context: PHONE });
    const { keyboard } = page;
    await tabTo(page, 'Couches');
    await keyboard.press('Enter');
    await hasFocus(page, 'Fermer les couches');
    await keyboard.press('Escape');
    await hasFocus(page, 'Couches');
    await keyboard.press('Enter');
    await hasFocus(page, 'Fermer les couches');
    await tabTo(page, 'Poser une question');
    await keyboard.press('Enter');
    await page.locator('.ask-list').waitFor();
    await keyboard.press('Escape');
    await page.locator('.ask').waitFor({ state: 'detached' });
    await hasFocus(page, 'Couches');
    expectClean();
  });

  it('lists what the map shows: each layer, each hexagon with its number, and opens one', async () => {
    const { page, expectClean } = await open({
      hash: '#layers=places,corridors,attacks_modelled&time=2022-01-01/2022-12-31&map=5/15/-3',
    });
    const { keyboard } = page;
    const inList = (await textOf(page.locator('.layer[data-layer=attacks_modelled] .in-view p'))).match(
      /\d[\d,]*/,
    )?.[0];
    await tabTo(page, 'What is shown, as a table');
    await keyboard.press('Enter');
    const row = page.locator('.counts tr[data-layer=attacks_modelled]');
    await row.waitFor();
    expect(await textOf(row.locator('td.is-number'))).to.equal(inList);
    await tabTo(page, 'Hexagons in view: Attacks (modelled)');
    await keyboard.press('Enter');
    await untilAddress(page, 'counts=attacks_modelled');
    await page.locator('.counts .table-foot').waitFor();
    const numbers = (await page.locator('.counts tbody th').allTextContents()).map(Number);
    expect(numbers.length).to.be.greaterThan(20);
    expect(numbers, 'the fullest first').to.deep.equal([...numbers].sort((a, b) => b - a));
    // All of them, and each once: they add up to what the list of layers says.
    const [all = ''] = (await textOf(page.locator('.counts .table-foot p'))).match(/\d[\d,]*/) ?? [];
    await until('all rows are there', async () => {
      const more = page.locator('.counts-rest');
      if (await more.isVisible()) await more.press('Enter');
      return !(await more.isVisible());
    });
    const sum = (await page.locator('.counts tbody th').allTextContents()).reduce(
      (total, each) => total + Number(each),
      0,
    );
    expect(sum).to.equal(Number(all.replaceAll(',', '')));
    expect(await page.locator('.counts tbody td:nth-child(4)').allTextContents()).to.satisfy((places: string[]) =>
      places.every((place) => place !== ''),
    );
    await page.locator('.counts .table-dock, .counts').first().focus();
    await tabTo(page, new RegExp(`^Open hexagon 1: ${numbers[0]} records$`));
    await keyboard.press('Enter');
    await hasFocus(page, /^At this spot/);
    await page.locator('.records h3', { hasText: `${numbers[0]} records in this hexagon` }).waitFor();
    await keyboard.press('Escape');
    await hasFocus(page, /^Open hexagon 1/);
    await keyboard.press('Escape');
    await page.locator('.counts').waitFor({ state: 'detached' });
    expectClean();
  });
});

describe('with reduced motion', function suite() {
  this.timeout(120_000);
  const open = mapPerTest();

  it('nothing moves by itself: the map is where it goes at once, and nothing is animated', async () => {
    const { page, expectClean } = await open({
      hash: '#map=7/14/-3&layers=places,attacks',
      context: { reducedMotion: 'reduce' },
    });
    await page.evaluate(`(() => {
      const { map } = document.querySelector('.map');
      window.moves = 0;
      map.on('move', () => { window.moves += 1; });
    })()`);
    // Each goes elsewhere: to the whole area, aside for a panel, to what was found.
    for (const go of [
      () => page.getByRole('button', { name: 'Show the whole area' }).click(),
      () => page.getByRole('button', { name: 'Ask a question' }).click(),
      async () => {
        await page.locator('.search input').fill('16.27, -0.04');
        await page.keyboard.press('Enter');
      },
    ]) {
      await page.evaluate('void (window.moves = 0)');
      await go();
      await until('the map has moved', () => page.evaluate<boolean>('window.moves > 0'));
      const isMoving = await page.evaluate<boolean>("document.querySelector('.map').map.isMoving()");
      expect(isMoving, 'it is on its way').to.equal(false);
      expect(await page.evaluate('window.moves'), 'steps on the way').to.be.lessThan(4);
    }
    const animated = await page.evaluate<string[]>(
      'document.getAnimations().map(({ effect }) => effect.target.className)',
    );
    expect(animated).to.deep.equal([]);
    expectClean();
  });
});
