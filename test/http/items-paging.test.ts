import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { publish } from '../../server/jobs/publish.ts';
import { type FeaturePage, fetchPage, followPages, idsOf, linkOf } from '../support/features.ts';
import { json } from '../support/json.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { served } from '../support/served.ts';
import { startServer, type TestServer } from '../support/server.ts';

const COUNT = 20_000;

/** `step` tells versions apart: each holds other records, and other values in those that stay. */
const records = (count: number, step: number, hidden?: number) =>
  Array.from({ length: count }, (_, index) => index + 1 + step * 1_500).map((id) =>
    eventRecord(id, -8 + (id % 997) / 100, 12 + (id % 499) / 100, {
      kind: id % 3 === 0 ? 'b' : 'a',
      killed: (id * 7 + step) % 11 === 0 ? null : (id * 7 + step) % 11,
      note: id % 5 === 0 ? null : `"${id % 17}" \\ \n😀`,
      tags: id % 4 === 0 ? ['x', 'y "z"'] : [],
      ...(id === hidden ? { handling: 'restricted' } : {}),
    }),
  );

describe('paging through items', function () {
  // It publishes versions while it reads.
  this.timeout(240_000);
  let server: TestServer;
  let items: string;
  const publishVersion = async (
    generation: number,
    count: number,
    step: number,
    versionsKept = 20,
    hidden?: number,
  ) => {
    await server.database.transaction((run) =>
      publish(run, EVENTS_LAYER, records(count, step, hidden), { generation, seedHash: null, versionsKept }),
    );
    await served(server, 'events', generation);
  };

  before(async () => {
    server = await startServer();
    items = `${server.url}/collections/events/items`;
    await publishVersion(1, COUNT, 0);
  });
  after(() => server.close());

  it('sees each record of the version it began with exactly once, while others are published', async () => {
    const pages = await followPages(`${items}?limit=1700`, 'next', async (_page, index) => {
      if (index === 2) await publishVersion(2, 300, 1);
      if (index === 6) await publishVersion(3, 200, 2);
    });
    expect(idsOf(pages)).to.deep.equal(Array.from({ length: COUNT }, (_, index) => index + 1));
    expect(pages.every(({ numberMatched }) => numberMatched === COUNT)).to.equal(true);
    // Who begins now reads the version of now.
    expect((await fetchPage(items)).numberMatched).to.equal(200);
  });

  it('goes back by the links named prev over the same pages', async () => {
    const forth = await followPages(`${items}?limit=30&sortby=-killed`);
    const back = await followPages(linkOf(forth.at(-1) as FeaturePage, 'self')?.href ?? '', 'prev');
    expect(forth).to.have.lengthOf(7);
    expect(idsOf(back.toReversed())).to.deep.equal(idsOf(forth));
    expect(back.map((page) => linkOf(page, 'next') !== undefined)).to.deep.equal([
      false,
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  it('pages by sorted fields, what is empty last, as one query would', async () => {
    const table = await server.database.tableOf('events');
    for (const [sortby, order] of [
      ['killed', 'killed NULLS LAST'],
      ['-killed,kind', 'killed DESC NULLS LAST, kind COLLATE "C"'],
      ['note,-record_id', 'note COLLATE "C" NULLS LAST, record_id COLLATE "C" DESC NULLS LAST'],
      ['%2Bvalid_from,-note', 'lower(valid) NULLS LAST, note COLLATE "C" DESC NULLS LAST'],
      ['recorded_at,precision_m,-killed', 'recorded_at, precision_m, killed DESC NULLS LAST'],
    ]) {
      const rows = await server.database.run<{ fid: number }>({
        text: `SELECT fid FROM ${table} ORDER BY ${order}, fid`,
        values: [],
      });
      const pages = await followPages(`${items}?limit=7&sortby=${sortby}`);
      expect(idsOf(pages), sortby).to.deep.equal(rows.map(({ fid }) => fid));
    }
  });

  it('writes values as JSON.stringify would', async () => {
    const page = await fetchPage(`${items}?limit=200`);
    const { links: _, ...item } = await json<{ links: unknown; id: number }>(fetch(`${items}/${page.features[3]?.id}`));
    expect(item).to.deep.equal(page.features[3]);
    const byId = new Map(records(200, 2).map((record) => [record.id, record]));
    for (const { id, properties } of page.features) expect(properties).to.include(pick(byId.get(id)?.properties ?? {}));
  });

  const pick = ({ note, killed, kind }: Readonly<Record<string, unknown>>) => ({ note, killed, kind });

  it('does not show what was restricted meanwhile', async () => {
    const first = await fetchPage(`${items}?limit=10`);
    const next = linkOf(first, 'next')?.href ?? '';
    const restricted = first.features[0]?.id ?? 0;
    const hidden = restricted + 12;
    await publishVersion(4, 200, 2, 20, hidden);
    const seen = idsOf(await followPages(next));
    expect(seen).to.have.lengthOf(189);
    expect(seen).to.not.include(hidden);
  });

  it('says 410 when the version it began with is no longer kept', async () => {
    const next = linkOf(await fetchPage(`${items}?limit=10`), 'next')?.href ?? '';
    await publishVersion(5, 20, 0, 1);
    await publishVersion(6, 20, 0, 1);
    const response = await fetch(next);
    const problem = await json<{ detail: string; status: number }>(response);
    expect([response.status, problem.status]).to.deep.equal([410, 410]);
    expect(problem.detail).to.match(/version 4 of "events".*no longer kept.*Begin again without cursor/);
  });

  it('refuses a cursor of another question', async () => {
    const next = new URL(linkOf(await fetchPage(`${items}?limit=5&sortby=killed`), 'next')?.href ?? '');
    const cursor = next.searchParams.get('cursor') ?? '';
    const status = async (query: string) => (await fetch(`${items}?${query}&cursor=${cursor}`)).status;
    expect(await status('sortby=killed')).to.equal(200);
    expect(await status('sortby=killed&limit=3&properties=kind&f=csv')).to.equal(200);
    for (const other of ['limit=5', 'sortby=-killed', 'sortby=killed&kind=a', 'sortby=killed&datetime=2022-01-01/..'])
      expect(await status(other), other).to.equal(400);
    expect((await fetch(`${server.url}/collections/attacks/items?sortby=killed&cursor=${cursor}`)).status).to.equal(
      400,
    );
  });

  it('answers 400 to whatever is made of a cursor, never 500', async () => {
    const next = new URL(linkOf(await fetchPage(`${items}?limit=5&sortby=killed,note`), 'next')?.href ?? '');
    const cursor = next.searchParams.get('cursor') ?? '';
    const forged = [
      ...Array.from(
        { length: 40 },
        (_, index) => cursor.slice(0, index) + (cursor[index] === 'A' ? 'B' : 'A') + cursor.slice(index + 1),
      ),
      ...['', '.', 'x', cursor.slice(0, -1), `${cursor}x`, `${cursor}.x`, '%00', "1' OR 1=1--", '9'.repeat(5_000)],
      ...[[], {}, null, 5, [1], [6, 1], [6, 2, 3], [6, 1, -1], [1e99, 1, 1], [6, 1, 1, 'x']].map((payload) =>
        Buffer.from(JSON.stringify(payload)).toString('base64url'),
      ),
    ];
    for (const text of forged) {
      next.searchParams.set('cursor', text);
      const response = await fetch(next);
      expect([400, 410], text).to.include(response.status);
      expect(await response.text()).to.not.match(/SELECT|syntax|invalid input/);
    }
  });
});

describe('items of a layer with more fields than a function takes arguments', () => {
  it('are served whole', async () => {
    const server = await startServer();
    try {
      const names = Array.from({ length: 130 }, (_, index) => `field_${index}`);
      const title = { en: 'F', fr: 'F' };
      const wide = {
        ...EVENTS_LAYER,
        id: 'wide',
        fields: [
          ...EVENTS_LAYER.fields,
          ...names.map((name) => ({ name, type: 'string' as const, title, tile: false })),
        ],
      };
      const values = Object.fromEntries(names.map((name, index) => [name, index % 2 === 0 ? null : `v ${index}`]));
      const records = [1, 2].map((id) => eventRecord(id, id, id, { ...values, note: id === 2 ? '"\n' : null }));
      await server.database.transaction((run) => publish(run, wide, records, { generation: 1, seedHash: null }));
      await served(server, 'wide', 1);
      const { features } = await fetchPage(`${server.url}/collections/wide/items`);
      for (const { properties } of features) expect(properties).to.include(values);
      expect(features.map(({ properties }) => properties.note)).to.deep.equal([null, '"\n']);
    } finally {
      await server.close();
    }
  });
});
