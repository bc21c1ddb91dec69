import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Feature } from 'geojson';
import { after, before, describe, it } from 'mocha';
import type { PublishedLayer } from '../../server/core/catalogue.ts';
import { UNPREPARED } from '../../server/core/prepared.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { type HowToKeep, keepResult } from '../../server/jobs/analysis/keep-result.ts';
import type { Keepable } from '../../server/jobs/analysis/kept-layers.ts';
import { sweepAnalysis } from '../../server/jobs/analysis/sweep.ts';
import { publish } from '../../server/jobs/publish.ts';
import { seed } from '../../server/jobs/seed.ts';
import { FULL_ACCESS, PUBLIC_ACCESS } from '../../server/query/filter.ts';
import { keptTiles } from '../../server/tiles/kept.ts';
import { postgisTiles } from '../../server/tiles/postgis.ts';
import type { EncodedTile, TileSource } from '../../server/tiles/source.ts';
import { GEODATA, seededDatabase, type TestDatabase } from '../support/database.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { decodeTile } from '../support/vector-tile.ts';

const decoded = ({ bytes, encoding }: EncodedTile) => decodeTile(encoding === 'gzip' ? gunzipSync(bytes) : bytes);

const HASH = 'ab12cd34'.padEnd(64, '0');

const asked = (changes: Partial<PublishedLayer> = {}): PublishedLayer => ({
  ...EVENTS_LAYER,
  ...{ generation: 7, table: 'x', count: 1, bbox: null, interval: null, prepared: UNPREPARED },
  ...changes,
});

const feature = (type: string, coordinates: unknown, properties: object = {}) =>
  ({ type: 'Feature', geometry: { type, coordinates }, properties }) as Feature;

const POINTS = Array.from({ length: 40 }, (_, index) =>
  feature('Point', [-5 + (index % 8), 14 + Math.floor(index / 8)], {
    name: `point ${index}`,
    weight: index / 4,
    day: '2022-05-01',
    at: '2022-05-01T10:00:00Z',
    tags: ['a', 'b'],
    sure: index % 2 === 0,
    number: index,
  }),
);
const LINE = feature(
  'MultiLineString',
  [
    [
      [-5, 14],
      [3, 18],
    ],
    [
      [4, 18],
      [5, 19],
    ],
  ],
  { km: 12.5 },
);
const HOLED = feature(
  'Polygon',
  [
    [
      [-6, 13],
      [4, 13],
      [4, 20],
      [-6, 20],
      [-6, 13],
    ],
    [
      [-1, 15],
      [-1, 16],
      [0, 16],
      [0, 15],
      [-1, 15],
    ],
  ],
  { share: 0.5 },
);

const field = (name: string, type: Keepable['parts'][number]['fields'][number]['type'], tile = false) => ({
  ...{ name, type, title: { en: name, fr: name }, tile },
});

const result = (changes: Partial<Keepable> = {}): Keepable => ({
  process: 'toy',
  title: { en: 'Toy', fr: 'Jouet' },
  hash: HASH,
  parts: [
    {
      ...{ id: 'places', title: { en: 'Places', fr: 'Lieux' }, geometry: 'point', features: POINTS },
      fields: [
        ...[field('name', 'string', true), field('weight', 'number'), field('day', 'date'), field('at', 'datetime')],
        ...[field('tags', 'strings'), field('sure', 'boolean'), field('number', 'integer')],
      ],
    },
    {
      ...{ id: 'strip', title: { en: 'Strip', fr: 'Bande' }, geometry: 'line', features: [LINE] },
      fields: [field('km', 'number')],
    },
    {
      ...{ id: 'areas', title: { en: 'Areas', fr: 'Zones' }, geometry: 'polygon', features: [HOLED] },
      fields: [field('share', 'number', true)],
    },
    { id: 'none', title: { en: 'None', fr: 'Rien' }, geometry: 'line', fields: [], features: [] },
  ],
  asked: [asked()],
  ...changes,
});
const IDS = ['kept_ab12cd34_places', 'kept_ab12cd34_strip', 'kept_ab12cd34_areas'];

describe('Kept results', () => {
  let database: TestDatabase;
  before(async () => {
    database = await seededDatabase();
  });
  after(() => database.close());

  const keep = (changes: Partial<Keepable> = {}, how: Partial<HowToKeep> = {}) =>
    keepResult(database.transaction, result(changes), { handling: 'public', days: 7, ...how });
  const layerOf = async (id: string) => (await readCatalogue(database.run)).layers.find((layer) => layer.id === id);
  const inSql = <Row>(text: string, ...values: unknown[]) => database.run<Row>({ text, values });
  const expire = (...ids: string[]) =>
    inSql("UPDATE azalai.kept SET expires_at = now() - interval '1 second' WHERE layer = ANY($1::text[])", ids);
  const clear = async () => {
    await inSql("UPDATE azalai.kept SET expires_at = now() - interval '1 second'");
    await sweepAnalysis(database);
  };
  const tablesOf = (id: string) =>
    inSql<{ tablename: string }>(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'layer' AND tablename LIKE $1",
      `${id}%`,
    );

  it('are a layer for each part that has features', async () => {
    const kept = await keep();
    expect(kept.map(({ collection }) => collection)).to.deep.equal(IDS);
    for (const { collection, generation, expires } of kept) {
      const layer = (await layerOf(collection)) as PublishedLayer;
      expect(layer).to.include({
        generation,
        expires,
        group: 'other',
        nature: 'documented',
        time: null,
        handling: 'public',
      });
      const days = (Date.parse(expires) - Date.now()) / 86_400_000;
      expect(days).to.be.within(6.9, 7.1);
      expect(layer.provenance.en).to.contain(HASH).and.to.contain('Events (7)');
      expect(layer.prepared).to.include({ stamp: null, storedItems: null, storedHexes: null });
    }
    const places = (await layerOf('kept_ab12cd34_places')) as PublishedLayer;
    expect(places.title).to.deep.equal({ en: 'Toy: Places', fr: 'Jouet\u00a0: Lieux' });
    expect(places.count).to.equal(40);
    const rows = await inSql<Record<string, unknown>>(
      `SELECT fid, name, weight, day, at, tags, sure, number, ST_AsText(geom) AS geom, record_id, handling, confidence, valid
       FROM ${await database.tableOf(places.id)} WHERE fid = 6`,
    );
    expect(rows[0]).to.deep.include({
      ...{ fid: 6, name: 'point 5', weight: 1.25, day: '2022-05-01', tags: ['a', 'b'], sure: false, number: 5 },
      ...{ geom: 'POINT(0 14)', record_id: 'toy/ab12cd34/places/6', handling: 'public', confidence: 'documented' },
      valid: null,
    });
  });

  it('are as sure as the least sure of what was asked, and pass on what all of it may', async () => {
    await clear();
    const others = [
      asked({ id: 'b', nature: 'approximate', licence: { name: 'Own', redistribution: false } }),
      asked({ id: 'a', nature: 'documented' }),
    ];
    await keep({ asked: others });
    const layer = (await layerOf(IDS[0] as string)) as PublishedLayer;
    expect(layer.nature).to.equal('approximate');
    expect(layer.licence).to.deep.equal({ name: 'Own; CC0', redistribution: false });
    await clear();
    await keep({ asked: [...others, asked({ id: 'c', nature: 'modelled' })] });
    expect((await layerOf(IDS[0] as string))?.nature).to.equal('modelled');
    await clear();
    await keep({ asked: [] });
    expect(await layerOf(IDS[0] as string)).to.deep.include({ nature: 'approximate' });
  });

  it('are kept longer when they are kept again, and published anew only for others to see', async () => {
    await clear();
    const [first] = await keep({}, { days: 7 });
    const [shorter] = await keep({}, { days: 1 });
    expect(shorter).to.deep.equal(first);
    const [longer] = await keep({}, { days: 30 });
    expect(longer?.generation).to.equal(first?.generation);
    expect(Date.parse(longer?.expires as string) - Date.parse(first?.expires as string)).to.be.above(22 * 86_400_000);
    const [internal] = await keep({}, { handling: 'internal' });
    expect(internal?.generation).to.be.above(first?.generation as number);
    expect((await layerOf(IDS[0] as string))?.handling).to.equal('internal');
    expect((await layerOf(IDS[0] as string))?.count, 'that anybody may see').to.equal(0);
  });

  it('are told apart where their hashes begin alike, and leave the layers of others alone', async () => {
    await clear();
    await keep();
    const other = 'ab12cd34'.padEnd(64, '1');
    const kept = await keep({ hash: other });
    expect(kept[0]?.collection).to.equal('kept_ab12cd3411111111_places');
    const theirs = { ...EVENTS_LAYER, id: 'kept_99999999_places' };
    await database.transaction((run) =>
      publish(run, theirs, [eventRecord(1, 0, 0)], { generation: 1, seedHash: null }),
    );
    const [beside] = await keep({ hash: '9'.repeat(64) });
    expect(beside?.collection).to.equal('kept_9999999999999999_places');
    expect((await layerOf('kept_99999999_places'))?.title.en).to.equal('Events');
  });

  it('are gone with all their tables when their time is over, and can be kept again', async () => {
    await clear();
    await keep();
    await keep({}, { handling: 'internal' });
    expect(await tablesOf(IDS[0] as string)).not.to.have.length(0);
    await expire(IDS[0] as string, IDS[2] as string);
    expect(await sweepAnalysis(database)).to.have.members([IDS[0], IDS[2]]);
    for (const id of [IDS[0], IDS[2]] as string[]) {
      expect(await layerOf(id)).to.equal(undefined);
      expect(await tablesOf(id)).to.deep.equal([]);
      for (const [table, column] of [
        ['layer', 'id'],
        ['version', 'layer'],
        ['withheld', 'layer_id'],
        ['kept', 'layer'],
      ]) {
        expect(await inSql(`SELECT 1 FROM azalai.${table} WHERE ${column} = $1`, id), table).to.deep.equal([]);
      }
    }
    expect(await layerOf(IDS[1] as string)).not.to.equal(undefined);
    expect(await sweepAnalysis(database)).to.deep.equal([]);
    const again = await keep();
    expect(again).to.have.length(3);
    expect(await layerOf(IDS[0] as string)).not.to.equal(undefined);
  });

  it('stay when they are kept longer while they are swept', async () => {
    await clear();
    await keep();
    await expire(...IDS);
    const [swept, kept] = await Promise.all([sweepAnalysis(database), keep()]);
    // Whichever came first: what is said to be kept is there.
    expect(kept).to.have.length(3);
    for (const id of IDS) expect(await layerOf(id), `${id}, swept: ${swept}`).not.to.equal(undefined);
  });

  it('stay as they are when the server starts again', async () => {
    await clear();
    const kept = await keep();
    expect(await seed(database.transaction, GEODATA)).to.deep.equal([]);
    expect((await layerOf(IDS[0] as string))?.generation).to.equal(kept[0]?.generation);
  });

  it('are refused when they are too many', async () => {
    const features = Array.from({ length: 100_001 }, () => LINE);
    const parts = [{ id: 'strip', title: { en: 'S', fr: 'S' }, geometry: 'line' as const, fields: [], features }];
    const outcome = await keep({ parts }).then(
      () => 'kept',
      (error: Error) => `${error.name}: ${error.message}`,
    );
    expect(outcome).to.match(/^TooMuchToKeep: .*100,001.*100,000/);
  });

  describe('as tiles', () => {
    let queries: string[];
    let tiles: TileSource;
    let plain: TileSource;
    let layers: PublishedLayer[];
    before(async () => {
      await clear();
      await keep();
      queries = [];
      const counted: typeof database.runTile = (query, ...rest) => {
        queries.push(query.text);
        return database.runTile(query, ...rest);
      };
      plain = postgisTiles(database.runTile);
      tiles = keptTiles(counted, postgisTiles(counted));
      layers = await Promise.all(IDS.map(async (id) => (await layerOf(id)) as PublishedLayer));
    });
    const filter = { access: PUBLIC_ACCESS };
    const coord = { z: 5, x: 15, y: 14 };

    it('have what PostGIS would put into them', async () => {
      for (const layer of layers) {
        for (const z of [0, 3, 5]) {
          const at = { z, x: Math.floor(15 / 2 ** (5 - z)), y: Math.floor(14 / 2 ** (5 - z)) };
          const [mine, theirs] = await Promise.all(
            [tiles, plain].map(async (source) => decoded(await source.tile([layer], at, [filter]))),
          );
          expect(Object.keys(mine as object)).to.deep.equal(Object.keys(theirs as object));
          const named = (tile: typeof mine) => tile?.[layer.id]?.map(({ id, properties }) => [id, properties]);
          expect(named(mine), `${layer.id} ${z}`).to.deep.equal(named(theirs));
        }
      }
    });

    it('read the records once', async () => {
      queries.length = 0;
      const fresh = keptTiles(async (query, ...rest) => {
        queries.push(query.text);
        return database.runTile(query, ...rest);
      }, plain);
      await Promise.all(
        [coord, { z: 4, x: 7, y: 7 }].map((at) => fresh.tile([layers[0] as PublishedLayer], at, [filter])),
      );
      await fresh.hexTile(layers[0] as PublishedLayer, coord, filter);
      expect(queries).to.have.length(1);
    });

    it('are one with those of other layers', async () => {
      const attacks = (await layerOf('attacks')) as PublishedLayer;
      const both = decoded(await tiles.tile([attacks, ...layers], coord, [filter, filter, filter, filter]));
      const alone = decoded(await plain.tile([attacks], coord, [filter]));
      expect(Object.keys(both)).to.include.members([...Object.keys(alone), ...IDS]);
      expect(both.attacks).to.deep.equal(alone.attacks);
    });

    it('are for those who may see them', async () => {
      await keep({}, { handling: 'restricted' });
      const closed = (await layerOf(IDS[0] as string)) as PublishedLayer;
      const sizes = [];
      for (const access of [PUBLIC_ACCESS, { handling: ['public', 'internal'] as const }, FULL_ACCESS]) {
        sizes.push((await tiles.tile([closed], coord, [{ access }])).bytes.length);
      }
      expect(sizes.slice(0, 2)).to.deep.equal([0, 0]);
      expect(sizes[2]).to.be.above(0);
      await keep();
    });

    it('are for those who may see them when the records were read for others, some of them closed and some not', async () => {
      const mixed = (await layerOf(IDS[0] as string)) as PublishedLayer;
      const closed =
        "UPDATE layer.$ SET handling = CASE fid WHEN 1 THEN 'restricted' WHEN 2 THEN 'internal' ELSE handling END";
      await inSql(closed.replace('$', mixed.table));
      const fresh = keptTiles(database.runTile, plain);
      const world = { z: 0, x: 0, y: 0 };
      const seen = [];
      for (const access of [FULL_ACCESS, { handling: ['public', 'internal'] as const }, PUBLIC_ACCESS]) {
        const tile = decoded(await fresh.tile([mixed], world, [{ access }]));
        const hexes = decoded(await fresh.hexTile(mixed, world, { access }));
        const counted = Object.values(hexes).flatMap((features) =>
          features.map(({ properties }) => properties.matched),
        );
        seen.push([tile[mixed.id]?.length, counted.find((each) => each !== undefined)]);
      }
      expect(seen).to.deep.equal([
        [40, 40],
        [39, 39],
        [38, 38],
      ]);
      await inSql(`UPDATE layer.${mixed.table} SET handling = 'public'`);
    });

    it('take every filter', async () => {
      const [layer] = await Promise.all([layerOf(IDS[0] as string)]);
      const narrowed = async (narrowing: object) =>
        decoded(await tiles.tile([layer as PublishedLayer], coord, [{ ...filter, ...narrowing }]))[IDS[0] as string];
      expect(await narrowed({})).to.have.length.above(2);
      // Nothing of a result says how well its place is known.
      expect(await narrowed({ maxPrecisionM: 1000 })).to.equal(undefined);
      expect(await narrowed({ knownBefore: '2020-01-01T00:00:00.000Z' })).to.equal(undefined);
    });
  });
});
