import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { hexLayerName, LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { json } from '../support/json.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { decodeTile } from '../support/vector-tile.ts';

const LAYER = LayerSchema.parse(EVENTS);
const AREAS = LayerSchema.parse({
  ...EVENTS,
  ...{ id: 'areas', geometry: 'polygon', kind: undefined, measures: [], style: { type: 'fill', color: '#112233' } },
});

/** A square of two degrees. */
const area = (id: number, west: number, recorded: string) => ({
  ...eventRecord(id, west, 14, { recorded_at: recorded }),
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, 13],
        [west + 2, 13],
        [west + 2, 15],
        [west, 15],
        [west, 13],
      ],
    ],
  },
});

/** What was published when: 2 is corrected in March and 3 deleted; 4 and 5 come; in June only 6 is left. */
const POINTS = [
  [
    eventRecord(1, -4, 14, { recorded_at: '2026-01-02' }),
    eventRecord(2, -3, 14, { recorded_at: '2026-01-08', killed: 1 }),
    eventRecord(3, -2, 14, { recorded_at: '2026-01-09' }),
  ],
  [
    eventRecord(1, -4, 14, { recorded_at: '2026-01-02' }),
    eventRecord(2, -3, 14, { recorded_at: '2026-03-09', killed: 5 }),
    eventRecord(4, -3.5, 14, { recorded_at: '2026-03-09' }),
    // Recorded later than it was served, as a file may claim: it was known all the same.
    eventRecord(5, -3.4, 14, { recorded_at: '2026-05-01' }),
  ],
  [eventRecord(6, -4, 14, { recorded_at: '2026-06-10' })],
];
const SHAPES = [[area(1, -4, '2026-01-02')], [area(1, -4, '2026-01-02'), area(2, 1, '2026-03-01')], []];
const PUBLISHED = ['2026-01-10T12:00:00Z', '2026-03-10T12:00:00Z', '2026-06-10T12:00:00Z'];

describe('what was known then', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
    const { run, transaction } = server.database;
    for (const [index, published] of PUBLISHED.entries()) {
      const generation = 100 + index;
      for (const [layer, versions] of [
        [LAYER, POINTS],
        [AREAS, SHAPES],
      ] as const) {
        await transaction((inside) =>
          publish(inside, layer, versions[index] ?? [], {
            generation,
            seedHash: null,
            budget: { records: 2, bytes: 1e6 },
          }),
        );
        await run({
          text: 'UPDATE azalai.version SET published_at = $1 WHERE layer = $2 AND generation = $3',
          values: [published, layer.id, generation],
        });
      }
    }
    // The days were set behind the server's back.
    for (const id of ['events', 'areas']) {
      await run({ text: 'UPDATE azalai.layer SET generation = 103 WHERE id = $1', values: [id] });
      await served(server, id, 103);
      await run({ text: 'UPDATE azalai.layer SET generation = 102 WHERE id = $1', values: [id] });
    }
    while (server.context.catalogue().layers.some(({ generation }) => generation === 103)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  after(() => server.close());

  const fetchAt = (path: string, day: string) =>
    fetch(`${server.url}${path}${path.includes('?') ? '&' : '?'}known_at=${encodeURIComponent(day)}`);
  const items = async (day: string, collection = 'events') => {
    const { features, numberMatched } = await json<{
      numberMatched: number;
      features: { id: number; properties: { killed: number } }[];
    }>(fetchAt(`/collections/${collection}/items`, day));
    expect(numberMatched).to.equal(features.length);
    return features.map(({ id, properties }) => (id === 2 ? `2 killed ${properties.killed}` : String(id)));
  };
  const tile = async (path: string, day: string) =>
    decodeTile(new Uint8Array(await (await fetchAt(path, day)).arrayBuffer()));

  const DAYS: readonly [string, readonly string[]][] = [
    ['2026-01-10', ['1', '2 killed 1', '3']],
    ['2026-03-10T11:59:59Z', ['1', '2 killed 1', '3']],
    ['2026-03-10T12:00:00Z', ['1', '2 killed 5', '4', '5']],
    ['2026-03-10', ['1', '2 killed 5', '4', '5']],
    ['2026-05-01', ['1', '2 killed 5', '4', '5']],
    ['2026-06-10', ['6']],
    // Before the first version its records say when they were recorded.
    ['2026-01-08', ['1', '2 killed 1']],
    ['2026-01-01', []],
    ['2999-01-01', ['6']],
  ];
  for (const [day, known] of DAYS) {
    it(`on ${day}: ${known.join(', ') || 'nothing'}, by items, tiles and hexagons`, async () => {
      expect(await items(day)).to.deep.equal(known);
      const records = (await tile('/tiles/events/12/2002/1887.mvt', day)).events ?? [];
      const there = known.some((id) => ['1', '6'].includes(id)) ? 1 : 0;
      expect(records.length, 'the records of a tile').to.equal(there);
      const cells = (await tile('/hexes/events/3/3/3.mvt', day))[hexLayerName('events')] ?? [];
      expect(cells.reduce((sum, { properties }) => sum + Number(properties.count), 0)).to.equal(known.length);
      const { total } = await json<{ total: number }>(fetchAt('/hexes/events?res=2', day));
      expect(total).to.equal(known.length);
    });
  }

  it('keeps back what is withheld by now, or was when it was last there, though it was public then', async () => {
    const { transaction, run } = server.database;
    const layer = LayerSchema.parse({ ...EVENTS, id: 'withheld' });
    const then = '2027-01-01';
    const tilePath = '/tiles/withheld/6/31/29.mvt';
    const seen = async () => {
      const { total } = await json<{ total: number }>(fetchAt('/hexes/withheld?res=4', then));
      const features = (await tile(tilePath, then)).withheld ?? [];
      return { items: await items(then, 'withheld'), hexes: total, tile: features.map(({ id }) => Number(id)).sort() };
    };
    const tags: (string | null)[] = [];
    // Public, then restricted, then gone from the layer, which says nothing of it any more.
    for (const [generation, records] of [
      [10, [eventRecord(1, -4, 14), eventRecord(2, -3, 14)]],
      [11, [eventRecord(1, -4, 14), eventRecord(2, -3, 14, { handling: 'restricted' })]],
      [12, [eventRecord(1, -4, 14)]],
    ] as const) {
      await transaction((inside) => publish(inside, layer, records, { generation, seedHash: null }));
      const published = `2027-0${generation - 9}-01T00:00:00Z`;
      const values = [published, generation];
      await run({
        text: "UPDATE azalai.version SET published_at = $1 WHERE layer = 'withheld' AND generation = $2",
        values,
      });
      await run({ text: "UPDATE azalai.layer SET bbox = '{-13,10,5,26}' WHERE id = 'withheld'", values: [] });
      await served(server, 'withheld', generation);
      while (server.context.catalogue().get('withheld').bbox?.west !== -13)
        await new Promise((resolve) => setTimeout(resolve, 10));
      const one = { items: ['1'], hexes: 1, tile: [1] };
      const both = { items: ['1', '2 killed 1'], hexes: 2, tile: [1, 2] };
      expect(await seen(), `with version ${generation} in service`).to.deep.equal(generation === 10 ? both : one);
      const { headers } = await fetchAt(`${tilePath}?generation=10`, then);
      if (generation > 10) expect(headers.get('cache-control')).to.equal('no-cache');
      tags.push(headers.get('etag'));
      const diff = await json<{ records: { recordId: string }[] }>(
        fetch(`${server.url}/collections/withheld/versions/diff?from=10&to=${generation}`),
      );
      expect(diff.records).to.deep.equal([]);
    }
    expect(new Set(tags).size, 'ETags of the tile of that day').to.equal(3);
    const response = await fetch(`${server.url}/collections/withheld/items?known_at=${then}`, {
      headers: { authorization: `Bearer ${TEST_TOKEN}` },
    });
    expect((await json<{ features: unknown[] }>(response)).features).to.have.length(2);
    // Published again as public: it is not withheld any more.
    await transaction((inside) =>
      publish(inside, layer, [eventRecord(1, -4, 14), eventRecord(3, -3, 14, { record_id: 'events/2' })], {
        ...{ generation: 13, seedHash: null },
      }),
    );
    await run({
      text: "UPDATE azalai.version SET published_at = '2027-04-01' WHERE layer = 'withheld' AND generation = 13",
      values: [],
    });
    await run({ text: "UPDATE azalai.layer SET bbox = '{-13,10,5,26}' WHERE id = 'withheld'", values: [] });
    await served(server, 'withheld', 13);
    while (server.context.catalogue().get('withheld').bbox?.west !== -13) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect((await seen()).items).to.deep.equal(['1', '2 killed 1']);
  });

  it('draws the polygons of that day', async () => {
    const ids = async (day: string) =>
      ((await tile('/tiles/areas/4/7/7.mvt', day)).areas ?? []).map(({ id }) => Number(id)).sort();
    expect(await ids('2026-01-10')).to.deep.equal([1]);
    expect(await items('2026-04-01', 'areas')).to.deep.equal(['1', '2 killed 1']);
    expect(await ids('2026-06-10')).to.deep.equal([]);
  });

  it('is named in the addresses of tiles by TileJSON, and in those of TileJSON by the style', async () => {
    const day = '2026-01-10T13:00:00Z';
    const written = `known_at=${encodeURIComponent(day)}`;
    for (const [path, tiles] of [
      ['/tiles/events,areas.json', 'tiles/events,areas/{z}/{x}/{y}.mvt?generation=100.100'],
      ['/hexes/events.json', 'hexes/events/{z}/{x}/{y}.mvt?generation=100'],
    ] as const) {
      const tileJson = await json<{ tiles: string[] }>(fetchAt(path, day));
      expect(tileJson.tiles).to.deep.equal([`${server.url}/${tiles}&${written}`]);
      const ahead = await json<{ tiles: string[] }>(fetch(`${server.url}${path}`));
      expect(ahead.tiles[0]).to.not.include('known_at');
    }
    const { sources } = await json<{ sources: Record<string, { url: string }> }>(fetchAt('/style.json', day));
    for (const { url } of Object.values(sources)) expect(url).to.include(written);
    expect(Object.values(sources).some(({ url }) => url.includes('events'))).to.equal(true);
    const response = await fetchAt('/tiles/events/5/15/14.mvt?generation=100', day);
    expect(response.headers.get('cache-control')).to.equal('no-cache');
    // Of the version in service too it is not for ever: what is withheld later is withheld under this address.
    const served = await fetchAt('/tiles/events/5/15/14.mvt?generation=102', '2026-07-01');
    expect(served.headers.get('cache-control')).to.equal('public, max-age=60, must-revalidate');
  });

  it('gives the tiles of each version an ETag of their own', async () => {
    const tags = await Promise.all(
      ['2026-01-10', '2026-03-10', '2026-06-10'].map(async (day) =>
        (await fetchAt('/tiles/events/5/15/14.mvt', day)).headers.get('etag'),
      ),
    );
    expect(new Set(tags).size).to.equal(3);
  });

  it('refuses what is no moment, and says that a version is no longer kept', async () => {
    for (const wrong of ['', 'then', '2026-13-01', '2026-01-01/2026-02-01', '..']) {
      const response = await fetchAt('/collections/events/items', wrong);
      expect(response.status, wrong).to.equal(400);
      expect(await response.text()).to.include('known_at');
    }
    const { transaction } = server.database;
    await transaction((run) => publish(run, LAYER, [], { generation: 104, seedHash: null, versionsKept: 2 }));
    await served(server, 'events', 104);
    const gone = await fetchAt('/collections/events/items', '2026-01-10');
    expect(gone.status).to.equal(410);
    expect(await gone.text())
      .to.include('version 100')
      .and.to.include('2026-06-10T12:00:00.000Z');
    expect(await items('2026-06-10')).to.deep.equal(['6']);
    // The style shows as it is now what is not kept, in a source of its own.
    const { sources, layers } = await json<{
      sources: Record<string, { url: string }>;
      layers: { id: string; source: string }[];
    }>(fetchAt('/style.json', '2026-01-10'));
    expect(sources.events?.url).to.equal(`${server.url}/tiles/events.json?lang=en`);
    expect(sources.records?.url)
      .to.match(/known_at=2026-01-10$/)
      .and.not.include('events');
    const drawn = layers.filter(({ id }) => id.startsWith('events:'));
    expect(new Set(drawn.map(({ source }) => source))).to.deep.equal(new Set(['events']));
    expect((await fetchAt('/tiles/events.json', '2026-01-10')).status).to.equal(410);
  });
});
