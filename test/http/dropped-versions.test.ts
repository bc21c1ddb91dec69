import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Catalogue } from '../../server/core/catalogue.ts';
import { LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { json } from '../support/json.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { served } from '../support/served.ts';
import { startServer, type TestServer } from '../support/server.ts';

const LAYER = LayerSchema.parse(EVENTS);
const ADDRESSES = [
  '/collections/events/items',
  '/collections/events/items/1',
  '/hexes/events',
  '/tiles/events/2/1/1.mvt',
];

/** A process that has not yet heard what another one has published, and what it dropped with that. */
describe('a version that is dropped while it is asked for', () => {
  let server: TestServer;
  /** What the process believes until it asks anew. */
  let old: Catalogue | undefined;
  before(async () => {
    server = await startServer(({ catalogue, refresh }) => ({
      catalogue: () => old ?? catalogue(),
      refresh: () => {
        old = undefined;
        return refresh();
      },
    }));
    await put(200, [eventRecord(1, -4, 14, { killed: 1, recorded_at: '2026-01-02' })]);
    await put(201, [eventRecord(1, -4, 14, { killed: 2, recorded_at: '2026-01-02' })]);
    await put(202, [eventRecord(1, -4, 14, { killed: 3, recorded_at: '2026-01-02' })]);
  });
  after(() => server.close());

  async function put(generation: number, records: ReturnType<typeof eventRecord>[], versionsKept = 10) {
    const { transaction } = server.database;
    await transaction(async (inside) => {
      await publish(inside, LAYER, records, { generation, seedHash: null, versionsKept });
      const values = [`2026-01-${generation - 190}T00:00:00Z`, generation];
      await inside({
        text: "UPDATE azalai.version SET published_at = $1 WHERE layer = 'events' AND generation = $2",
        values,
      });
    });
    await served(server, 'events', generation);
  }

  it('is answered from the next where it was in service, and is gone where it was asked for by day', async () => {
    const stale = server.context.catalogue();
    const then = 'known_at=2026-01-11';
    for (const address of ADDRESSES) expect((await fetch(`${server.url}${address}?${then}`)).status).to.equal(200);
    // Two publications at once: of the version in service before them nothing is left but its records, of 200 and 201 nothing.
    await put(203, [eventRecord(1, -4, 14, { killed: 4, recorded_at: '2026-01-02' })], 1);
    await put(204, [eventRecord(1, -4, 14, { killed: 5, recorded_at: '2026-01-02' })], 1);
    for (const address of ADDRESSES) {
      old = stale;
      const now = await fetch(server.url + address);
      expect(now.status, `${address}: ${await now.clone().text()}`).to.equal(200);
      expect(old, 'the answer is of the next version').to.equal(undefined);
      old = stale;
      const response = await fetch(`${server.url}${address}?${then}`);
      const { status, code } = await json<{ status: number; code: string }>(response);
      expect([response.status, status, code], address).to.deep.equal([410, 410, 'VersionNotKept']);
    }
    old = stale;
    const series = await fetch(`${server.url}/hexes/events/series?res=4`);
    expect([series.status, old], 'a series, which knows no known_at').to.deep.equal([200, undefined]);
    old = stale;
    const item = await json<{ properties: { killed: number } }>(fetch(`${server.url}/collections/events/items/1`));
    expect(item.properties.killed).to.equal(5);
  });

  it('is a fault of the server where no next one comes', async () => {
    const { run } = server.database;
    const { table } = server.context.catalogue().get('events');
    await run({ text: `ALTER TABLE layer.${table} RENAME TO hidden`, values: [] });
    try {
      expect((await fetch(`${server.url}/collections/events/items/1`)).status).to.equal(500);
    } finally {
      await run({ text: `ALTER TABLE layer.hidden RENAME TO ${table}`, values: [] });
    }
  });
});
