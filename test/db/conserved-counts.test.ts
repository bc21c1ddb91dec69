import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { PublishedLayer } from '../../server/core/catalogue.ts';
import { checkFilter } from '../../server/core/cql2/check.ts';
import { parseFilter } from '../../server/core/cql2/parse-text.ts';
import { parseDatetime } from '../../server/core/interval.ts';
import { type Layer, LayerSchema } from '../../server/core/layer.ts';
import type { LayerRecord } from '../../server/core/record.ts';
import type { TileCoord } from '../../server/core/tile.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { publish } from '../../server/jobs/publish.ts';
import { type Filter, PUBLIC_ACCESS } from '../../server/query/filter.ts';
import { countQuery } from '../../server/query/items.ts';
import { candidateTiles } from '../../server/query/prepare/tiles.ts';
import { postgisTiles } from '../../server/tiles/postgis.ts';
import type { EncodedTile } from '../../server/tiles/source.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { type DecodedFeature, decodeTile } from '../support/vector-tile.ts';

/** Few features fill a tile, so that every kind of tile occurs. */
const BUDGET = { records: 40, bytes: 1e6 };

const plain = ({ bytes, encoding }: EncodedTile) => decodeTile(encoding === 'gzip' ? gunzipSync(bytes) : bytes);

/** Clusters and loners, days, months, years and open ends. */
const records = (count: number, days: number): fc.Arbitrary<LayerRecord[]> =>
  fc
    .array(
      fc.record({
        cluster: fc.constantFrom([-4, 14.5], [-4, 14.5], [0, 16.3], [0, 16.3], [1.4, 18.4], null),
        dx: fc.double({ min: -1, max: 1, noNaN: true }),
        dy: fc.double({ min: -1, max: 1, noNaN: true }),
        kind: fc.constantFrom('a', 'b', null),
        killed: fc.option(fc.nat(9), { nil: null }),
        span: fc.constantFrom('day', 'month', 'year', 'open', 'always'),
        day: fc.integer({ min: 0, max: days }),
        handling: fc.constantFrom('public', 'public', 'public', 'restricted'),
      }),
      { minLength: count, maxLength: count },
    )
    .map((drawn) =>
      drawn.map(({ cluster, dx, dy, kind, killed, span, day, handling }, index) => {
        const [lon, lat] = cluster
          ? [(cluster[0] ?? 0) + dx * 0.2, (cluster[1] ?? 0) + dy * 0.2]
          : [-4 + 7 * dx, 16 + 5 * dy];
        const from = new Date(Date.UTC(2014, 0, 1 + day));
        const [y, m, d] = [from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate()];
        const iso = (...parts: [number, number, number]) => new Date(Date.UTC(...parts)).toISOString().slice(0, 10);
        const valid = {
          day: [iso(y, m, d), iso(y, m, d + 1)],
          month: [iso(y, m, 1), iso(y, m + 1, 1)],
          year: [iso(y, 0, 1), iso(y + 1, 0, 1)],
          open: [iso(y, m, d), null],
          always: [null, null],
        }[span] as [string | null, string | null];
        return eventRecord(index + 1, lon, lat, { kind, killed, handling, valid_from: valid[0], valid_to: valid[1] });
      }),
    );

const WINDOWS = [
  undefined,
  '2015-01-01/2016-12-31',
  '2017-03-01/..',
  '../2015-06-30',
  '2016-02-10/2016-11-05',
  '2018-05-01',
];
const FILTERS = [
  undefined,
  "kind = 'a'",
  "kind IN ('a','b') OR kind IS NULL",
  'killed > 3',
  "kind = 'b' AND tags = 'x'",
];

describe('counts are conserved', () => {
  let database: TestDatabase;
  let generation = 0;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  async function publishLayer(layer: Layer, features: readonly LayerRecord[]): Promise<PublishedLayer> {
    generation += 1;
    await database.transaction((run) => publish(run, layer, features, { generation, seedHash: null, budget: BUDGET }));
    return (await readCatalogue(database.run)).get(layer.id);
  }

  function toFilter(layer: PublishedLayer, window: string | undefined, text: string | undefined): Filter {
    return {
      access: PUBLIC_ACCESS,
      datetime: window === undefined ? undefined : parseDatetime(window),
      expression: text === undefined ? undefined : checkFilter(parseFilter(text), layer),
    };
  }

  async function eachTile(layer: PublishedLayer, z: number, visit: (coord: TileCoord) => Promise<void>): Promise<void> {
    const family = layer.geometry === 'point' && z < layer.prepared.pointZoom ? 'hexes' : 'items';
    for (const { x, y } of await database.run<{ x: number; y: number }>(candidateTiles(layer, family, z))) {
      await visit({ z, x, y });
    }
  }

  it('over the tiles of every zoom, for random layers, windows and filters (property)', async () => {
    const layer = LayerSchema.parse(EVENTS);
    const tiles = postgisTiles(database.runTile);
    await fc.assert(
      fc.asyncProperty(
        records(250, 3000),
        fc.array(fc.tuple(fc.constantFrom(...WINDOWS), fc.constantFrom(...FILTERS), fc.integer({ min: 0, max: 7 })), {
          minLength: 4,
          maxLength: 4,
        }),
        async (features, questions) => {
          const published = await publishLayer(layer, features);
          expect(published.prepared.pointZoom, 'hexagons occur').to.be.above(0);
          for (const [window, text, z] of questions) {
            const filter = toFilter(published, window, text);
            const [expected] = await database.run<{ count: number }>(countQuery(published, filter));
            const hexagons = new Map<unknown, number>();
            const points = new Set<unknown>();
            let matched = 0;
            await eachTile(published, z, async (coord) => {
              const tile = plain(await tiles.tile([published], coord, [filter]));
              for (const { id, properties } of tile.events_hex ?? []) hexagons.set(id, Number(properties.count));
              for (const { id } of tile.events ?? []) points.add(id);
              const [content] = tile.events_tile ?? [];
              const shown = tile.events_hex ?? tile.events ?? [];
              if (content) {
                expect(content.properties.generation).to.equal(generation);
                expect(content.properties.shown_as).to.equal(z < published.prepared.pointZoom ? 'hexagons' : 'records');
                const counts = shown.map((feature: DecodedFeature) => Number(feature.properties.count ?? 1));
                expect(content.properties.matched).to.equal(counts.reduce((sum, count) => sum + count, 0));
                matched += Number(content.properties.matched);
              } else {
                expect(shown).to.have.lengthOf(0);
              }
            });
            const total = [...hexagons.values()].reduce((sum, count) => sum + count, 0) + points.size;
            expect(total, `${window} ${text} z${z}`).to.equal(expected?.count);
            expect(matched).to.be.at.least(total);
          }
        },
      ),
      { numRuns: 10, endOnFailure: true },
    );
  }).timeout(120_000);

  it('whichever way a tile is made: stored, cut from what is stored, from the roll-up, from the records', async () => {
    const [features] = fc.sample(records(1500, 700), { numRuns: 1, seed: 7 });
    const published = await publishLayer(LayerSchema.parse(EVENTS), features as LayerRecord[]);
    let asked = '';
    const tiles = postgisTiles((query, signal) => {
      asked = query.text;
      return database.runTile(query, signal);
    });
    const nothingPrepared = {
      ...published,
      prepared: { ...published.prepared, storedItems: null, storedHexes: null, rollupResolution: null },
    };
    const nothingStored = { ...published, prepared: { ...published.prepared, storedItems: null, storedHexes: null } };
    let compared = 0;
    for (const z of [0, 3, 5, 7]) {
      await eachTile(published, z, async (coord) => {
        const everything: Filter = { access: PUBLIC_ACCESS };
        const stored = plain(await tiles.tile([published], coord, [everything]));
        expect(plain(await tiles.tile([nothingStored], coord, [everything]))).to.deep.equal(stored);
        expect(plain(await tiles.tile([nothingPrepared], coord, [everything]))).to.deep.equal(stored);
        const some = toFilter(published, '2015-01-01/2016-12-31', "kind = 'a'");
        const cut = plain(await tiles.tile([published], coord, [some]));
        expect(asked, 'nothing is made').not.to.include('ST_AsMVT');
        expect(plain(await tiles.tile([nothingStored], coord, [some]))).to.deep.equal(cut);
        expect(plain(await tiles.tile([nothingPrepared], coord, [some]))).to.deep.equal(cut);
        compared += 1;
      });
    }
    expect(compared).to.be.above(15);
    expect(published.prepared.rollupResolution, 'the roll-up was used').to.be.above(0);
  }).timeout(60_000);
});
