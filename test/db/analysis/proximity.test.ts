import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { after, before, describe, it } from 'mocha';
import { seeded } from '../../../scripts/bench/random.ts';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { proximity } from '../../../server/analysis/proximity.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import type { LayerRecord } from '../../../server/core/record.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

interface Row {
  from_item: number;
  to_item: number;
  distance_km: number;
  at_least_km: number;
  at_most_km: number;
  bearing_deg?: number;
  rank?: number;
  interval: { en: string; fr: string };
}

interface Found {
  from: { records: number };
  to: { records: number };
  pairs: number;
  pairs_certain?: number;
  with_neighbour: number;
  share_with_neighbour: number;
  nearest_km?: { first_quartile: number; median: number; third_quartile: number };
  listed: number;
  table: Row[];
}

/** Where clouds of points lie: middle in degrees, and how wide they are. */
const CLOUDS = [
  { lon: -2, lat: 17, wide: 6, high: 4 },
  { lon: 1, lat: 24, wide: 1, high: 8 },
  { lon: 180, lat: -17, wide: 12, high: 9 },
  { lon: 179.9, lat: 66, wide: 30, high: 9 },
  { lon: 30, lat: 84, wide: 360, high: 12 },
  { lon: -70, lat: -87, wide: 200, high: 6 },
  { lon: 0, lat: 0, wide: 360, high: 180 },
];
const EACH = 30;

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const wrap = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;
const toRadians = (degrees: number) => (degrees * Math.PI) / 180;

interface Spot {
  id: number;
  cloud: number;
  lon: number;
  lat: number;
  precision: number;
}

function makeSpots(): Spot[] {
  const random = seeded(20261121);
  return CLOUDS.flatMap(({ lon, lat, wide, high }, cloud) =>
    Array.from({ length: EACH }, (_, index) => {
      // Some lie where another lies, some on the edge of the map.
      const x = index % 10 === 9 ? (cloud === 2 || cloud === 3 ? -180 : lon) : wrap(lon + wide * (random() - 0.5));
      const y = index % 10 === 9 ? lat : Math.max(-90, Math.min(90, lat + high * (random() - 0.5)));
      return { id: cloud * EACH + index + 1, cloud, lon: x, lat: y, precision: Math.floor(20_000 * random() ** 3) };
    }),
  );
}

function inverse(a: Spot, b: Spot): { metres: number; bearing: number } {
  const { s12, azi1 } = geodesic.Geodesic.WGS84.Inverse(a.lat, a.lon, b.lat, b.lon);
  return { metres: s12 as number, bearing: ((azi1 as number) + 360) % 360 };
}

interface Pair {
  from: Spot;
  to: Spot;
  metres: number;
}

const byDistance = (a: Pair, b: Pair) => a.metres - b.metres || a.from.id - b.from.id || a.to.id - b.to.id;

/** Every record compared with every other. */
function comparedAll(from: Spot[], to: Spot[]): Pair[] {
  return from.flatMap((a) =>
    to.filter((b) => b.id !== a.id).map((b) => ({ from: a, to: b, metres: inverse(a, b).metres })),
  );
}

const inClouds = (clouds: readonly number[]) => `cloud IN (${clouds.join(', ')})`;

describe('the process proximity', () => {
  let database: TestDatabase;
  const spots = makeSpots();
  const point = (spot: { lon: number; lat: number }) => ({ type: 'Point', coordinates: [spot.lon, spot.lat] });
  const asked = async (inputs: Record<string, unknown>) =>
    (await ask(database, proximity, inputs)).result.numbers as unknown as Found;

  before(async () => {
    database = await migratedDatabase();
    const layer = testLayer('spots', 'point', [['cloud', 'integer']]);
    const records = spots.map((spot) =>
      testRecord(spot.id, point(spot), { cloud: spot.cloud, precision_m: spot.precision }),
    );
    await publishRecords(database, layer, records);
  });
  after(() => database.close());

  const clouds = fc.uniqueArray(fc.integer({ min: 0, max: CLOUDS.length - 1 }), { minLength: 1, maxLength: 3 });

  it('finds the pairs within a distance that comparing all with all finds', async () => {
    await fc.assert(
      fc.asyncProperty(clouds, clouds, fc.double({ min: 1, max: 2_000, noNaN: true }), async (some, others, km) => {
        const [from, to] = [some, others].map((own) => spots.filter(({ cloud }) => own.includes(cloud))) as [
          Spot[],
          Spot[],
        ];
        const near = comparedAll(from, to).filter(({ metres }) => metres <= km * 1_000);
        const both = new Set(from.filter((spot) => to.includes(spot)).map(({ id }) => id));
        const once = near.filter(
          (pair) => pair.from.id < pair.to.id || !both.has(pair.from.id) || !both.has(pair.to.id),
        );
        const numbers = await asked({
          from: { collection: 'spots', filter: inClouds(some) },
          to: { collection: 'spots', filter: inClouds(others) },
          ...{ within_km: km, limit: 5_000 },
        });
        expect(numbers.pairs).to.equal(once.length);
        expect(numbers.with_neighbour).to.equal(new Set(near.map((pair) => pair.from.id)).size);
        expect(numbers.share_with_neighbour).to.be.closeTo(numbers.with_neighbour / from.length, 1e-4);
        const certain = once.filter((pair) => pair.metres + pair.from.precision + pair.to.precision <= km * 1_000);
        expect(numbers.pairs_certain).to.equal(certain.length);
        const expected = once.toSorted(byDistance).slice(0, 5_000);
        expect(numbers.table.map((row) => [row.from_item, row.to_item])).to.deep.equal(
          expected.map((pair) => [pair.from.id, pair.to.id]),
        );
        for (const [index, row] of numbers.table.entries()) {
          const pair = expected[index] as Pair;
          expect(row.distance_km).to.be.closeTo(pair.metres / 1_000, 6e-4);
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  }).timeout(60_000);

  it('finds the nearest by geodesic, as comparing all with all does', async () => {
    const many = fc.integer({ min: 1, max: 8 });
    const within = fc.option(fc.double({ min: 10, max: 2_000, noNaN: true }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(clouds, clouds, many, within, async (some, others, nearest, km) => {
        const [from, to] = [some, others].map((own) => spots.filter(({ cloud }) => own.includes(cloud))) as [
          Spot[],
          Spot[],
        ];
        const ranked = from.flatMap((spot) =>
          comparedAll([spot], to)
            .toSorted(byDistance)
            .slice(0, nearest)
            .map((pair, index) => ({ ...pair, rank: index + 1 }))
            .filter(({ metres }) => km === undefined || metres <= km * 1_000),
        );
        const numbers = await asked({
          from: { collection: 'spots', filter: inClouds(some) },
          to: { collection: 'spots', filter: inClouds(others) },
          ...{ nearest, limit: 5_000, ...(km === undefined ? {} : { within_km: km }) },
        });
        expect(numbers.pairs).to.equal(ranked.length);
        const expected = ranked.toSorted(byDistance);
        expect(numbers.table.map((row) => [row.from_item, row.to_item, row.rank])).to.deep.equal(
          expected.map((pair) => [pair.from.id, pair.to.id, pair.rank]),
        );
        const first = expected.filter(({ rank }) => rank === 1).map(({ metres }) => metres / 1_000);
        expect(numbers.with_neighbour).to.equal(first.length);
        if (first.length > 0) {
          const middle = (first.length - 1) / 2;
          const median = ((first[Math.floor(middle)] as number) + (first[Math.ceil(middle)] as number)) / 2;
          expect(numbers.nearest_km?.median).to.be.closeTo(median, 1e-3);
        } else expect(numbers).not.to.have.property('nearest_km');
      }),
      { numRuns: 60, seed: 2 },
    );
  }).timeout(60_000);

  it('says the bearing, and how far apart two records are at least and at most', async () => {
    const { table } = await asked({ from: 'spots', to: 'spots', nearest: 2 });
    for (const row of table) {
      const [from, to] = [row.from_item, row.to_item].map((id) => spots[id - 1]) as [Spot, Spot];
      const { metres, bearing } = inverse(from, to);
      const uncertain = from.precision + to.precision;
      expect(row.at_least_km).to.be.closeTo(Math.max(0, metres - uncertain) / 1_000, 6e-4);
      expect(row.at_most_km).to.be.closeTo((metres + uncertain) / 1_000, 6e-4);
      if (metres === 0) expect(row).not.to.have.property('bearing_deg');
      else {
        expect(row.bearing_deg).to.be.within(0, 359.9);
        const turned = Math.abs(toRadians(row.bearing_deg as number) - toRadians(bearing));
        // At a pole every direction is south or north.
        if (Math.abs(from.lat) < 90) expect(Math.min(turned, 2 * Math.PI - turned)).to.be.below(toRadians(0.051));
      }
    }
  });

  it('counts all pairs, and lists the closest', async () => {
    const whole = await asked({ from: 'spots', to: 'spots', within_km: 1_500, limit: 5_000 });
    const short = await asked({ from: 'spots', to: 'spots', within_km: 1_500, limit: 7 });
    expect(short.table).to.deep.equal(whole.table.slice(0, 7));
    expect({ ...short, listed: 0, table: [] }).to.deep.equal({ ...whole, listed: 0, table: [] });
    expect(short.listed).to.equal(7);
  });

  it('finds the same where there are too many pairs to keep at hand', async () => {
    const random = seeded(7);
    const crowd = Array.from({ length: 600 }, (_, index): Spot => {
      const [lon, lat] = [2 * random() - 1, 16 + 2 * random()];
      return { id: index + 1, cloud: index % 3 === 0 ? 1 : 0, lon, lat, precision: Math.floor(40_000 * random()) };
    });
    const records = crowd.map((spot) =>
      testRecord(spot.id, point(spot), { cloud: spot.cloud, precision_m: spot.precision }),
    );
    await publishRecords(database, testLayer('crowd', 'point', [['cloud', 'integer']]), records);
    for (const [some, others, within_km] of [
      [[0, 1], [0, 1], 400],
      [[0, 1], [0, 1], 120],
      [[0, 1], [0], 200],
      [[0], [0, 1], 200],
    ] as const) {
      const [from, to] = [some, others].map((own) => crowd.filter(({ cloud }) => own.some((each) => each === cloud)));
      const near = comparedAll(from as Spot[], to as Spot[]).filter(({ metres }) => metres <= within_km * 1_000);
      const both = (spot: Spot) => from?.includes(spot) && to?.includes(spot);
      const once = near.filter((pair) => pair.from.id < pair.to.id || !both(pair.from) || !both(pair.to));
      const certain = once.filter((pair) => pair.metres + pair.from.precision + pair.to.precision <= within_km * 1_000);
      const numbers = await asked({
        from: { collection: 'crowd', filter: inClouds(some) },
        to: { collection: 'crowd', filter: inClouds(others) },
        ...{ within_km, limit: 100 },
      });
      expect(numbers).to.include({ pairs: once.length, pairs_certain: certain.length, listed: 100 });
      expect(numbers.with_neighbour).to.equal(from?.length);
      const expected = once.toSorted(byDistance).slice(0, 100);
      expect(numbers.table.map((row) => [row.from_item, row.to_item])).to.deep.equal(
        expected.map((pair) => [pair.from.id, pair.to.id]),
      );
    }
  }).timeout(60_000);

  describe('between lines and areas', () => {
    const line = (...coordinates: number[][]) => ({ type: 'LineString', coordinates });
    const ways: LayerRecord[] = [
      testRecord(1, line([-4, 16], [2, 17], [8, 16])),
      testRecord(2, line([-10, 60], [9, 60])),
      testRecord(3, line([178, -16], [180, -16.5])),
      testRecord(4, line([-3, 15], [-3, 15])),
      testRecord(5, line([-60, 70], [100, 72])),
    ];
    const areas: LayerRecord[] = [
      testRecord(1, boxOf(-5, 13, -3, 16)),
      testRecord(2, boxOf(-4, 60.5, 4, 61)),
      testRecord(3, boxOf(-180, -17, -179.5, -16)),
      testRecord(4, boxOf(-30, 40, 60, 80)),
      testRecord(5, boxOf(2.5, 18, 3, 18.5)),
      testRecord(6, boxOf(-1, 60.3, 1, 60.4)),
    ];
    before(async () => {
      await publishRecords(database, testLayer('ways', 'line', []), ways);
      await publishRecords(database, testLayer('areas', 'polygon', []), areas);
    });

    const truth = async (from: string, to: string) => {
      const [left, right] = [await database.tableOf(from), await database.tableOf(to)];
      return database.run<{ from: number; to: number; km: number }>({
        text: `SELECT a.fid AS from, b.fid AS to, ST_Distance(a.geom::geography, b.geom::geography) / 1000 AS km
          FROM ${left} AS a, ${right} AS b ORDER BY km, a.fid, b.fid`,
        values: [],
      });
    };

    for (const [from, to] of [
      ['ways', 'areas'],
      ['areas', 'ways'],
      ['spots', 'areas'],
      ['ways', 'spots'],
    ] as const) {
      it(`finds what comparing all with all finds, from ${from} to ${to}`, async () => {
        const all = await truth(from, to);
        for (const within_km of [1, 20, 60, 400, 1_999]) {
          const numbers = await asked({ from, to, within_km, limit: 5_000 });
          const expected = all.filter(({ km }) => km <= within_km).map((row) => [row.from, row.to]);
          expect(numbers.table.map((row) => [row.from_item, row.to_item])).to.deep.equal(expected);
        }
        for (const nearest of [1, 3]) {
          const numbers = await asked({ from, to, nearest, limit: 5_000 });
          const ranks = new Map<number, number>();
          const expected = all.filter((row) => {
            const rank = (ranks.get(row.from) ?? 0) + 1;
            ranks.set(row.from, rank);
            return rank <= nearest;
          });
          expect(numbers.table.map((row) => [row.from_item, row.to_item])).to.deep.equal(
            expected.map((row) => [row.from, row.to]),
          );
        }
      });
    }

    it('draws a line between the nearest points, and says its bearing', async () => {
      const inputs = {
        from: { collection: 'areas', filter: "record_id = '5'" },
        to: { collection: 'ways', filter: "record_id = '1'" },
      };
      const { result } = await ask(database, proximity, { ...inputs, within_km: 500 });
      const [row] = (result.numbers as unknown as Found).table;
      // The south-west corner of the area lies north of the way, whose course there is east by a little south.
      expect(row?.bearing_deg).to.be.within(180, 195);
      const [feature] = result.features.pairs?.features ?? [];
      const coordinates = feature?.geometry.type === 'LineString' ? feature.geometry.coordinates : [];
      const [start = [], end = []] = coordinates;
      expect(start[0]).to.be.closeTo(2.5, 1e-6);
      expect(start[1]).to.be.closeTo(18, 1e-6);
      const drawn = inverse({ lon: start[0], lat: start[1] } as Spot, { lon: end[0], lat: end[1] } as Spot);
      expect(drawn.metres / 1_000).to.be.closeTo(row?.distance_km as number, 0.1);
    });

    it('touching shapes have no bearing and no line', async () => {
      const inputs = { from: { collection: 'ways', filter: "record_id = '4'" }, to: 'areas', nearest: 1 };
      const { result } = await ask(database, proximity, inputs);
      const [row] = (result.numbers as unknown as Found).table;
      expect(row).to.include({ to_item: 1, distance_km: 0 });
      expect(row).not.to.have.property('bearing_deg');
      expect(result.features.pairs?.features).to.deep.equal([]);
    });

    it('cuts a line at the antimeridian', async () => {
      const inputs = {
        from: { collection: 'ways', filter: "record_id = '3'" },
        to: { collection: 'spots', filter: 'cloud = 2' },
        nearest: 20,
      };
      const { result } = await ask(database, proximity, inputs);
      const crossing = (result.features.pairs?.features ?? []).filter(
        ({ geometry }) => geometry.type === 'MultiLineString',
      );
      expect(crossing.length).to.be.above(0);
    });
  });

  it('is about what the caller may see', async () => {
    const secret = testRecord(2, point({ lon: 0.01, lat: 10 }), { handling: 'restricted' });
    const records = [testRecord(1, point({ lon: 0, lat: 10 })), secret, testRecord(3, point({ lon: 1, lat: 10 }))];
    await publishRecords(database, testLayer('guarded', 'point', []), records);
    const inputs = { from: 'guarded', to: 'guarded', nearest: 1 };
    expect((await asked(inputs)).table.map((row) => [row.from_item, row.to_item])).to.deep.equal([
      [1, 3],
      [3, 1],
    ]);
    const { result } = await ask(database, proximity, inputs, { access: FULL_ACCESS });
    expect((result.numbers as unknown as Found).from.records).to.equal(3);
  });

  it('narrows the records that ask by a place, and not their neighbours', async () => {
    const numbers = await asked({ from: 'guarded', to: 'guarded', nearest: 1, place: { bbox: [-0.5, 9, 0.5, 11] } });
    expect(numbers.table.map((row) => [row.from_item, row.to_item])).to.deep.equal([[1, 3]]);
    const line = {
      geometry: {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      },
    };
    const error = await caught(asked({ from: 'guarded', to: 'guarded', nearest: 1, place: line }));
    expect((error as InvalidParameter).faults[0]?.pointer).to.equal('/inputs/place');
  });

  it('has an answer without pairs', async () => {
    const none = { collection: 'spots', filter: 'cloud = 99' };
    for (const inputs of [
      { from: none, to: 'spots', nearest: 2 },
      { from: 'spots', to: none, within_km: 5 },
      {
        from: { collection: 'spots', filter: 'cloud = 0' },
        to: { collection: 'spots', filter: 'cloud = 2' },
        within_km: 5,
      },
    ]) {
      const { result } = await ask(database, proximity, inputs);
      expect(result.numbers).to.include({ pairs: 0, with_neighbour: 0, share_with_neighbour: 0, listed: 0 });
      expect(result.numbers).not.to.have.property('nearest_km');
      expect(result.text.en).to.include('0 pairs in all');
      expect(result.text.fr).to.include('0 paire en tout');
    }
  });

  it('says what it found in both languages', async () => {
    const west = testRecord(1, point({ lon: 0, lat: 0 }), { precision_m: 4_000 });
    const east = testRecord(2, point({ lon: 0.2, lat: 0 }), { precision_m: 5_000 });
    await publishRecords(database, testLayer('two', 'point', []), [west, east]);
    const { result } = await ask(database, proximity, { from: 'two', to: 'two', within_km: 25 });
    // 0.2 degrees of the equator: 22.264 km.
    expect((result.numbers as unknown as Found).table[0]).to.deep.include({
      ...{ distance_km: 22.264, at_least_km: 13.264, at_most_km: 31.264, bearing_deg: 90 },
      interval: { en: '13 to 31 km', fr: '13 à 31 km' },
    });
    expect((result.numbers as unknown as Found).pairs_certain).to.equal(0);
    expect(result.text.en).to.include('22 km (13 to 31 km by how well both positions are known) apart');
    expect(result.text.fr).to.include('22 km (13 à 31 km selon la précision des deux positions)');
  });

  it('refuses what is malformed, naming the limit', async () => {
    for (const [inputs, pointer, words] of [
      [{}, '/inputs/within_km', 'give within_km, nearest, or both'],
      [{ within_km: 0 }, '/inputs/within_km', '>0'],
      [{ within_km: 2_001 }, '/inputs/within_km', '2000'],
      [{ nearest: 101 }, '/inputs/nearest', '100'],
      [{ nearest: 1, limit: 5_001 }, '/inputs/limit', '5000'],
    ] as const) {
      const error = await caught(asked({ from: 'spots', to: 'spots', ...inputs }));
      expect(error).to.be.instanceOf(InvalidParameter);
      const [fault] = (error as InvalidParameter).faults;
      expect(fault?.pointer).to.equal(pointer);
      expect(fault?.detail).to.include(words);
    }
  });

  it('says before it runs that a question is too large', async () => {
    const { transaction } = database;
    const many = testLayer('many', 'point', []);
    await publishRecords(database, many, [testRecord(1, point({ lon: 0, lat: 0 }))]);
    const table = await database.tableOf('many');
    await transaction((run) =>
      run({
        text: `INSERT INTO ${table} SELECT (jsonb_populate_record(one, jsonb_build_object('fid', n))).* FROM ${table} AS one, generate_series(2, 20000) AS n`,
        values: [],
      }),
    );
    // As if they had been published with the others.
    await transaction((run) => run({ text: "UPDATE azalai.layer SET count = 20000 WHERE id = 'many'", values: [] }));
    const error = await caught(asked({ from: 'many', to: 'many', within_km: 100 }));
    expect(error).to.be.instanceOf(AnalysisTooLarge);
    expect((error as Error).message).to.match(/about [34]\d\d,\d{3},\d{3} comparisons/);
  }).timeout(20_000);
});
