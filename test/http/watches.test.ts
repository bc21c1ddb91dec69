import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { corridor } from '../../server/analysis/corridor.ts';
import type { Brief } from '../../server/core/brief.ts';
import type { LayerRecord } from '../../server/core/record.ts';
import type { DigestEntry, Watch } from '../../server/core/watch.ts';
import { JobsFull } from '../../server/jobs/analysis/errors.ts';
import type { AnalysisJobs } from '../../server/jobs/analysis/jobs.ts';
import { publish } from '../../server/jobs/publish.ts';
import type { Watcher } from '../../server/jobs/watches/watcher.ts';
import { openWatching } from '../../server/watching.ts';
import { atomFaults, type Element, parseXml } from '../support/atom.ts';
import { json } from '../support/json.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { until } from '../support/process.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { TOYS } from '../support/toy-processes.ts';

const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };
const HOUR = 3_600_000;

/** Questions that are asked again when what they are of changes. */
describe('Watched questions', () => {
  let server: TestServer;
  let generation = 0;
  let now = Date.now();
  const watchers: Watcher[] = [];
  before(async () => {
    server = await startServer(({ analysis }) => ({ analysis: { ...analysis, processes: [...TOYS, corridor] } }));
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17));
  });
  after(() => server.close());
  afterEach(async () => {
    await Promise.all(watchers.splice(0).map((watcher) => watcher.close()));
    await inSql('DELETE FROM azalai.watch');
    await inSql('DELETE FROM azalai.watch_brief');
  });

  const inSql = <Row>(text: string, ...values: unknown[]) => server.database.run<Row>({ text, values });

  async function republish(...records: readonly LayerRecord[]): Promise<void> {
    generation += 1;
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, records, { generation, seedHash: null }));
    await served(server, 'events', generation);
  }

  /** By itself it would not look within the time of a test. */
  function watching({ jobs, ...options }: { settleMs?: number; lookMs?: number; jobs?: AnalysisJobs } = {}): Watcher {
    const { database, ...given } = server;
    const { analysis } = given.context;
    const context = { ...given.context, analysis: { ...analysis, jobs: jobs ?? analysis.jobs } };
    const watcher = openWatching({
      context,
      slow: { compare: database.lanes.jobs.run, transaction: database.transaction },
      briefs: context.briefs,
      now: () => now,
      onError: (error) => {
        throw error;
      },
      ...{ settleMs: 60_000, lookMs: HOUR, ...options },
    });
    watchers.push(watcher);
    return watcher;
  }

  const send = (path: string, method = 'GET', body?: object, headers: Record<string, string> = TOKEN) =>
    fetch(`${server.url}${path}`, {
      method,
      headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
  async function watch(body: object): Promise<Watch> {
    const response = await send('/watches', 'POST', { title: 'Events', process: 'tally', ...body });
    expect(response.status, await response.clone().text()).to.equal(201);
    return json<Watch>(response);
  }
  const tally = (inputs: object = {}, more: object = {}) => watch({ inputs: { events: 'events', ...inputs }, ...more });
  const digest = async () => (await json<{ entries: DigestEntry[] }>(send('/watches/digest'))).entries;
  const kinds = async () => (await digest()).map(({ kind }) => kind);
  /** By their numbers. */
  const itemsOf = (entry: DigestEntry | undefined) =>
    Object.fromEntries(
      Object.entries(contentOf(entry).records[0]?.items ?? {}).map(([kind, items]) => [
        kind,
        items.map(([item]) => item),
      ]),
    );
  const contentOf = (entry: DigestEntry | undefined) => entry?.content as NonNullable<DigestEntry['content']>;

  it('take the token to be saved, listed, read, changed, deleted and told of', async () => {
    const { id } = await tally();
    const asked: readonly (readonly [string, string, object?])[] = [
      ...([
        ['/watches', 'GET'],
        ['/watches', 'POST', {}],
        ['/watches/digest', 'GET'],
        ['/watches/feed', 'GET'],
      ] as const),
      ...([
        ['/watches/feed', 'POST'],
        [`/watches/${id}`, 'GET'],
        [`/watches/${id}`, 'PATCH', {}],
      ] as const),
      [`/watches/${id}`, 'DELETE'],
    ];
    for (const [path, method, body] of asked) {
      expect((await send(path, method, body, {})).status, `${method} ${path}`).to.equal(401);
    }
    const read = await send(`/watches/${id}`);
    expect(read.headers.get('cache-control')).to.contain('private');
    expect(await json<Watch>(read)).to.include({ id, title: 'Events', handling: 'public', brief: 'none', text: null });
    const changed = await json<Watch>(send(`/watches/${id}`, 'PATCH', { title: 'Otherwise', brief: 'weekly' }));
    expect(changed).to.include({ title: 'Otherwise', brief: 'weekly' });
    expect((await send(`/watches/${id}`, 'DELETE')).status).to.equal(204);
    expect((await send(`/watches/${id}`)).status).to.equal(404);
    expect((await send(`/watches/${id}`, 'DELETE')).status).to.equal(404);
    expect((await send('/watches/no-id')).status).to.equal(404);
  });

  it('are refused at once when they cannot be asked, or would never change', async () => {
    const refused = async (body: object) => {
      const response = await send('/watches', 'POST', { title: 'T', process: 'tally', inputs: {}, ...body });
      const { status, errors = [] } = await json<{ status: number; errors?: { pointer: string }[] }>(response);
      return [status, ...errors.map(({ pointer }) => pointer)];
    };
    expect(await refused({ process: 'nowhere' })).to.deep.equal([404]);
    expect(await refused({ title: ' ' })).to.deep.equal([400, '/title']);
    expect(await refused({ inputs: { known_at: '2026-01-01' } })).to.deep.equal([400, '/inputs/known_at']);
    expect(await refused({ inputs: { within_km: -1 } })).to.deep.equal([400, '/inputs/within_km']);
    expect(await refused({ inputs: { within_km: 500 } })).to.deep.equal([400]);
    expect(await refused({ address: 'javascript:alert(1)' })).to.deep.equal([400, '/address']);
    expect((await json<{ watches: unknown[] }>(send('/watches'))).watches).to.deep.equal([]);
  });

  it('are a hundred at most', async () => {
    await inSql(`INSERT INTO azalai.watch (id, title, process, inputs, address, language, handling, brief)
      SELECT gen_random_uuid(), 'T', 'tally', '{}', '', 'en', 'public', 'none' FROM generate_series(1, 99)`);
    await tally();
    const response = await send('/watches', 'POST', { title: 'T', process: 'tally', inputs: {} });
    expect([response.status, (await json<{ detail: string }>(response)).detail]).to.deep.equal([
      507,
      '100 questions are watched already: delete one that is no longer needed.',
    ]);
  });

  it('tell once what is new, gone and changed by number, and the figures before and after, in both languages', async () => {
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17), eventRecord(3, 2, 18));
    // Of a receipt, which names the versions that it was asked of: those are left out.
    const { id } = await tally({ generations: { events: 1 } });
    const watcher = watching();
    expect(await watcher.round()).to.equal(1);
    const [begun] = await digest();
    expect([begun?.kind, begun?.title, contentOf(begun).summary.en]).to.deep.equal([
      ...['begun', 'Events'],
      'Watched from now on. There are 3.',
    ]);
    expect(await watcher.round(), 'nothing was published').to.equal(0);

    const before = generation;
    await republish(
      eventRecord(1, 0, 16),
      eventRecord(2, 1, 17, { killed: 9 }),
      eventRecord(4, 3, 18),
      eventRecord(5, 4, 18),
    );
    expect(await watcher.round()).to.equal(1);
    const [entry] = await digest();
    const { summary, figures, records, before: older, after: newer, moreFigures } = contentOf(entry);
    expect(entry?.kind).to.equal('changed');
    expect(records).to.deep.equal([
      {
        ...{ collection: 'events', title: { en: 'Events', fr: 'Événements' }, from: before, to: generation },
        counts: { added: 2, removed: 1, changed: 1 },
        items: {
          added: [
            [4, 3, 18],
            [5, 4, 18],
          ],
          removed: [[3, 2, 18]],
          changed: [[2, 1, 17]],
        },
      },
    ]);
    const label = { en: 'Events', fr: 'Événements' };
    expect(figures).to.deep.equal([{ place: 'events', label, unit: '1', before: 3, after: 4 }]);
    expect([moreFigures, older, newer]).to.deep.equal([
      0,
      { en: 'There are 3.', fr: 'Il y en a 3.' },
      { en: 'There are 4.', fr: 'Il y en a 4.' },
    ]);
    expect(summary).to.deep.equal({
      en: 'Events: 2 new, 1 gone, 1 changed. Events: 3 → 4.',
      fr: 'Événements\u00a0: 2 fiches nouvelles, 1 fiche retirée, 1 fiche modifiée. Événements\u00a0: 3 → 4.',
    });
    const read = await json<Watch>(send(`/watches/${id}`));
    expect([read.asked, read.text?.en, read.failing]).to.deep.equal([{ events: generation }, 'There are 4.', null]);
    // Nobody comes back for the job by which it was asked.
    expect(await inSql('SELECT FROM azalai.job')).to.have.length(0);
  });

  it('say nothing of what is published elsewhere, later or otherwise than they ask', async () => {
    const inBox = await tally({ place: { bbox: [-1, 15, 1.5, 18] } }, { title: 'box' });
    const early = await tally({ datetime: '2022-01-01/2022-06-30' }, { title: 'early' });
    const deadly = await tally({ filter: 'killed > 5' }, { title: 'deadly' });
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17));
    const watcher = watching();
    expect(await watcher.round()).to.equal(3);
    const later = { valid_from: '2023-05-01', valid_to: '2023-05-02' };
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17), eventRecord(7, 20, 17, { ...later, killed: 1 }));
    expect(await watcher.round()).to.equal(3);
    expect(await kinds(), 'none of them is about it').to.deep.equal(['begun', 'begun', 'begun']);
    // It moves out of the box, and is deadly by now.
    await republish(eventRecord(1, 30, 16, { killed: 8 }), eventRecord(2, 1, 17), eventRecord(7, 20, 17, later));
    expect(await watcher.round()).to.equal(3);
    const told = (await digest()).filter(({ kind }) => kind === 'changed');
    const entryOf = (watch: Watch) => told.find((entry) => entry.watch === watch.id);
    expect(itemsOf(entryOf(inBox))).to.deep.equal({ added: [], removed: [1], changed: [] });
    expect(itemsOf(entryOf(early))).to.deep.equal({ added: [], removed: [], changed: [1] });
    expect(itemsOf(entryOf(deadly))).to.deep.equal({ added: [1], removed: [], changed: [] });
  });

  it('of a corridor are about what lies within its distance', async () => {
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 16.1));
    const line = {
      geometry: {
        type: 'LineString',
        coordinates: [
          [-1, 16],
          [2, 16],
        ],
      },
    };
    await watch({
      process: 'corridor',
      inputs: { line, within_km: 25, events: 'events', control: [], borders: [], rivers: [], layers: [] },
    });
    const watcher = watching();
    await watcher.round();
    expect(await kinds()).to.deep.equal(['begun']);
    // 0.2 degrees of latitude are 22 km, 0.3 are 33 km.
    const both = [eventRecord(1, 0, 16), eventRecord(2, 1, 16.1)];
    await republish(...both, eventRecord(3, 0.5, 16.3), eventRecord(4, 0.5, 16.2), eventRecord(5, 0.5, 15.8));
    await watcher.round();
    const [entry] = await digest();
    const { records, figures, summary } = contentOf(entry);
    expect([records.map(({ collection }) => collection), itemsOf(entry).added]).to.deep.equal([['events'], [4, 5]]);
    const counted = figures.find(({ place }) => place === 'events.count');
    expect([counted?.before, counted?.after, counted?.label.fr]).to.deep.equal([2, 4, 'Événements, nombre']);
    const rate = figures.find(({ place }) => place === 'events.rate');
    expect(rate?.intervals?.before[0]).to.be.lessThan(rate?.before ?? 0);
    expect(rate?.intervals?.after[1]).to.be.greaterThan(rate?.after ?? 0);
    expect(summary.en).to.match(/^Events: 2 new\. /);
  });

  it('are asked once of publications that follow one another, and of those that nobody heard of', async () => {
    await tally();
    await watching().round();
    // Now nobody watches.
    await Promise.all(watchers.splice(0).map((watcher) => watcher.close()));
    await republish(eventRecord(1, 0, 16));
    const first = watching({ lookMs: 20, settleMs: 300 });
    await until('it is caught up', async () => (await kinds()).length === 2);
    first.wake();
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17));
    first.wake();
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17), eventRecord(3, 1, 17));
    first.wake();
    await until('it is asked', async () => (await kinds()).length === 3);
    expect(contentOf((await digest())[0]).records[0]?.counts).to.deep.equal({ added: 2, removed: 0, changed: 0 });
  });

  it('are asked by one of several processes', async () => {
    await tally();
    const [one, other] = [watching(), watching()];
    const counts = await Promise.all([one.round(), other.round()]);
    expect(counts.toSorted()).to.deep.equal([0, 1]);
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17), eventRecord(6, 1, 17));
    await Promise.all([one.round(), other.round()]);
    expect(await kinds()).to.deep.equal(['changed', 'begun']);
  });

  it('say once that they fail, and are asked less and less often', async () => {
    const { id } = await watch({ process: 'slow', inputs: { fails: true, steps: 0 } });
    const watcher = watching();
    const fail = async () => {
      await watcher.round();
      const { failing } = await json<Watch>(send(`/watches/${id}`));
      const minutes = Math.round((Date.parse(failing?.againAt ?? '') - Date.now()) / 60_000);
      await inSql("UPDATE azalai.watch SET again_at = now() - interval '1 second'");
      return [failing?.times, minutes];
    };
    expect([await fail(), await fail(), await fail()]).to.deep.equal([
      [1, 5],
      [2, 10],
      [3, 20],
    ]);
    const entries = await digest();
    expect(entries.map(({ kind }) => kind)).to.deep.equal(['failed']);
    expect(JSON.stringify(entries)).not.to.contain('secret of the inside');
    // What is too large is said to be.
    await inSql('UPDATE azalai.watch SET process = $1, inputs = $2, failures = 0', 'tally', '{"within_km": 500}');
    await watcher.round();
    const [entry] = await digest();
    expect([contentOf(entry).problem?.status, contentOf(entry).summary.en]).to.deep.equal([
      400,
      contentOf(entry).summary.en.match(/^It is too large to be asked again: .*less and less often\.$/)?.[0],
    ]);
    await inSql("UPDATE azalai.watch SET inputs = '{}', again_at = now()");
    await watcher.round();
    expect((await kinds())[0], 'there was no answer before').to.equal('begun');
    expect((await json<Watch>(send(`/watches/${id}`))).failing).to.equal(null);
  });

  it('are asked again in a minute, without a word, while as many wait as may', async () => {
    const { id } = await tally();
    const submit = async () => {
      throw new JobsFull('Too many wait.');
    };
    expect(await watching({ jobs: { ...server.context.analysis.jobs, submit } }).round()).to.equal(1);
    expect(await kinds()).to.deep.equal([]);
    expect((await json<Watch>(send(`/watches/${id}`))).failing).to.equal(null);
    expect(await watching().round(), 'it waits').to.equal(0);
    const [row] = await inSql<{ seconds: number }>(
      'SELECT extract(epoch FROM again_at - now())::float8 AS seconds FROM azalai.watch WHERE id = $1',
      id,
    );
    expect(row?.seconds).to.be.within(30, 60);
  });

  it('take out of the digest what is withheld later, and what was compared with it', async () => {
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17));
    await tally({}, { title: 'for all' });
    await tally({}, { title: 'inside', handling: 'internal' });
    const watcher = watching();
    await watcher.round();
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17), eventRecord(3, 2, 18));
    await watcher.round();
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17), eventRecord(3, 2, 18, { handling: 'internal' }));
    const all = await digest();
    const contents = (title: string) =>
      all.filter((entry) => entry.title === title).map(({ content }) => content !== null);
    expect([contents('for all'), contents('inside')]).to.deep.equal([
      [false, false],
      [true, true],
    ]);
    await watcher.round();
    const of = async (title: string) => (await digest()).find((entry) => entry.title === title);
    const [open, inside] = [await of('for all'), await of('inside')];
    expect([open?.kind, contentOf(open).records, contentOf(open).before]).to.deep.equal(['withheld', [], null]);
    expect(contentOf(open).after?.en).to.equal('There are 2.');
    expect(itemsOf(inside)).to.deep.equal({ added: [], removed: [], changed: [3] });
    // What is withheld is not told as gone either.
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17));
    await watcher.round();
    expect((await of('for all'))?.kind).to.equal('withheld');
    expect(itemsOf(await of('inside')).removed).to.deep.equal([3]);
  });

  describe('as a feed', () => {
    const address = async (method = 'GET') => (await json<{ href: string }>(send('/watches/feed', method))).href;
    const read = async (href: string): Promise<Element> => {
      const response = await fetch(href);
      expect(response.status).to.equal(200);
      expect(response.headers.get('content-type')).to.match(/^application\/atom\+xml/);
      expect(response.headers.get('cache-control')).to.contain('private');
      return parseXml(await response.text());
    };
    const titles = (feed: Element) =>
      feed.children
        .filter(({ name }) => name === 'entry')
        .map(({ children }) => children.find(({ name }) => name === 'title')?.text);

    it('is Atom, with the public ones only, in the language that is asked for', async () => {
      await tally({}, { title: 'Attacks & "others" <here>' });
      await tally({}, { title: 'inside', handling: 'internal' });
      const watcher = watching();
      expect(atomFaults(await read(await address())), 'without entries').to.deep.equal([]);
      await watcher.round();
      await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17), eventRecord(8, 2, 18));
      await watcher.round();
      const feed = await read(await address());
      expect(atomFaults(feed)).to.deep.equal([]);
      expect(titles(feed)).to.deep.equal(['Attacks & "others" <here>', 'Attacks & "others" <here>']);
      const french = await read(`${await address()}&lang=fr`);
      expect(atomFaults(french)).to.deep.equal([]);
      const [entry] = french.children.filter(({ name }) => name === 'entry');
      const content = entry?.children.find(({ name }) => name === 'content')?.text;
      expect(content).to.contain('Événements\u00a0: 1 fiche nouvelle').and.to.contain('Fiches nouvelles\u00a0: 8');
      const again = await fetch(await address());
      const headers = { 'If-None-Match': again.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' };
      const same = await fetch(again.url, { headers });
      expect(same.status).to.equal(304);
    });

    it('opens by its key alone, until that is renewed', async () => {
      const first = await address();
      expect(await address()).to.equal(first);
      for (const path of ['/watches/feed.atom', '/watches/feed.atom?key=', `${first.slice(server.url.length)}x`]) {
        const response = await send(path, 'GET', undefined, {});
        expect([response.status, (await json<{ detail: string }>(response)).detail], path).to.deep.equal([
          404,
          'There is no feed at this address: its key is wrong, or was renewed. GET /watches/feed says, with the token, what it is.',
        ]);
      }
      const renewed = await address('POST');
      expect(renewed).not.to.equal(first);
      expect((await fetch(first)).status).to.equal(404);
      await read(renewed);
    });
  });

  it('become a brief, and its next version, when one is due', async () => {
    // Monday at noon, and the question was saved the day before.
    now = Date.UTC(2026, 10, 23, 12);
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17));
    await tally(
      {},
      { title: 'Une question', language: 'fr', brief: 'weekly', address: '#map=5/17/1&watch=all&layers=events' },
    );
    await tally({}, { title: 'not in it', language: 'fr' });
    await tally({}, { title: 'of another', language: 'fr', handling: 'internal', brief: 'weekly' });
    const watcher = watching();
    const listed = async () => (await json<{ briefs: Brief[] }>(send('/briefs'))).briefs;
    await watcher.round();
    await inSql("UPDATE azalai.watch_brief SET made_at = '2026-11-23T07:00:00Z'");
    await inSql("UPDATE azalai.watch_entry SET at = '2026-11-23T07:00:00Z'");
    await watcher.round();
    expect(await listed(), 'none is due').to.deep.equal([]);
    await republish(eventRecord(1, 0, 16), eventRecord(2, 1, 17), eventRecord(9, 1, 17));
    await watcher.round();
    await inSql("UPDATE azalai.watch_entry SET at = '2026-11-25T10:00:00Z' WHERE kind = 'changed'");
    now = Date.UTC(2026, 10, 30, 5, 59);
    await watcher.round();
    expect(await listed(), 'a minute before').to.deep.equal([]);
    now = Date.UTC(2026, 10, 30, 6, 0, 1);
    await watcher.round();
    const briefs = await listed();
    expect(briefs.map(({ handling, views }) => [handling, views]).toSorted()).to.deep.equal([
      ['internal', 1],
      ['public', 1],
    ]);
    const { id } = briefs.find(({ handling }) => handling === 'public') as Brief;
    const brief = await json<Brief>(fetch(`${server.url}/briefs/${id}`));
    expect(brief).to.include({ title: 'Questions suivies, semaine après semaine', language: 'fr', version: 1 });
    const [page] = brief.views;
    expect(page).to.include({ title: 'Une question' });
    expect(page?.view).to.include({ address: '#map=5/17/1&layers=events' });
    expect(page?.view.layers).to.deep.equal({ events: generation });
    const [since, told, answer] = page?.note.split('\n\n') ?? [];
    expect(since).to.equal('Depuis le 23 novembre 2026\u00a0:');
    expect(told).to.equal('25 novembre 2026\u00a0: Événements\u00a0: 1 fiche nouvelle. Événements\u00a0: 2 → 3.');
    expect(answer).to.match(/^À la date du .*\s: Il y en a 3\.$/);
    await watcher.round();
    expect(
      (await listed()).map(({ version }) => version),
      'made once',
    ).to.deep.equal([1, 1]);

    now = Date.UTC(2026, 11, 7, 6, 0, 1);
    await watcher.round();
    const next = await json<Brief>(fetch(`${server.url}/briefs/${id}`));
    expect([next.version, next.views[0]?.note.split('\n\n')[0]]).to.deep.equal([
      2,
      'Rien n’a changé depuis le 30 novembre 2026.',
    ]);
    // Somebody deletes it: the next one is another.
    await send(`/briefs/${id}`, 'DELETE');
    now = Date.UTC(2026, 11, 14, 6, 0, 1);
    await watcher.round();
    const left = (await listed()).filter(({ handling }) => handling === 'public');
    expect(left).to.have.length(1);
    expect(left[0]?.id).not.to.equal(id);
  });
});
