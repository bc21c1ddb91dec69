import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { LayerSchema } from '../../server/core/layer.ts';
import { type LayerRecord, parseRecords } from '../../server/core/record.ts';
import { publish } from '../../server/jobs/publish.ts';
import { json } from '../support/json.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { served } from '../support/served.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('fields that hold an instant', () => {
  let server: TestServer;
  const seen = { name: 'seen', type: 'datetime', title: { en: 'Seen', fr: 'Vu' }, tile: true };
  const layer = LayerSchema.parse({ ...EVENTS, fields: [...EVENTS.fields, seen] });
  const features = [
    eventRecord(1, -4, 14, { seen: '2022-05-01T06:30:00+02:00' }),
    eventRecord(2, -3, 14, { seen: '2022-05-01T06:30:00.250Z' }),
    eventRecord(3, -2, 14, { seen: null }),
  ];

  before(async () => {
    server = await startServer();
    const records: LayerRecord[] = parseRecords(layer, { type: 'FeatureCollection', features });
    await server.database.transaction((run) => publish(run, layer, records, { generation: 7, seedHash: null }));
    await served(server, 'events', 7);
  });
  after(() => server.close());

  const items = (filter?: string) =>
    fetch(`${server.url}/collections/events/items${filter ? `?filter=${encodeURIComponent(filter)}` : ''}`);
  const matches = async (filter: string) => {
    const response = await items(filter);
    expect(response.status, filter).to.equal(200);
    return (await json<{ features: { id: number }[] }>(response)).features.map(({ id }) => id);
  };

  it('are given in UTC', async () => {
    const page = await json<{ features: { properties: { seen: string | null } }[] }>(await items());
    expect(page.features.map(({ properties }) => properties.seen)).to.deep.equal([
      '2022-05-01T04:30:00.000Z',
      '2022-05-01T06:30:00.250Z',
      null,
    ]);
  });

  it('are compared with instants', async () => {
    expect(await matches("seen > TIMESTAMP('2022-05-01T05:00:00Z')")).to.deep.equal([2]);
    expect(await matches("seen = '2022-05-01T04:30:00Z'")).to.deep.equal([1]);
    expect(await matches('seen IS NULL')).to.deep.equal([3]);
    expect(
      await matches("seen BETWEEN TIMESTAMP('2022-05-01T00:00:00Z') AND TIMESTAMP('2022-05-02T00:00:00Z')"),
    ).to.deep.equal([1, 2]);
    const wrong = await items("seen > DATE('2022-05-01')");
    expect(wrong.status).to.equal(400);
    expect((await json<{ detail: string }>(wrong)).detail)
      .to.include('"seen" is a timestamp')
      .and.include('TIMESTAMP(');
  });

  it('are texts in tiles, and described so', async () => {
    const tile = await fetch(`${server.url}/tiles/events/5/15/14.mvt`);
    const text = Buffer.from(await tile.arrayBuffer()).toString('latin1');
    expect(text).to.include('2022-05-01T04:30:00.000Z');
    const { vector_layers: layers } = await json<{ vector_layers: { id: string; fields: Record<string, string> }[] }>(
      await fetch(`${server.url}/tiles/events.json`),
    );
    expect(layers[0]?.fields.seen).to.equal('String');
  });

  it('are refused when they are none', () => {
    const wrong = [eventRecord(1, -4, 14, { seen: '2022-05-01' })];
    expect(() => parseRecords(layer, { type: 'FeatureCollection', features: wrong })).to.throw('an instant is written');
  });
});
