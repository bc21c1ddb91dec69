import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { DigestEntry } from '../../server/core/watch.ts';
import { publish } from '../../server/jobs/publish.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { json } from '../support/json.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { serversOn, until } from '../support/process.ts';

const ADMIN_TOKEN = 'a-token-for-the-watched';
const TOKEN = { Authorization: `Bearer ${ADMIN_TOKEN}`, 'Content-Type': 'application/json' };

/** The server as it is started, with several processes. */
describe('Watched questions of a running server', function suite() {
  this.timeout(90_000);
  let database: TestDatabase;
  const servers = serversOn(() => database);
  before(async () => {
    database = await seededDatabase();
    await release(1, 1);
  });
  after(async () => {
    await servers.end('SIGKILL');
    await database.close();
  });

  const release = (generation: number, count: number) =>
    database.transaction((run) => {
      const records = Array.from({ length: count }, (_, index) => eventRecord(index + 1, index, 16));
      return publish(run, EVENTS_LAYER, records, { generation, seedHash: null });
    });

  it('are asked by one of its processes when it hears of a publication, and when it starts again of what it missed', async () => {
    let { url } = await servers.start({ WORKERS: '2', ADMIN_TOKEN });
    const inputs = { layers: ['events'], hexagons: 3 };
    const body = JSON.stringify({ title: 'Watched', process: 'summary', inputs });
    // Whichever process takes it.
    const response = await fetch(`${url}/watches`, { method: 'POST', headers: TOKEN, body });
    expect(response.status, await response.clone().text()).to.equal(201);
    const entries = async () =>
      (await json<{ entries: DigestEntry[] }>(fetch(`${url}/watches/digest`, { headers: TOKEN }))).entries;
    const untilTold = (count: number) =>
      until(`there are ${count} entries`, async () => (await entries()).length === count);
    await untilTold(1);
    await release(2, 2);
    await untilTold(2);

    await servers.end('SIGTERM');
    await release(3, 3);
    ({ url } = await servers.start({ WORKERS: '2', ADMIN_TOKEN }));
    await untilTold(3);
    const told = (await entries()).map(({ kind, content }) => [
      kind,
      content?.records[0]?.items.added.map(([item]) => item),
    ]);
    expect(told).to.deep.equal([
      ['changed', [3]],
      ['changed', [2]],
      ['begun', undefined],
    ]);
  });
});
