import { expect } from 'chai';
import type { Feature } from 'geojson';
import { after, before, describe, it } from 'mocha';
import type { PublishedLayer } from '../../server/core/catalogue.ts';
import type { LayerRecord } from '../../server/core/record.ts';
import { keepResult } from '../../server/jobs/analysis/keep-result.ts';
import { publish } from '../../server/jobs/publish.ts';
import { removeLayer } from '../../server/jobs/remove.ts';
import { json } from '../support/json.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { until } from '../support/process.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { TOYS } from '../support/toy-processes.ts';

const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };
const HANDLINGS = ['public', 'internal', 'restricted'] as const;

interface Kept {
  readonly collection: string;
}

/** What was found of records that are withheld afterwards. */
describe('Results of records that are withheld later', () => {
  let server: TestServer;
  let generation = 0;
  before(async () => {
    server = await startServer(({ analysis }) => ({ analysis: { ...analysis, processes: TOYS } }));
  });
  after(() => server.close());

  async function republish(...handlings: readonly (PublishedLayer['handling'] | null)[]): Promise<void> {
    generation += 1;
    const records = handlings.map(
      (handling, index) => handling && eventRecord(index + 1, index + 1.25, 16, { handling }),
    );
    const given = records.filter((record): record is LayerRecord => record !== null);
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, given, { generation, seedHash: null }));
    await served(server, 'events', generation);
  }
  const post = (inputs: object, headers: Record<string, string>) =>
    fetch(`${server.url}/processes/tally/execution`, {
      ...{ method: 'POST', headers: { 'Content-Type': 'application/json', ...headers } },
      body: JSON.stringify({ inputs }),
    });
  /** Each question is another, so that its layer is. */
  let shown = 50;
  async function keep(events: string, keep_handling: string): Promise<string> {
    shown += 1;
    const { kept } = await json<{ kept: Kept[] }>(
      post({ events, shown, keep: true, keep_days: 365, keep_handling }, TOKEN),
    );
    return (kept[0] as Kept).collection;
  }
  async function found(headers: Record<string, string>): Promise<string> {
    const response = await post({ events: 'events' }, { ...headers, Prefer: 'respond-async' });
    const address = response.headers.get('location') as string;
    await until(
      'it is done',
      async () => (await json<{ status: string }>(fetch(address, { headers }))).status === 'successful',
    );
    return address;
  }
  /** Of each collection, the status of its items with the token and without. */
  const statuses = (collections: readonly string[]) =>
    Promise.all(
      collections.map(async (id) => {
        const of = async (headers: Record<string, string>) =>
          (await fetch(`${server.url}/collections/${id}/items`, { headers })).status;
        return [await of({}), await of(TOKEN)];
      }),
    );
  const gone = (id: string) => until('it is gone', async () => (await statuses([id]))[0]?.[0] === 404);
  const GONE = [404, 404];
  const THERE = [200, 200];

  it('are taken back from those who no longer see the records, in the version that withholds them', async () => {
    await republish('public', 'public', 'restricted');
    const kept = [];
    for (const handling of HANDLINGS) kept.push(await keep('events', handling));
    const [open] = kept as [string];
    const ofKept = await keep(open, 'public');
    const other = await keep('attacks', 'public');
    const anybodys = await found({});
    const mine = await found(TOKEN);
    expect(await (await fetch(`${anybodys}/results`)).text()).to.contain('1.25');
    const { tiles } = await json<{ tiles: string[] }>(fetch(`${server.url}/tiles/${open}.json`));
    const tile = (tiles[0] as string).replace('{z}/{x}/{y}', '0/0/0');
    expect((await (await fetch(tile)).arrayBuffer()).byteLength).to.be.above(0);

    await republish('restricted', 'public', 'restricted');
    await gone(open);
    expect(await statuses([...kept, ofKept])).to.deep.equal([GONE, GONE, THERE, GONE]);
    expect(await statuses([other])).to.deep.equal([THERE]);
    expect((await fetch(tile)).status).to.equal(404);
    const answer = await fetch(`${anybodys}/results`);
    expect(answer.status).to.equal(410);
    expect(await answer.text())
      .to.contain('withheld')
      .and.not.to.contain('1.25');
    const info = await json<{ status: string; message: string }>(fetch(`${anybodys}?lang=fr`));
    expect(info.status).to.equal('dismissed');
    expect(info.message).to.match(/^Retiré/);
    expect((await fetch(`${mine}/results`, { headers: TOKEN })).status).to.equal(200);
    const rows = await server.database.run<{ tables: number; results: number }>({
      text: `SELECT (SELECT count(*) FROM pg_tables WHERE schemaname = 'layer' AND tablename LIKE $1) AS tables,
        (SELECT count(*) FROM azalai.job WHERE access = 'public' AND result IS NOT NULL) AS results`,
      values: [`${open}%`],
    });
    expect(rows[0]).to.deep.equal({ tables: 0, results: 0 });
  });

  it('stay with those who see the records still', async () => {
    await republish('public', 'internal', 'public');
    const [internal, restricted] = [await keep('events', 'internal'), await keep('events', 'restricted')];
    const open = await keep('events', 'public');
    await republish('internal', 'internal', 'public');
    await gone(open);
    expect(await statuses([internal, restricted])).to.deep.equal([THERE, THERE]);
    await republish('internal', 'restricted', 'public');
    await gone(internal);
    expect(await statuses([internal, restricted])).to.deep.equal([GONE, THERE]);
  });

  it('stay where nothing is withheld that was shown before', async () => {
    await republish('public', 'public', 'restricted');
    const open = await keep('events', 'public');
    const job = await found({});
    // A record that was never there, one that is so already, one that is gone, one that is shown again.
    await republish('public', 'public', 'restricted', 'restricted');
    await republish('public', null, 'public', 'restricted');
    expect(await statuses([open])).to.deep.equal([THERE]);
    expect((await fetch(`${job}/results`)).status).to.equal(200);
  });

  it('are taken back when the record was shown by an earlier version than the last', async () => {
    await republish('public', 'public');
    const open = await keep('events', 'public');
    await republish(null, 'public');
    expect(await statuses([open])).to.deep.equal([THERE]);
    await republish('restricted', 'public');
    await gone(open);
  });

  it('are not given, and not kept, when they were being made meanwhile', async () => {
    await republish('public', 'public');
    const asked = server.context.catalogue().get('events');
    const address = await found({});
    const id = address.slice(address.lastIndexOf('/') + 1);
    const [row] = await server.database.run<{ result: Buffer; asked: object }>({
      text: 'SELECT result, asked FROM azalai.job WHERE id = $1',
      values: [id],
    });
    expect(row?.asked).to.deep.equal({ events: generation });
    await republish('restricted', 'public');
    // As a process ends it that has not heard of the new version.
    await server.database.run({
      text: "UPDATE azalai.job SET state = 'successful', result = $2 WHERE id = $1",
      values: [id, row?.result],
    });
    expect((await fetch(`${address}/results`)).status).to.equal(410);
    const feature = {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [1.25, 16] },
      properties: {},
    } as Feature;
    const result = {
      ...{ process: 'tally', title: { en: 'T', fr: 'T' }, hash: 'e'.repeat(64), asked: [asked] },
      parts: [{ id: 'p', title: { en: 'P', fr: 'P' }, geometry: 'point' as const, fields: [], features: [feature] }],
    };
    const outcome = (handling: PublishedLayer['handling']) =>
      keepResult(server.database.transaction, result, { handling, days: 1 }).then(
        (kept) => kept.length,
        (error: Error) => error.name,
      );
    expect(await outcome('public')).to.equal('WithheldMeanwhile');
    expect(await outcome('internal')).to.equal('WithheldMeanwhile');
    expect(await outcome('restricted')).to.equal(1);
  });

  it('are taken back from everybody when the layer is removed, and not what is made of it when it is back', async () => {
    await republish('public', 'public');
    const kept = [];
    for (const handling of HANDLINGS) kept.push(await keep('events', handling));
    const ofKept = await keep(kept[0] as string, 'restricted');
    const other = await keep('attacks', 'public');
    const [anybodys, mine] = [await found({}), await found(TOKEN)];
    expect(await removeLayer(server.database.transaction, 'events')).to.equal(true);
    await gone(kept[0] as string);
    expect(await statuses([...kept, ofKept, other])).to.deep.equal([GONE, GONE, GONE, GONE, THERE]);
    for (const [job, headers] of [
      [anybodys, {}],
      [mine, TOKEN],
    ] as const) {
      const answer = await fetch(`${job}/results`, { headers });
      expect(answer.status).to.equal(410);
      expect(await answer.text()).to.contain('removed');
    }
    await republish('public', 'public');
    const again = await keep('events', 'restricted');
    const later = await found(TOKEN);
    expect(await statuses([again])).to.deep.equal([THERE]);
    expect((await fetch(`${later}/results`, { headers: TOKEN })).status).to.equal(200);
  });
});
