import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { publish } from '../../server/jobs/publish.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { ogr, summary } from '../support/ogr.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { TOYS } from '../support/toy-processes.ts';

describe('GDAL opens a result that is kept', function () {
  this.timeout(120_000);
  let server: TestServer;
  let folder: string;
  let collection: string;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-gdal-kept-'));
    server = await startServer(({ analysis }) => ({ analysis: { ...analysis, processes: TOYS } }));
    const records = Array.from({ length: 30 }, (_, index) => eventRecord(index + 1, index / 10, 16 + index / 10));
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, records, { generation: 1, seedHash: null }));
    await served(server, 'events', 1);
    const response = await fetch(`${server.url}/processes/tally/execution`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TEST_TOKEN}` },
      body: JSON.stringify({ inputs: { events: 'events', shown: 30, keep: true, keep_handling: 'public' } }),
    });
    const { kept } = (await response.json()) as { kept: { collection: string }[] };
    collection = String(kept[0]?.collection);
  });
  after(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const FIELDS = { collection: 'String', item: 'Integer', weight: 'Real', record_id: 'String' };

  it('by OGC API Features, with its fields', async () => {
    const { count, geometry, fields, text } = await summary([`OAPIF:${server.url}/collections/${collection}`]);
    expect([count, geometry]).to.deep.equal([30, 'Point']);
    expect(fields, text).to.include(FIELDS);
    const sql = `SELECT max(weight) AS most FROM ${collection}`;
    expect(await ogr('ogrinfo', ['-ro', '-sql', sql, `OAPIF:${server.url}/collections/${collection}`])).to.contain(
      '= 7.5',
    );
  });

  it('as a GeoPackage', async () => {
    const file = path.join(folder, 'kept.gpkg');
    const response = await fetch(`${server.url}/collections/${collection}/export?f=gpkg`);
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    const { count, geometry, fields, text } = await summary([file]);
    expect([count, geometry]).to.deep.equal([30, 'Point']);
    expect(fields, text).to.include({ ...FIELDS, item: 'Integer64' });
  });

  it('as vector tiles', async () => {
    const file = path.join(folder, 'kept.mvt');
    writeFileSync(file, Buffer.from(await (await fetch(`${server.url}/tiles/${collection}/0/0/0.mvt`)).arrayBuffer()));
    const text = await ogr('ogrinfo', ['-ro', '-so', '-al', file, collection]);
    expect(text).to.match(/Feature Count: 30/);
  });
});
