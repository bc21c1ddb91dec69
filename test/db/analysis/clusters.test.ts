import { booleanPointInPolygon } from '@turf/turf';
import { expect } from 'chai';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { after, before, describe, it } from 'mocha';
import type { Numbers } from '../../../server/analysis/clusters/numbers.ts';
import { clusters } from '../../../server/analysis/clusters.ts';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { InvalidParameter, RequestAborted } from '../../../server/core/errors.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import type { Run } from '../../../server/query/sql.ts';
import { seededRandom } from '../../../server/stats/random.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';
import { exact } from '../../support/geodesics.ts';

const EVENTS = testLayer(
  'events',
  'point',
  [
    ['kind', 'string'],
    ['killed', 'integer'],
    ['injured', 'integer'],
  ],
  { kind: 'kind', measures: ['killed'] },
);

/** Degrees of a kilometre on the equator of WGS 84, eastwards and northwards. */
const [EAST, NORTH] = [1 / ((6_378.137 * Math.PI) / 180), 1 / 110.574];

/** An event so many km east and north of 0° N 10° E, on a day of May 2022 or a span of days. */
function event(id: number, [east, north]: readonly [number, number], day: number, other: Record<string, unknown> = {}) {
  const on = (nth: number) => new Date(Date.UTC(2022, 4, nth)).toISOString().slice(0, 10);
  const geometry = { type: 'Point', coordinates: [10 + east * EAST, north * NORTH] };
  const own = { kind: 'a', killed: 1, injured: null, valid_from: on(day), valid_to: on(day + 1) };
  return testRecord(id, geometry, { ...own, ...other });
}

/** Five in a square of 4 km, one reached by its corner only; three at one place; one alone in place, one in time. */
const RECORDS = [
  event(1, [0, 0], 1, { killed: 5 }),
  event(2, [4, 0], 2, { kind: 'b' }),
  event(3, [4, 4], 3, { killed: null }),
  event(4, [0, 4], 4),
  event(5, [2, 2], 5),
  event(6, [8, 8], 6),
  event(7, [100, 0], 1, { killed: null }),
  event(8, [100, 0], 1, { killed: null }),
  event(9, [100, 0], 3, { killed: null }),
  event(10, [50, 0], 2),
  event(11, [2, 2], 25),
];
const INPUTS = { eps_km: 6, eps_days: 4, min_points: 3 };

describe('clusters in space and time', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(database, EVENTS, RECORDS);
  });
  after(() => database.close());

  async function find(inputs: Record<string, unknown> = {}, by?: Parameters<typeof ask>[3]) {
    const { result } = await ask(database, clusters, { ...INPUTS, events: 'events', ...inputs }, by);
    return { ...result, numbers: result.numbers as Numbers };
  }
  const codes = ({ caveats }: Awaited<ReturnType<typeof find>>) => caveats.map(({ code }) => code);

  it('finds those that are near in both, with hull, period, casualties and events', async () => {
    const { numbers } = await find();
    expect(numbers).to.deep.include({
      ...{ events: 11, clusters: 2, in_clusters: 9, noise: 2, cores: 8, at_one_place: 1, listed: 2, members_listed: 9 },
      left_out: { imprecise: 0, undated: 0, vague: 0 },
      ...{ first_day: '2022-05-01', last_day: '2022-05-25' },
    });
    expect(numbers.share_in_clusters).to.be.closeTo(9 / 11, 1e-4);
    const [square, place] = numbers.table;
    expect(square).to.deep.include({ cluster: 1, events: 6, cores: 5, places: 6, killed: 9, kinds: { a: 5, b: 1 } });
    expect(square).to.deep.include({ first_day: '2022-05-01', last_day: '2022-05-06', days: 6 });
    expect(square?.lon).to.be.closeTo(10 + 3 * EAST, 1e-4);
    expect(square?.lat).to.be.closeTo(3 * NORTH, 1e-4);
    expect(square?.items).to.deep.equal([1, 2, 3, 4, 5, 6].map((item) => ({ collection: 'events', item })));
    // The square of 4 km and the two triangles between its corners and (8, 8).
    expect(square?.hull_km2).to.be.closeTo(32, 0.01);
    expect(place).to.deep.include({ cluster: 2, events: 3, cores: 3, places: 1, days: 3 });
    expect(place).not.to.have.any.keys('hull_km2', 'killed', 'injured');
  });

  it('draws each around all its events, and one at a single place as a circle that is said to be none of its own', async () => {
    const { features } = await find();
    const [square, place] = (features.hulls?.features ?? []) as Feature<Polygon>[];
    expect(square?.properties).to.include({ cluster: 1, is_widened: false });
    expect(place?.properties).to.deep.include({ cluster: 2, is_widened: true, hull_km2: null, killed: null });
    const members = features.members?.features ?? [];
    expect(members.map(({ properties }) => properties?.item)).to.deep.equal([1, 7, 8, 2, 3, 9, 4, 5, 6]);
    expect(
      members.filter(({ properties }) => !properties?.is_core).map(({ properties }) => properties?.item),
    ).to.deep.equal([6]);
    const ring = place?.geometry.coordinates[0] ?? [];
    // Of 1 km, to which these records are known.
    expect(Math.max(...ring.map(([lon = 0]) => (lon - 10) / EAST))).to.be.closeTo(101, 0.01);
    for (const { geometry, properties } of members) {
      if (geometry.type !== 'Point' || properties?.cluster !== 2) continue;
      expect(booleanPointInPolygon(geometry, place as Feature<Polygon>)).to.equal(true);
    }
  });

  it('says in both languages what it found, and how to judge the distance', async () => {
    const found = await find();
    expect(found.text.en).to.match(
      /^Neighbours are events at most 6 km and 4 days apart; 3 of them, itself counted, make/,
    );
    expect(found.text.en).to.include(
      '2 clusters hold 9 of 11 events (81.8 %); 2 lie in none. The largest, cluster 1, has 6 events around 0° N, 10° E, 1 May 2022 to 6 May 2022 (6 days), 9 killed.',
    );
    expect(found.text.fr.replaceAll(/\s/g, ' ')).to.include(
      '2 groupes réunissent 9 des 11 événements (81,8 %) ; hors de tout groupe : 2. Le plus grand, le groupe 1, compte 6 événements autour de 0° N, 10° E, du 1er mai 2022 au 6 mai 2022 (6 jours), 9 tués.',
    );
    expect(codes(found)).to.deep.equal(['one-place', 'no-test']);
    // Of ten, in km: 0 three times, 2 sqrt 2, 4 four times, 6 sqrt 2, and 46 of the one alone.
    expect(found.numbers.neighbour_km).to.deep.include({ asked: 11, without: 1 });
    expect(found.numbers.neighbour_km?.first_quartile).to.be.closeTo(Math.SQRT2 / 2, 1e-3);
    expect(found.numbers.neighbour_km?.median).to.be.closeTo(4, 2e-3);
  });

  it('leaves out what is not known well enough in place and time, and counts it', async () => {
    await publishRecords(database, EVENTS, [
      event(1, [0, 0], 1),
      event(2, [0, 1], 1, { precision_m: 6_000 }),
      event(3, [0, 2], 1, { precision_m: 6_001 }),
      event(4, [0, 3], 1, { valid_to: '2022-05-06' }),
      event(5, [0, 3], 1, { valid_to: '2022-05-07' }),
      event(6, [0, 3], 1, { valid_from: '1990-01-01' }),
      event(7, [0, 3], 1, { valid_from: '2022-05-03', valid_to: '2022-05-04', date_precision: 'month' }),
    ]);
    const found = await find();
    expect(found.numbers).to.deep.include({ events: 3, clusters: 1, left_out: { imprecise: 1, undated: 1, vague: 2 } });
    expect(codes(found)).to.deep.equal(['imprecise', 'vague-dates', 'mostly-left-out', 'no-test']);
    const all = await find({ imprecise: 'include' });
    expect(all.numbers).to.deep.include({ events: 4, left_out: { imprecise: 0, undated: 1, vague: 2 } });
    expect(codes(all)).to.include('imprecise-included');
    const narrow = await find({ datetime: '2022-05-02/2022-05-31' });
    // Of two spans that reach into the window and out of it, one is known to five days.
    expect(codes(narrow)).to.include('partly-in-window');
    await publishRecords(database, EVENTS, RECORDS);
  });

  it('takes what the caller may see, and what lies in the place', async () => {
    const hidden = [1, 2, 3].map((id) => event(20 + id, [50, 0], 2, { handling: 'restricted' }));
    await publishRecords(database, EVENTS, [...RECORDS, ...hidden]);
    expect((await find()).numbers.clusters).to.equal(2);
    expect((await find({}, { access: FULL_ACCESS })).numbers.clusters).to.equal(3);
    const place = { geometry: boxOf(10.5, -1, 11, 1) };
    expect((await find({ place })).numbers).to.deep.include({ events: 3, clusters: 1 });
    await publishRecords(database, EVENTS, RECORDS);
  });

  it('does not depend on the order of rows, nor on that of the collections', async () => {
    const { numbers, features } = await find();
    await publishRecords(database, EVENTS, RECORDS.toReversed());
    const again = await find();
    expect(again.numbers).to.deep.equal(numbers);
    expect(again.features).to.deep.equal(features);
    const other = { ...EVENTS, id: 'others', order: 1 };
    await publishRecords(database, other, [event(1, [1, 1], 3), event(2, [1, 1], 3)]);
    const [one, two] = [await find({ events: ['events', 'others'] }), await find({ events: ['others', 'events'] })];
    expect(one.numbers.table[0]?.items.slice(2, 6)).to.deep.equal([
      // Of one day those farther west first.
      ...[1, 2].map((item) => ({ collection: 'others', item })),
      ...[3, 4].map((item) => ({ collection: 'events', item })),
    ]);
    expect(two.numbers).to.deep.equal(one.numbers);
  });

  it('does not depend on how a file numbers its rows, even where one event is at the border of two clusters of one day', async () => {
    // Two heaps of five, and one in the middle that reaches both.
    const heaps = [0, 10].flatMap((east) => Array.from({ length: 5 }, (_, nth) => [east + nth / 10, 0] as const));
    const own = [...heaps, [5.2, 0] as const].map((at, nth) => event(nth + 1, at, 1, { record_id: `r${nth}` }));
    const counts: unknown[] = [];
    for (const [id, records] of Object.entries({ straight: own, turned: own.toReversed() })) {
      const numbered = records.map((record, nth) => ({ ...record, id: nth + 1 }));
      await publishRecords(database, { ...EVENTS, id }, numbered);
      const { numbers } = await find({ events: id, eps_km: 4.85, min_points: 5 });
      counts.push(numbers.table.map(({ cluster, events, lon }) => [cluster, events, lon]));
    }
    expect(counts[1]).to.deep.equal(counts[0]);
  });

  it('stops when nobody waits for it any more', async () => {
    const controller = new AbortController();
    const progress = () => controller.abort();
    const error = await find({}, { signal: controller.signal, progress }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(RequestAborted);
  });

  it('draws a cluster over the antimeridian in two parts, as large as elsewhere', async () => {
    const layer = testLayer('far', 'point', []);
    const at = (id: number, lon: number, lat: number) => testRecord(id, { type: 'Point', coordinates: [lon, lat] });
    await publishRecords(database, layer, [
      at(1, 179.98, 0),
      at(2, -179.98, 0),
      at(3, -179.98, 0.04),
      at(4, 179.98, 0.04),
    ]);
    const { numbers, features } = await find({ events: 'far' });
    expect(numbers.table[0]?.events).to.equal(4);
    expect(Math.abs(numbers.table[0]?.lon ?? 0)).to.be.closeTo(180, 1e-6);
    expect(numbers.table[0]?.hull_km2).to.be.closeTo((0.04 / EAST) * (0.04 / NORTH), 0.01);
    const { geometry } = (features.hulls?.features ?? [])[0] as Feature<MultiPolygon>;
    expect(geometry.type).to.equal('MultiPolygon');
    for (const [lon = 0] of geometry.coordinates.flat(2)) expect(Math.abs(lon)).to.be.within(179.97, 180);
  });

  it('has around a pole the area of a cluster, and no outline, for in degrees there is none', async () => {
    const around = [0, 90, 180, -90].map((lon, index) =>
      testRecord(index + 1, { type: 'Point', coordinates: [lon, 89.97] }),
    );
    await publishRecords(database, testLayer('polar', 'point', []), around);
    const { numbers, features } = await find({ events: 'polar' });
    expect(numbers.table[0]).to.deep.include({ events: 4, cores: 4 });
    // A square whose corners lie 0.03 degrees of 111.694 km from its middle.
    expect(numbers.table[0]?.hull_km2).to.be.closeTo(2 * (0.03 * 111.694) ** 2, 0.01);
    expect([features.hulls?.features.length, features.members?.features.length]).to.deep.equal([0, 4]);
  });

  it('has an honest answer of nothing', async () => {
    const found = await find({ events: 'events', filter: "kind = 'none'" });
    expect(found.numbers).to.deep.equal({
      ...{ events: 0, clusters: 0, in_clusters: 0, share_in_clusters: 0, cores: 0, noise: 0, at_one_place: 0 },
      ...{ left_out: { imprecise: 0, undated: 0, vague: 0 }, listed: 0, members_listed: 0, table: [] },
    });
    expect(found.text.en).to.include('There is no event to compare.');
    const one = await find({ events: 'events', filter: "kind = 'b'" });
    expect(one.numbers).to.deep.include({ events: 1, clusters: 0, noise: 1 }).and.not.have.property('neighbour_km');
  });

  it('refuses what it cannot compare, and too much', async () => {
    const thrown = (asked: Promise<unknown>) =>
      asked.then(
        () => undefined,
        (error: unknown) => error,
      );
    await publishRecords(database, testLayer('timeless', 'point', [], { time: null }), [
      testRecord(1, { type: 'Point', coordinates: [0, 0] }, { valid_from: null, valid_to: null }),
    ]);
    expect(await thrown(find({ events: 'timeless' }))).to.be.instanceOf(InvalidParameter);
    const crowded = (count: number): Run =>
      ((query: { readonly text: string }) =>
        query.text.startsWith('SELECT count(*) AS count')
          ? Promise.resolve([{ count }])
          : database.run(query as never)) as Run;
    const asked = (count: number) => ask({ run: crowded(count) }, clusters, { ...INPUTS, events: 'events' });
    expect(await thrown(asked(500_001)))
      .to.be.instanceOf(AnalysisTooLarge)
      .with.property('message')
      .that.includes('500,001');
    expect(await thrown(asked(500_000))).to.equal(undefined);
  });

  it('weighs a question without reading its events, and no lower than what are neighbours', async () => {
    const random = seededRandom(8);
    const events = Array.from({ length: 250 }, (_, nth) => {
      const day = new Date(Date.UTC(2020, 0, 1 + Math.floor(200 * random()))).toISOString().slice(0, 10);
      const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
      // Half of them in one town, which is one place.
      const [lon, lat] = nth % 2 === 0 ? [-3, 14] : [-3 + random(), 14 + random()];
      return testRecord(nth + 1, { type: 'Point', coordinates: [lon, lat] } as never, {
        valid_from: day,
        valid_to: next,
      });
    });
    await publishRecords(database, testLayer('weighed', 'point', []), events);
    for (const [eps_km, eps_days] of [
      [1, 0],
      [10, 14],
      [60, 30],
      [300, 400],
    ] as const) {
      const texts: string[] = [];
      const run: Run = ((query: { readonly text: string }) => {
        texts.push(query.text);
        return database.run(query as never);
      }) as Run;
      let comparisons = 0;
      const weighed = {
        ...clusters,
        estimate: async (...asked: Parameters<typeof clusters.estimate>) => {
          const estimate = await clusters.estimate(...asked);
          comparisons = estimate.comparisons;
          throw new RangeError('weighed');
        },
      } as typeof clusters;
      const error = await ask({ run }, weighed, { ...INPUTS, events: 'weighed', eps_km, eps_days }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(RangeError);
      expect(texts.filter((text) => text.includes('record_id'))).to.deep.equal([]);
      const dayOf = ({ properties }: (typeof events)[number]) =>
        Date.parse(properties.valid_from as string) / 86_400_000;
      const placeOf = ({ geometry }: (typeof events)[number]) => geometry.coordinates as [number, number];
      const neighbours = events.reduce(
        (sum, a) =>
          sum +
          events.filter(
            (b) => Math.abs(dayOf(a) - dayOf(b)) <= eps_days && exact(placeOf(a), placeOf(b)) <= 1_000 * eps_km,
          ).length,
        0,
      );
      expect(comparisons, `${eps_km} km`).to.be.within(neighbours, 200 * events.length ** 2);
    }
  });
});
