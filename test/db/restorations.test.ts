import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { openRestorer } from '../../server/jobs/restorations.ts';
import {
  beginRestoration,
  noteRestoration,
  type RestorationRow,
  restorationQuery,
} from '../../server/query/restorations.ts';
import type { Run } from '../../server/query/sql.ts';
import { lockLayer } from '../../server/query/versions.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';

const [FIRST, SECOND] = [1_000_000, 1_000_001];

describe('a version that is brought back in the background', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    const layer = LayerSchema.parse(EVENTS);
    for (const [generation, count] of [
      [FIRST, 3],
      [SECOND, 2],
    ] as const) {
      const records = Array.from({ length: count }, (_, n) => eventRecord(n + 1, -4 + n, 14));
      await database.transaction((run) => publish(run, layer, records, { generation, seedHash: null }));
    }
  });
  after(() => database.close());

  const look = async (id: string) =>
    (await database.run<RestorationRow>(restorationQuery('events', id)))[0] as RestorationRow;
  const over = async (id: string) => {
    while ((await look(id)).state === 'restoring') await pause(10);
    return look(id);
  };
  const served = async () => {
    const text = `SELECT generation FROM azalai.layer WHERE id = 'events'`;
    return (await database.run<{ generation: number }>({ text, values: [] }))[0]?.generation;
  };

  it('says how far it is, and what it has become', async () => {
    const told: unknown[] = [];
    // What is written on the way, in the order in which it is.
    const run: Run = (query, signal) => {
      if (query.text.includes('coalesce')) told.push(query.values[0]);
      return database.run(query, signal);
    };
    const restorer = openRestorer({ ...database, run }, { onError: (error) => expect.fail(String(error)) });
    const id = await restorer.restore('events', FIRST);
    const row = await over(id);
    expect(row).to.deep.include({ layer: 'events', wanted: FIRST, state: 'restored', count: 3, error: null });
    expect(row.generation).to.equal(await served());
    expect(JSON.parse(String(told[0]))).to.have.all.keys('step', 'done', 'total');
    await restorer.close();
  });

  it('says why it could not be brought back, and leaves the layer as it was', async () => {
    const before = await served();
    const errors: unknown[] = [];
    const restorer = openRestorer(database, { onError: (error) => errors.push(error) });
    const missing = await over(await restorer.restore('events', 7));
    expect(missing).to.include({ state: 'failed', generation: null });
    expect(missing.error).to.deep.include({ code: 'version-not-found' });
    expect(missing.error?.detail).to.include('no version 7');
    expect(errors).to.have.length(1);
    expect(await served()).to.equal(before);
    await restorer.close();
  });

  it('is left off when the server stops, and says so', async () => {
    const before = await served();
    const restorer = openRestorer(database, { onError: () => undefined });
    const id = await database.transaction(async (hold) => {
      // It waits for somebody who publishes to the layer, and is ended meanwhile.
      await hold(lockLayer('events'));
      const begun = await restorer.restore('events', FIRST);
      expect((await look(begun)).state).to.equal('restoring');
      await restorer.close();
      return begun;
    });
    const row = await look(id);
    expect([row.state, row.error?.code]).to.deep.equal(['failed', 'restore-interrupted']);
    expect(await served()).to.equal(before);
  });

  it('has failed when nothing was heard of it for a minute, until something is', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    await database.run(beginRestoration(id, 'events', FIRST));
    const age = (seconds: number) =>
      database.run({
        text: `UPDATE azalai.restoration SET updated_at = now() - $1 * interval '1 second' WHERE id = $2`,
        values: [seconds, id],
      });
    await age(50);
    expect((await look(id)).state).to.equal('restoring');
    await age(70);
    expect([(await look(id)).state, (await look(id)).error?.code]).to.deep.equal(['failed', 'restore-interrupted']);
    await database.run(noteRestoration(id, null));
    expect((await look(id)).state).to.equal('restoring');
  });

  it('is forgotten after a month', async () => {
    const [old, next] = ['00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000003'];
    await database.run(beginRestoration(old, 'events', FIRST));
    const text = `UPDATE azalai.restoration SET created_at = now() - interval '31 days' WHERE id = $1`;
    await database.run({ text, values: [old] });
    await database.run(beginRestoration(next, 'events', FIRST));
    expect(await look(old)).to.equal(undefined);
    expect(await look(next)).to.include({ state: 'restoring' });
  });
});
