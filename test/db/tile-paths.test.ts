import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { PublishedLayer } from '../../server/core/catalogue.ts';
import { parseDatetime } from '../../server/core/interval.ts';
import { type Layer, LayerSchema } from '../../server/core/layer.ts';
import type { LayerRecord } from '../../server/core/record.ts';
import type { TileCoord } from '../../server/core/tile.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { toMetadata } from '../../server/encode/pmtiles/metadata.ts';
import { openArchiveFile } from '../../server/jobs/export/archive-file.ts';
import { exportArchive } from '../../server/jobs/export.ts';
import { publish } from '../../server/jobs/publish.ts';
import { type Filter, PUBLIC_ACCESS } from '../../server/query/filter.ts';
import { candidateTiles } from '../../server/query/prepare/tiles.ts';
import { showsHexagons } from '../../server/query/tile.ts';
import { tileAt, toMetres } from '../../server/tiles/memory/mercator.ts';
import { prepareInMemory } from '../../server/tiles/memory/prepare.ts';
import { memoryTiles } from '../../server/tiles/memory.ts';
import { postgisTiles } from '../../server/tiles/postgis.ts';
import type { EncodedTile, TileSource } from '../../server/tiles/source.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { readFileArchive, readTile } from '../support/pmtiles.ts';
import { decodeTile, differences } from '../support/vector-tile.ts';

type Place = [number, number];

/** Few points fill a tile, so that hexagons and records both occur at zooms of few tiles. */
const BUDGET = { records: 40, bytes: 1e6 };
const EVERYTHING: Filter = { access: PUBLIC_ACCESS };
const during = (window: string): Filter => ({ access: PUBLIC_ACCESS, datetime: parseDatetime(window) });

/** Its edges run through some of the places. */
const BOX = { west: -5.625, south: 14.9, east: 0, north: 16.3 };

/** What no roll-up answers. */
const INSIDE: Filter = {
  ...during('2016-02-10/2018-11-05'),
  access: { handling: ['public', 'internal'] },
  bbox: [BOX, { west: 1, south: -1, east: 1.5, north: 30 }],
};

const plain = ({ bytes, encoding }: EncodedTile) => decodeTile(encoding === 'gzip' ? gunzipSync(bytes) : bytes);

function expectNone(found: readonly string[], name: string) {
  if (found.length > 0) expect.fail(`${name}: ${found.join('; ')}`);
}

const POINTS = LayerSchema.parse({
  ...EVENTS,
  time: 'interval',
  fields: [
    ...EVENTS.fields.map((field) => ({ ...field, tile: true })),
    { name: 'seen', type: 'date', title: { en: 'Seen', fr: 'Vu' }, tile: true },
    { name: 'share', type: 'number', title: { en: 'Share', fr: 'Part' }, tile: true },
    { name: 'told', type: 'datetime', title: { en: 'Told', fr: 'Dit' }, tile: true },
    { name: 'sure', type: 'boolean', title: { en: 'Sure', fr: 'Certain' }, tile: true },
  ],
});
const fill = { type: 'fill', color: '#112233', label: { field: 'record_id' } };
const POLYGONS = LayerSchema.parse({
  ...EVENTS,
  ...{
    id: 'polygons',
    geometry: 'polygon',
    kind: undefined,
    measures: [],
    style: { ...fill, label: { field: 'kind' } },
  },
});
const LINES = LayerSchema.parse({
  ...EVENTS,
  ...{ id: 'lines', geometry: 'line', kind: undefined, measures: [], style: { type: 'line', color: '#112233' } },
});

const near = (lon: number, lat: number, reach: number): fc.Arbitrary<Place> => {
  // Without bias: fast-check likes extremes, and all in one place is no map.
  const off = fc.noBias(fc.integer({ min: -1e6, max: 1e6 })).map((millionths) => (reach * millionths) / 1e6);
  return fc.tuple(off, off).map(([dx, dy]) => [lon + dx, lat + dy]);
};
/** In towns, alone, and where tiles meet: whole fractions of the world. */
const places = fc.oneof(
  { weight: 6, arbitrary: near(-4, 14.5, 1.2) },
  { weight: 6, arbitrary: near(0.1, 16.3, 1.2) },
  { weight: 8, arbitrary: near(-2, 16, 6) },
  { weight: 1, arbitrary: fc.constantFrom<Place>([0, 16.3], [-5.625, 16], [-2.8125, 14.9], [0, 0], [-11.25, 0]) },
);
const day = fc
  .integer({ min: 0, max: 3000 })
  .map((days) => new Date(Date.UTC(2014, 0, 1 + days)).toISOString().slice(0, 10));
const missing = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const points = fc
  .array(
    fc.record({
      place: places,
      kind: missing(fc.constantFrom('a', 'b')),
      killed: missing(fc.integer({ min: -3, max: 70_000 })),
      tags: missing(fc.array(fc.constantFrom('x', 'y', 'é'))),
      days: fc.tuple(missing(day), missing(day)),
      seen: missing(day),
      share: missing(fc.constantFrom(0.25, -1.5, 3)),
      told: missing(fc.constantFrom('2022-03-27T06:00:00Z', '2019-12-31T23:30:00.5+01:00')),
      sure: missing(fc.boolean()),
      handling: fc.constantFrom('public', 'public', 'public', 'internal'),
    }),
    { minLength: 300, maxLength: 300 },
  )
  .map((drawn) =>
    drawn.map(({ place, days: [one, other], ...properties }, index): LayerRecord => {
      const [from, to] =
        one !== null && one === other ? [one, null] : one && other && one > other ? [other, one] : [one, other];
      // Not in the order of their ids.
      return eventRecord(((index * 7) % 300) + 1, ...place, { ...properties, valid_from: from, valid_to: to });
    }),
  );

/** A star around a place; every second one with a hole and an island. */
const stars = fc
  .array(
    fc.record({
      centre: near(-2, 16, 5),
      size: fc.constantFrom(0.00005, 0.003, 0.02, 0.2, 2),
      rays: fc.array(fc.double({ min: 0.5, max: 1, noNaN: true }), { minLength: 4, maxLength: 30 }),
      holed: fc.boolean(),
    }),
    { minLength: 30, maxLength: 30 },
  )
  .map((drawn) => drawn.map((star) => ({ ...star, ring: (scale: number) => ringOf(star, scale) })));

function ringOf({ centre: [lon, lat], size, rays }: { centre: Place; size: number; rays: number[] }, scale: number) {
  const ring = rays.map((ray, k): Place => {
    const angle = (2 * Math.PI * k) / rays.length;
    return [lon + scale * size * ray * Math.cos(angle), lat + scale * size * ray * Math.sin(angle)];
  });
  return [...ring, ring[0] as Place];
}

/** A border that wanders from south to north, and the neighbours on both its sides. */
const border = Array.from({ length: 400 }, (_, k): Place => [-4 + 0.05 * Math.sin(k / 3), 14 + k / 200]);
const neighbours = [
  [...border, [-6, 16], [-6, 14], border[0]],
  [...border.toReversed(), [-2, 14], [-2, 16], border.at(-1)],
];

const shaped = (id: number, type: string, coordinates: unknown): LayerRecord => ({
  ...eventRecord(id, 0, 0, { kind: id % 3 === 0 ? null : 'a', valid_to: id % 2 === 0 ? null : '2022-05-02' }),
  geometry: { type, coordinates },
});
const polygons = stars.map((drawn) => [
  ...neighbours.map((ring, index) => shaped(index + 1, 'Polygon', [ring])),
  ...drawn.map(({ holed, ring }, index) =>
    holed
      ? shaped(index + 3, 'MultiPolygon', [[ring(1), ring(0.4).toReversed()], [ring(0.2)]])
      : shaped(index + 3, 'Polygon', [ring(1).toReversed()]),
  ),
]);
const lines = stars.map((drawn) => [
  shaped(1, 'LineString', border),
  ...drawn.map(({ holed, ring }, index) =>
    holed
      ? shaped(index + 2, 'MultiLineString', [ring(1).slice(1), ring(0.5).slice(2)])
      : shaped(index + 2, 'LineString', ring(1).slice(1)),
  ),
]);

describe('a tile is the same whichever way it is made', () => {
  let database: TestDatabase;
  let published: TileSource;
  let folder: string;
  let generation = 0;
  before(async () => {
    database = await migratedDatabase();
    published = postgisTiles(database.runTile);
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-paths-'));
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await database.close();
  });

  async function publishLayer(layer: Layer, records: readonly LayerRecord[]): Promise<PublishedLayer> {
    generation += 1;
    await database.transaction((run) => publish(run, layer, records, { generation, seedHash: null, budget: BUDGET }));
    return (await readCatalogue(database.run)).get(layer.id);
  }

  async function coordsOf(layer: PublishedLayer, z: number): Promise<TileCoord[]> {
    const family = showsHexagons(layer, z) ? 'hexes' : 'items';
    const found = await database.run<{ x: number; y: number }>(candidateTiles(layer, family, z));
    return found.map(({ x, y }) => ({ z, x, y }));
  }

  /** The layer as if less of it had been prepared, so that its tiles are made in another way. */
  const without = (layer: PublishedLayer, less: Partial<PublishedLayer['prepared']>): PublishedLayer => ({
    ...layer,
    prepared: { ...layer.prepared, storedItems: null, storedHexes: null, ...less },
  });

  it('points and hexagons: stored, rolled up, from the table, in memory (property)', async () => {
    await fc.assert(
      fc.asyncProperty(points, async (records) => {
        const layer = await publishLayer(POINTS, records);
        const { pointZoom } = layer.prepared;
        expect(prepareInMemory(POINTS, records, BUDGET).pointZoom, 'the zoom of the switch').to.equal(pointZoom);
        expect(pointZoom).to.be.within(3, 10);
        const memory = memoryTiles([{ layer, records }]);
        const fromTable = without(layer, { rollupResolution: null });
        for (const z of [2, pointZoom - 1, pointZoom]) {
          for (const coord of await coordsOf(layer, z)) {
            for (const filter of [EVERYTHING, during('2015-01-01/2016-12-31'), INSIDE]) {
              const name = `${z}/${coord.x}/${coord.y} ${JSON.stringify(filter.datetime)}`;
              const wanted = plain(await published.tile([fromTable], coord, [filter]));
              expect(plain(await published.tile([layer], coord, [filter])), name).to.deep.equal(wanted);
              expect(plain(await published.tile([without(layer, {})], coord, [filter])), name).to.deep.equal(wanted);
              const held = plain(await memory.tile([layer], coord, [filter]));
              expectNone(differences(held, wanted, showsHexagons(layer, z) ? 2 : 1.5), name);
              if (filter !== EVERYTHING) continue;
              const hexagons = plain(await published.hexTile(layer, coord, filter));
              expect(plain(await published.hexTile(fromTable, coord, filter)), name).to.deep.equal(hexagons);
              expectNone(differences(plain(await memory.hexTile(layer, coord, filter)), hexagons, 2), name);
            }
          }
        }
      }),
      { numRuns: 2, endOnFailure: true },
    );
  }).timeout(120_000);

  it('points, lines and polygons: in an archive of PMTiles', async () => {
    const drawn = [fc.sample(points, 1)[0], fc.sample(polygons, 1)[0], fc.sample(lines, 1)[0]] as LayerRecord[][];
    const layers: PublishedLayer[] = [];
    for (const [index, definition] of [POINTS, POLYGONS, LINES].entries()) {
      layers.push(await publishLayer(definition, drawn[index] as LayerRecord[]));
    }
    const held = memoryTiles(layers.map((layer, index) => ({ layer, records: drawn[index] as LayerRecord[] })));
    const filters = layers.map(() => EVERYTHING);
    const maxzoom = 5;
    const origin = { family: 'records', layers, exportedAt: '2026-11-21T06:00:00Z', datetime: undefined } as const;
    const metadata = toMetadata({ ...origin, filter: undefined, disclaimer: { en: 'None.', fr: 'Aucune.' } });
    const request = { family: 'records', layers, filters, minzoom: 0, maxzoom, metadata } as const;
    const file = path.join(folder, 'paths.pmtiles');
    const source = { run: database.run, tiles: published };
    const { tiles } = await exportArchive(source, request, () => openArchiveFile(file));
    let compared = 0;
    for (let z = 0; z <= maxzoom; z++) {
      const coords = await Promise.all(layers.map((layer) => coordsOf(layer, z)));
      for (const [name, coord] of new Map(coords.flat().map((at) => [`${at.z}/${at.x}/${at.y}`, at]))) {
        const read = await readTile(readFileArchive(file), coord);
        const wanted = plain(await published.tile(layers, coord, filters));
        expect(decodeTile(read ?? Buffer.alloc(0)), name).to.deep.equal(wanted);
        const ours = plain(await held.tile(layers, coord, filters));
        if (Object.keys(ours).length === Object.keys(wanted).length) {
          expect(Object.keys(ours), 'vector layers, in the same order').to.deep.equal(Object.keys(wanted));
        }
        if (read) compared += 1;
      }
    }
    expect(compared, 'every tile of the archive').to.equal(tiles).and.above(15);
  });

  it('points on the edges and corners of tiles, and next to them, are on the same sides', async () => {
    const nearly = [0, 1e-12, -1e-9, 1e-7, -3e-6, 1e-5];
    const edges: Place[] = [
      [0, 0],
      [-5.625, 16],
      [0, 16.3],
      [-90, 66.51326044311186],
      [11.25, -21.94304553343818],
      [180, 10],
    ];
    const records = edges.flatMap(([lon, lat], edge) =>
      nearly.map((off, index) => eventRecord(10 * edge + index + 1, Math.min(180, lon + off), lat + off)),
    );
    const layer = await publishLayer(LayerSchema.parse(EVENTS), records);
    const shown = without(layer, { pointZoom: 0 });
    const memory = memoryTiles([{ layer: shown, records }]);
    let twice = 0;
    for (const z of [1, 6, 12, 16, 22]) {
      const seen = new Map<unknown, number>();
      const asked = new Set<string>();
      for (const [lon, lat] of edges) {
        const at = tileAt(z, toMetres([lon, lat]));
        for (const [dx, dy] of [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x, y] as const))) {
          const coord = { z, x: at.x + dx, y: at.y + dy };
          const name = `${z}/${coord.x}/${coord.y}`;
          if (asked.has(name) || Math.min(coord.x, coord.y) < 0 || Math.max(coord.x, coord.y) >= 2 ** z) continue;
          asked.add(name);
          const wanted = plain(await published.tile([shown], coord, [EVERYTHING]));
          expect(
            differences(plain(await memory.tile([shown], coord, [EVERYTHING])), wanted, 1.5).join('\n'),
            name,
          ).to.equal('');
          for (const { id } of wanted.events ?? []) seen.set(id, (seen.get(id) ?? 0) + 1);
        }
      }
      expect(seen.size, 'none is lost').to.equal(records.length);
      twice += [...seen.values()].filter((tiles) => tiles > 1).length;
    }
    expect(twice, 'on an edge').to.be.above(20);
  });

  for (const [layerDefinition, arbitrary] of [
    [POLYGONS, polygons],
    [LINES, lines],
  ] as const) {
    it(`${layerDefinition.id}: stored, from the table, in memory (property)`, async () => {
      await fc.assert(
        fc.asyncProperty(arbitrary, async (records) => {
          const layer = await publishLayer(layerDefinition, records);
          const memory = memoryTiles([{ layer, records }]);
          const types = new Set<string>();
          for (const z of [0, 3, 4, 6, 8]) {
            const [drawn, labelled] = [new Set<unknown>(), new Set<unknown>()];
            for (const coord of await coordsOf(layer, z)) {
              for (const filter of [{ ...during('2022-05-02/2023-06-30'), bbox: [BOX] }, EVERYTHING]) {
                const name = `${z}/${coord.x}/${coord.y} ${JSON.stringify(filter.datetime)}`;
                const wanted = plain(await published.tile([without(layer, {})], coord, [filter]));
                // Pieces of a shape come in any order: they are joined, and generalised, from another vertex on.
                expectNone(differences(plain(await published.tile([layer], coord, [filter])), wanted, 8), name);
                const held = plain(await memory.tile([layer], coord, [filter]));
                const { polygons_label: _, [`${layer.id}_tile`]: theirContent, ...theirs } = wanted;
                const { polygons_label: labels = [], [`${layer.id}_tile`]: content, ...ours } = held;
                expectNone(differences(ours, theirs, 8, true), name);
                const matched = ours[layer.id]?.length;
                if (matched === theirs[layer.id]?.length) expect(content, name).to.deep.equal(theirContent);
                else expect(content?.[0]?.properties.matched, name).to.equal(matched);
                for (const { type, properties } of held[layer.id] ?? []) types.add(`${type} ${properties.small}`);
                for (const { id } of held[layer.id] ?? []) drawn.add(id);
                for (const { id } of labels) labelled.add(id);
              }
            }
            expect(drawn.size, 'none is lost').to.equal(records.length);
            expect(labelled.size, 'labels').to.equal(layer.geometry === 'polygon' ? records.length : 0);
          }
          expect(types.size, 'shapes and points').to.equal(2);
        }),
        { numRuns: 2, endOnFailure: true },
      );
    }).timeout(120_000);
  }
});
