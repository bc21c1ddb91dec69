import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { seeded } from '../../scripts/bench/random.ts';
import { FULL_BAND } from '../../server/core/band.ts';
import type { PublishedLayer } from '../../server/core/catalogue.ts';
import { type Layer, LayerSchema } from '../../server/core/layer.ts';
import type { LayerRecord } from '../../server/core/record.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { publish } from '../../server/jobs/publish.ts';
import { PUBLIC_ACCESS } from '../../server/query/filter.ts';
import { postgisTiles } from '../../server/tiles/postgis.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { decodeTile } from '../support/vector-tile.ts';

type Ring = [number, number][];

const shaped = (geometry: 'polygon' | 'line'): Layer =>
  LayerSchema.parse({
    ...EVENTS,
    id: `${geometry}s`,
    geometry,
    style: geometry === 'polygon' ? { type: 'fill', color: '#112233' } : { type: 'line', color: '#112233' },
  });

const square = (lon: number, lat: number, size: number): Ring => [
  [lon, lat],
  [lon + size, lat],
  [lon + size, lat + size],
  [lon, lat + size],
  [lon, lat],
];

/** A border from south to north that wanders, shared by the neighbour on each side. */
const border: Ring = Array.from({ length: 801 }, (_, k) => [
  -4 + 0.02 * Math.sin(k / 3) + 0.01 * Math.sin(k * 1.7),
  14 + k / 800,
]);

function polygon(id: number, rings: Ring[]): LayerRecord {
  return { ...eventRecord(id, 0, 0), geometry: { type: 'Polygon', coordinates: rings } };
}

function line(id: number, coordinates: Ring): LayerRecord {
  return { ...eventRecord(id, 0, 0), geometry: { type: 'LineString', coordinates } };
}

function tileAt(z: number, lon: number, lat: number) {
  const sine = Math.sin((lat * Math.PI) / 180);
  const [x, y] = [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  return { z, x: Math.floor(x * 2 ** z), y: Math.floor(y * 2 ** z) };
}

describe('lines and polygons in tiles', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  async function publishLayer(layer: Layer, features: LayerRecord[]): Promise<PublishedLayer> {
    await database.transaction((run) => publish(run, layer, features, { generation: 1, seedHash: null }));
    return (await readCatalogue(database.run)).get(layer.id);
  }

  async function features(layer: PublishedLayer, z: number, [lon, lat]: [number, number]) {
    const { bytes, encoding } = await postgisTiles(database.runTile).tile([layer], tileAt(z, lon, lat), [
      { access: PUBLIC_ACCESS },
    ]);
    return decodeTile(encoding === 'gzip' ? gunzipSync(bytes) : bytes)[layer.id] ?? [];
  }

  it('never lose a polygon at any zoom: below a pixel it is a point that says so', async () => {
    const needle: Ring = [
      [1, 16.0001],
      [1.4, 16.2],
      [1.4, 16.2001],
      [1, 16.0001],
    ];
    const layer = await publishLayer(shaped('polygon'), [
      polygon(1, [square(-4.00003, 14.00001, 0.0001)]),
      polygon(2, [square(0.01, 16.01, 0.05)]),
      polygon(3, [needle]),
      polygon(4, [[...border, [-5, 15], [-5, 14], border[0] as [number, number]]]),
      polygon(5, [[...border.toReversed(), [-3, 14], [-3, 15], border.at(-1) as [number, number]]]),
    ]);
    for (let z = 0; z <= 12; z++) {
      const tiny = (await features(layer, z, [-4.00003, 14.00001])).find(({ id }) => id === 1);
      expect(tiny, `the square of 11 m at zoom ${z}`).to.include({ type: 'Point' });
      expect(tiny?.properties.small).to.equal(true);
      const small = (await features(layer, z, [0.03, 16.03])).find(({ id }) => id === 2);
      const pixels = (0.05 / 360) * 512 * 2 ** z;
      expect(small, `the square of 5 km at zoom ${z}`).to.include({ type: pixels < 1 ? 'Point' : 'Polygon' });
      // A needle thinner than the grid is drawn where a part of it is, or is a point in the middle of it.
      const places = [
        [1.05, 16.03],
        [1.2, 16.1],
        [1.39, 16.195],
      ] as [number, number][];
      const needles = await Promise.all(
        places.map(async (place) => (await features(layer, z, place)).some(({ id }) => id === 3)),
      );
      expect(needles.some(Boolean), `the needle at zoom ${z}`).to.equal(true);
    }
  }).timeout(60_000);

  it('can be published when GEOS cannot join their pieces', async () => {
    // What is left of this star on coarse grids touches itself in so many points that ST_UnaryUnion gives up.
    const random = seeded(20261122);
    const stars = Array.from({ length: 67 }, (_, index): Ring => {
      const [west, south] = [-12 + (16 * (index % 27)) / 27, 10 + (14 * Math.floor(index / 27)) / 27];
      const far = Array.from({ length: 400 }, () => (6 / 27) * (0.6 + 0.4 * random()));
      random();
      random();
      const ring = far.map((reach, vertex): [number, number] => {
        const angle = (2 * Math.PI * vertex) / 400;
        return [west + 6 / 27 + reach * Math.cos(angle), south + 6 / 27 + reach * Math.sin(angle)];
      });
      return [...ring, ring[0] as [number, number]];
    });
    const layer = await publishLayer({ ...shaped('polygon'), id: 'stars' }, [polygon(1, [stars[66] as Ring])]);
    for (let z = 2; z <= 12; z += 2) {
      expect(await features(layer, z, [-4.667, 11.26]), `zoom ${z}`).to.have.length(1);
    }
  });

  it('open no gap between neighbours, and make nothing invalid, in any band', async () => {
    const bands = await database.run<{
      band: number;
      parts: number;
      holes: number;
      overlap: number;
      valid: boolean;
      vertices: number;
    }>({
      text: `SELECT band, ST_NumGeometries(ST_Multi(ST_Union(geom_3857)))::integer AS parts,
          (SELECT coalesce(sum(ST_NumInteriorRings(part.geom)), 0)::integer FROM ST_Dump(ST_Union(geom_3857)) AS part) AS holes,
          ST_Area(ST_Intersection(min(geom_3857::text) FILTER (WHERE fid = 4)::geometry, min(geom_3857::text) FILTER (WHERE fid = 5)::geometry)) AS overlap,
          bool_and(ST_IsValid(geom_3857)) AS valid, sum(ST_NPoints(geom_3857))::integer AS vertices
        FROM layer.polygons_1_band WHERE fid IN (4, 5) GROUP BY band ORDER BY band`,
      values: [],
    });
    expect(bands.map(({ band }) => band)).to.deep.equal([0, 1, 2, 3, 4, FULL_BAND]);
    for (const { band, parts, holes, overlap, valid } of bands) {
      expect({ band, parts, holes, overlap, valid }).to.deep.equal({
        band,
        parts: 1,
        holes: 0,
        overlap: 0,
        valid: true,
      });
    }
    const vertices = bands.map((band) => band.vertices);
    expect(vertices, 'coarser bands have fewer vertices').to.deep.equal(vertices.toSorted((a, b) => a - b));
    expect(vertices[0]).to.be.below((vertices.at(-1) ?? 0) / 20);
  });

  it('keep the direction of a line, and show one too short as a point', async () => {
    const west: Ring = Array.from({ length: 5000 }, (_, k) => [-5 + k / 5000, 15 + 0.1 * Math.sin(k / 40)]);
    const layer = await publishLayer(shaped('line'), [
      line(1, west),
      line(2, [
        [2, 16.2],
        [2.0001, 16.2001],
      ]),
    ]);
    for (let z = 3; z <= 12; z++) {
      for (const { id, geometry } of await features(layer, z, [-4.5, 15])) {
        if (id !== 1) continue;
        for (const part of geometry) expect(part.at(-1)?.x, `eastwards at zoom ${z}`).to.be.above(part[0]?.x ?? 0);
      }
      expect((await features(layer, z, [2, 16.2])).find(({ id }) => id === 2)?.type).to.equal('Point');
    }
  }).timeout(60_000);
});
