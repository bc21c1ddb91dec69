import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Route } from 'playwright-core';
import type { Brief } from '../../server/core/brief.ts';
import { slots } from '../../server/db/slots.ts';
import { findChromium } from '../../server/jobs/pdf/find-chromium.ts';
import { openPrinter } from '../../server/jobs/pdf/printer.ts';
import { openPage, serverUrl } from '../support/browser.ts';
import { json } from '../support/json.ts';
import { TEST_TOKEN } from '../support/server.ts';

const PAPERS = {
  a4: [594.96, 841.92],
  a3: [841.92, 1191.12],
} as const;

const shown = ['places', 'countries', 'control_areas', 'attacks_modelled', 'attacks', 'mines'];
const AUTHORIZED = { authorization: `Bearer ${TEST_TOKEN}` };

const run = promisify(execFile);

/** What a program of poppler says. */
const read = async (program: string, ...args: readonly string[]): Promise<string> =>
  (await run(program, args, { maxBuffer: 50_000_000 })).stdout;

const hasPoppler = () =>
  run('pdftotext', ['-v']).then(
    () => true,
    () => false,
  );

/** A French brief of three views, as the server prints it: read by another program, words and pictures. */
describe('a brief on paper', function suite() {
  this.timeout(120_000);
  let url: string;
  let brief: Brief;
  let folder: string;
  before(async function prepare() {
    if (!(await hasPoppler())) this.skip();
    url = await serverUrl();
    folder = process.env.PDF_FOLDER ?? mkdtempSync(path.join(tmpdir(), 'azalai-pdf-'));
    const { collections } = await json<{ collections: { id: string; azalai: { generation: number } }[] }>(
      fetch(`${url}/collections`),
    );
    const layers = Object.fromEntries(
      collections.filter(({ id }) => shown.includes(id)).map(({ id, azalai }) => [id, azalai.generation]),
    );
    const view = (map: string, rest: string) => ({
      address: `#map=${map}&layers=${shown.join(',')}&${rest}`,
      layers,
    });
    const draft = {
      ...{ title: 'Le nord du Mali, 2022', language: 'fr', handling: 'public' },
      views: [
        {
          title: 'Qui tient quoi',
          note: 'Les zones sont approximatives.\n\nLes hexagones comptent des attaques modélisées.',
          view: view('5.4/16.2/-2.2', 'time=2022-01-01/2022-12-31&lang=en&theme=dark'),
        },
        {
          title: 'Autour de Gao',
          note: 'Le fleuve, la ville, les routes.',
          view: view('7.2/16.3/0', 'time=2021-01-01/2022-06-30&grid=mgrs'),
        },
        {
          title: 'Attaques meurtrières',
          note: 'Un filtre : plus de cinq morts.',
          view: view(
            '5.4/16.2/-2.2',
            `time=../2019-12-31&clock=cumulative&filter=${encodeURIComponent('{"attacks":"killed > 5"}')}`,
          ),
        },
      ],
    };
    const headers = { ...AUTHORIZED, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/briefs`, { method: 'POST', headers, body: JSON.stringify(draft) });
    expect(answer.status, await answer.clone().text()).to.equal(201);
    brief = (await answer.json()) as Brief;
  });
  after(() => {
    if (folder && !process.env.PDF_FOLDER) rmSync(folder, { recursive: true });
  });

  /** By `request`, which may call the server by another name. */
  const save = async (address: string, name: string, headers: Record<string, string> = {}): Promise<string> => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`${url}${address}`, { headers }, resolve).once('error', reject).end();
    });
    const body = await buffer(answer);
    expect(answer.statusCode, answer.statusCode === 200 ? '' : body.toString()).to.equal(200);
    expect(answer.headers['content-type']).to.equal('application/pdf');
    const file = path.join(folder, name);
    writeFileSync(file, body);
    return file;
  };
  const sizesOf = async (file: string) =>
    [...(await read('pdfinfo', '-l', '99', file)).matchAll(/Page +\d+ size: +([\d.]+) x ([\d.]+)/g)].map(
      ([, width, height]) => [Number(width), Number(height)],
    );
  const wordsOf = async (file: string, page: number) =>
    (await read('pdftotext', '-f', String(page), '-l', String(page), '-layout', file, '-')).replaceAll(/\s+/g, ' ');

  it('has a page for each view, with all that belongs to it as words', async () => {
    const file = await save(`/briefs/${brief.id}.pdf`, 'brief.pdf');
    expect(await sizesOf(file)).to.deep.equal(brief.views.map(() => [PAPERS.a4[1], PAPERS.a4[0]]));
    expect(await read('pdfinfo', file)).to.match(/Title: +Le nord du Mali, 2022/);
    for (const [at, { title, note, view }] of brief.views.entries()) {
      const words = await wordsOf(file, at + 1);
      const plain = words.replaceAll(' ', '');
      const has = (text: string) => expect(plain, words).to.include(text.replaceAll(/\s/g, ''));
      for (const text of [title, note, brief.title, `${at + 1} sur 3`, view.hash]) has(text);
      // Legend, handling, scale, north, grid, projection, caveats, sources, disclaimer: in French.
      for (const text of ['LÉGENDE', 'PUBLIC', '1 : ', ' km', 'N', 'Mercator', 'À LIRE AVEC PRUDENCE', 'SOURCES'])
        has(text);
      has('Zones de contrôle et d’influence');
      has('approximatif');
      has('Modélisé, non constaté : Attaques (modélisées)');
      has('licence : CC BY 4.0');
      has('Les frontières et les noms figurant ici n’impliquent ni approbation');
    }
    expect(await wordsOf(file, 1))
      .to.match(/2°O/)
      .and.match(/14°N/)
      .and.match(/ 2022 /);
    expect(await wordsOf(file, 2)).to.match(/janv\. 2021/);
    expect(await wordsOf(file, 3))
      .to.match(/jusqu’au 31 décembre 2019/i)
      .and.match(/killed > 5/);
  });

  it('draws the map on each page, and letters as letters', async () => {
    const file = path.join(folder, 'brief.pdf');
    const images = (await read('pdfimages', '-list', file)).split('\n').slice(2).filter(Boolean);
    const large = images
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , type, width]) => type === 'image' && Number(width) > 1500);
    expect(new Set(large.map(([page]) => page)).size, images.join('\n')).to.equal(3);
    expect(await read('pdffonts', file)).to.match(/NotoSans/);
    await read('pdftoppm', '-r', '80', '-png', file, path.join(folder, 'page'));
    const pages = readdirSync(folder).filter((name) => /^page-\d\.png$/.test(name));
    expect(pages).to.have.length(3);
    // A blank map would be packed into a tenth of that.
    for (const name of pages) expect(readFileSync(path.join(folder, name)).length, name).to.be.greaterThan(80_000);
  });

  it('is upright on A3 in English, internal for who may see more, by a name that leads nowhere but to this server', async () => {
    const { views } = brief;
    const stored = await json<{ id: string }>(
      fetch(`${url}/views`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ address: views[1]?.view.address, layers: views[1]?.view.layers }),
      }),
    );
    const query = 'paper=a3&orientation=portrait&lang=en&title=Around%20Gao';
    const file = await save(`/views/${stored.id}.pdf?${query}`, 'view.pdf', { ...AUTHORIZED, host: 'map.example.org' });
    expect(await sizesOf(file)).to.deep.equal([PAPERS.a3.slice()]);
    const words = await wordsOf(file, 1);
    expect(words).to.include('Around Gao').and.include('INTERNAL').and.include('LEGEND');
    expect(words).to.include('Internal: may hold what is not public.');
  });

  it('is laid out by the browser of the reader too, who prints it when it is whole', async () => {
    const opened = await openPage(`/print.html#brief=${brief.id}&orientation=portrait`);
    await opened.page.waitForSelector('.sheet.is-a4.is-portrait', { timeout: 60_000 });
    expect(await opened.page.locator('.sheet h1').first().textContent()).to.equal(brief.views[0]?.title);
    // Two are still to come.
    expect(await opened.page.locator('.print-bar button').isEnabled()).to.equal(false);
    opened.expectClean();
    await opened.close();
  });

  it('is as it was when a layer has been published since, and says so, as long as that is kept', async () => {
    const raised = async (route: Route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { collections: { id: string; azalai: { generation: number } }[] };
      for (const { id, azalai } of body.collections) if (id === 'mines') azalai.generation += 1;
      await route.fulfill({ response: answer, json: body });
    };
    for (const isKept of [true, false]) {
      const opened = await openPage(`/print.html#brief=${brief.id}`, {
        prepare: async (page) => {
          await page.route('**/collections', raised);
          const gone = { status: 410, contentType: 'application/problem+json', body: '{"status":410}' };
          if (!isKept) await page.route(/\/mines\/items\?/, (route) => route.fulfill(gone));
        },
      });
      await opened.page.waitForSelector('.sheet', { timeout: 60_000 });
      const said = await opened.page.locator('.sheet-caveats').first().textContent();
      // Of French no space before a colon may break.
      const caveats = (said ?? '').replaceAll(/\s+/g, ' ');
      expect(caveats).to.include('Publié de nouveau depuis : Mines d’or');
      expect(/Tel que c’était le .*UTC/.test(caveats), caveats).to.equal(isKept);
      expect(caveats.includes('N’est plus conservé tel quel'), caveats).to.equal(!isKept);
      const tiles = opened.requests.filter((address) => /\/(tiles|hexes)\/.*known_at=/.test(address));
      expect(tiles.length > 0, tiles.join('\n')).to.equal(isKept);
      await opened.close();
    }
  });

  it('goes on on a next sheet where there is no room, and loses nothing of a long note', async () => {
    const note = Array.from({ length: 40 }, (_, at) => `Paragraphe ${at}, ${'avec des mots '.repeat(5)}fin ${at}.`);
    const hash = `#map=5.4/16.2/-2.2&layers=${shown.join(',')}&lang=fr&note=${encodeURIComponent(note.join('\n\n'))}`;
    const opened = await openPage(`/print.html${hash}`);
    await opened.page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 60_000 });
    expect(await opened.page.locator('.print-bar button').isEnabled()).to.equal(true);
    const sheets = opened.page.locator('.sheet');
    expect(await sheets.count()).to.equal(2);
    expect(await sheets.first().locator('.sheet-legend').count(), 'the legend stays beside its map').to.equal(1);
    const written = ((await sheets.last().locator('.sheet-more .sheet-note').textContent()) ?? '').replaceAll(
      /\s+/g,
      ' ',
    );
    for (const at of note.keys()) expect(written).to.include(`fin ${at}.`);
    const cut = await sheets.evaluateAll((all) =>
      (all as unknown as { querySelectorAll(of: string): Iterable<Record<string, number>> }[]).flatMap((sheet) =>
        [...sheet.querySelectorAll('.sheet-side, .sheet-words, .sheet-more, .sheet-foot')].filter(
          ({ scrollHeight = 0, clientHeight = 0, scrollWidth = 0, clientWidth = 0 }) =>
            scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1,
        ),
      ),
    );
    expect(cut).to.have.length(0);
    await opened.page.screenshot({ path: path.join(folder, 'long.png'), fullPage: true });
    await opened.close();
  });

  it('is given up after its time, and makes room for the next', async () => {
    const places = slots({ max: 1, queueMax: 0, waitMs: 0 });
    const printer = openPrinter({ executable: findChromium(process.env.CHROMIUM), places, limitMs: 1_500 });
    const { hostname, port } = new URL(url);
    const printed = {
      ...{ base: url, hash: `#brief=${brief.id}`, target: { host: hostname, port: Number(port) } },
      authorization: undefined,
    };
    const failed = await printer
      .print(printed, new AbortController().signal)
      .next()
      .catch((error: Error) => error.name);
    expect(failed).to.equal('PrintTooSlow');
    expect(places.active()).to.equal(0);
  });

  it('says what it cannot find', async () => {
    const opened = await openPage('/print.html#view=AAAAAAAAAAAAAAAA');
    await opened.page.waitForSelector('html[data-failed]', { state: 'attached' });
    expect(await opened.page.locator('.print-bar').textContent()).to.match(/could not be made/);
    await opened.close();
  });
});
