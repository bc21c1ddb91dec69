import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { after, before, describe, it } from 'mocha';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { exposure } from '../../../server/analysis/exposure.ts';
import type { Fault } from '../../../server/core/errors.ts';
import { toBaseCell } from '../../../server/core/hex.ts';
import { parseDatetime } from '../../../server/core/interval.ts';
import type { Layer } from '../../../server/core/layer.ts';
import type { LayerRecord } from '../../../server/core/record.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import { type GroundSizeRow, groundSizeQuery } from '../../../server/query/analysis/exposure/ground-size.ts';
import { type SubjectSizeRow, subjectSizeQuery } from '../../../server/query/analysis/exposure/subjects.ts';
import { type Access, FULL_ACCESS, PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { insertRecords } from '../../../server/query/record-table.ts';
import { ask, boxOf, faultsOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

const site = { role: 'sites', time: null } as const;
const MINES = testLayer('mines', 'point', [['name', 'string']], site);
const HUBS = testLayer('hubs', 'point', [['name', 'string']], site);
const LINES = testLayer(
  'lines',
  'line',
  [
    ['commodity', 'string'],
    ['drawn', 'string'],
    ['from_place', 'string'],
    ['to_place', 'string'],
  ],
  { role: 'corridors', time: null },
);
const EVENTS = testLayer('events', 'point', [['killed', 'integer']], { role: 'events', time: 'instant' });
const CONTROL = testLayer(
  'control',
  'polygon',
  [
    ['actor', 'string'],
    ['control', 'string'],
  ],
  { role: 'control', time: 'interval', nature: 'approximate' },
);

const point = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
const line = (...coordinates: number[][]) => ({ type: 'LineString', coordinates });
const route = (id: number, commodity: string | null, coordinates: number[][], more = {}) =>
  testRecord(id, line(...coordinates), {
    ...{ commodity, drawn: 'route', from_place: 'there', to_place: `here ${id}`, precision_m: 5_000 },
    ...more,
  });
const event = (id: number, lon: number, lat: number, day: string, more = {}) =>
  testRecord(id, point(lon, lat), {
    ...{ killed: 1, valid_from: day, valid_to: new Date(Date.parse(day) + 864e5).toISOString().slice(0, 10) },
    ...more,
  });

const WGS84 = geodesic.Geodesic.WGS84;
const metres = (a: number[], b: number[]) =>
  WGS84.Inverse(a[1] ?? 0, a[0] ?? 0, b[1] ?? 0, b[0] ?? 0).s12 ?? Number.NaN;

/** Metres from a point to a geodesic between two others: the least of the distances to its points, by thirds. */
function toSegment(at: number[], from: number[], to: number[]): number {
  const path = WGS84.InverseLine(from[1] ?? 0, from[0] ?? 0, to[1] ?? 0, to[0] ?? 0);
  const far = (s: number) => {
    const { lat2 = 0, lon2 = 0 } = path.Position(s);
    return metres(at, [lon2, lat2]);
  };
  let [low, high] = [0, metres(from, to)];
  while (high - low > 0.01) {
    const third = (high - low) / 3;
    if (far(low + third) < far(high - third)) high -= third;
    else low += third;
  }
  return far((low + high) / 2);
}
function toLine(at: number[], coordinates: readonly number[][]): number {
  const pieces = coordinates.slice(1).map((to, index) => toSegment(at, coordinates[index] as number[], to));
  return Math.min(...pieces, ...coordinates.map((vertex) => metres(at, vertex)));
}

type Vector = readonly [number, number, number];
const vectorOf = ([lon = 0, lat = 0]: readonly number[]): Vector => {
  const [x, y] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
  return [Math.cos(y) * Math.cos(x), Math.cos(y) * Math.sin(x), Math.sin(y)];
};
const degreesOf = ([x, y, z]: Vector) =>
  [Math.atan2(y, x), Math.atan2(z, Math.hypot(x, y))].map((each) => (each * 180) / Math.PI);

/**
 * Metres on the ellipsoid from a point to the place of a line that is nearest on a sphere of the same degrees, along great
 * circles: what PostGIS does, found by thirds.
 */
function toLineOnSphere(at: number[], coordinates: readonly number[][]): number {
  const own = vectorOf(at);
  const pieces = coordinates.slice(1).map((to, index) => {
    const [a, b] = [vectorOf(coordinates[index] as number[]), vectorOf(to)];
    const between = (share: number) =>
      a.map((each, axis) => each * (1 - share) + (b[axis] as number) * share) as unknown as Vector;
    // Of what is in its direction from the middle of the sphere the chord to a point grows with the angle.
    const far = (share: number) => {
      const [x, y, z] = between(share);
      const length = Math.hypot(x, y, z);
      return Math.hypot(x / length - own[0], y / length - own[1], z / length - own[2]);
    };
    let [low, high] = [0, 1];
    while (high - low > 1e-9) {
      const third = (high - low) / 3;
      if (far(low + third) < far(high - third)) high -= third;
      else low += third;
    }
    return metres(at, degreesOf(between((low + high) / 2)));
  });
  return Math.min(...pieces);
}

/** PostGIS finds the nearest place of a line on a sphere, and measures to it on the ellipsoid: so far off it may be. */
const NEAR = 1e-4;

type Properties = Record<string, unknown>;

describe('exposure of mines, hubs and corridors', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(database, MINES, [
      testRecord(1, point(0.5, 14.5), { name: 'One', precision_m: 1_000 }),
      testRecord(2, point(2.5, 14.5), { name: 'Two', precision_m: 60_000 }),
    ]);
    await publishRecords(database, HUBS, [testRecord(1, point(3.5, 14.5), { name: 'Market', precision_m: 1_000 })]);
    await publishRecords(database, LINES, [
      route(1, 'arms', [
        [0, 15],
        [4, 15],
      ]),
      route(2, 'fuel', [
        [0.6, 10],
        [0.6, 14.4],
      ]),
      route(
        3,
        'arms',
        [
          [0.5, 14.5],
          [4, 10],
        ],
        { drawn: 'flow' },
      ),
    ]);
    await publishRecords(database, CONTROL, [
      testRecord(1, boxOf(0, 14, 1, 16), { actor: 'A', control: 'holds', valid_from: '2010-01-01', valid_to: null }),
      testRecord(2, boxOf(1, 14, 3, 16), {
        actor: 'B',
        control: 'influence',
        valid_from: '2010-01-01',
        valid_to: null,
      }),
      testRecord(3, boxOf(2, 14, 3, 16), { actor: 'A', control: 'holds', valid_from: '2010-01-01', valid_to: null }),
      testRecord(4, boxOf(0, 14, 4, 16), {
        actor: 'gone',
        control: 'holds',
        valid_from: '2010-01-01',
        valid_to: '2020-01-01',
      }),
    ]);
    await publishRecords(database, EVENTS, [
      event(1, 0.5, 14.5, '2020-02-01', { killed: 4 }),
      event(2, 0.55, 14.5, '2020-09-01', { killed: null }),
      event(3, 0.5, 14.6, '2020-10-01'),
      event(4, 0.5, 14.5, '2020-06-15', { valid_from: '2020-01-01', valid_to: '2021-01-01' }),
      event(5, 0.5, 14.5, '2020-03-01', { precision_m: 50_000 }),
      event(6, 0.5, 14.5, '2020-03-01', { handling: 'restricted', killed: 100 }),
      event(7, 0.5, 14.5, '2022-03-01'),
      event(8, 3.5, 14.5, '2020-03-01'),
    ]);
  });
  after(() => database.close());

  const YEAR = { datetime: '2020-01-01/2020-12-31' };
  async function asked(inputs: Record<string, unknown>) {
    const { result } = await ask(database, exposure, inputs);
    const rows = Object.values(result.features).flatMap(({ features }) =>
      features.map(({ properties }) => properties ?? {}),
    );
    const byRecord = (collection: string, item: number) =>
      rows.find((row) => row.collection === collection && row.item === item) as Properties;
    return { result, rows, byRecord, numbers: result.numbers as Record<string, unknown> & { top: Properties[] } };
  }
  const refusal = async (inputs: Record<string, unknown>) => (await faultsOf(asked(inputs)))[0] as Fault;

  it('tells who holds the ground of points and along lines', async () => {
    const { byRecord, result } = await asked(YEAR);
    expect(byRecord('mines', 1)).to.deep.include({
      ...{ ground: 'held', holders: ['A'], contested_share: 0, unrecorded_share: 0, ground_certainty: 'inside' },
    });
    expect(byRecord('mines', 2), 'within 60 km of other ground').to.deep.include({
      ...{ ground: 'uncertain', holders: [], holders_perhaps: ['A', 'B'], contested_share: 0, unrecorded_share: 0 },
    });
    expect(byRecord('hubs', 1)).to.deep.include({ ground: 'not recorded', holders: [], unrecorded_share: 1 });
    const along = byRecord('lines', 1);
    expect(along).to.deep.include({ ground: 'held', holders: ['A'] });
    for (const share of ['holder_share', 'contested_share', 'unrecorded_share']) {
      expect(along[share], share).to.be.closeTo(0.25, 1e-4);
    }
    expect(result.text.en).to.contain('the ground is told for 31 December 2020');
    const two = await asked({ ...YEAR, of: { collection: 'mines', filter: "name = 'Two'" } });
    expect(two.result.text.en).to.contain('ground uncertain (perhaps A and B)');
    expect(two.result.text.fr).to.contain('terrain incertain (peut-être A et B)');
    const then = await asked({ ...YEAR, at: '2012-01-01' });
    expect(then.byRecord('hubs', 1)).to.deep.include({ ground: 'held', holders: ['gone'] });
    expect(then.byRecord('mines', 1)).to.deep.include({
      ground: 'overlap',
      holders: ['A', 'gone'],
      contested_share: 1,
    });
  });

  it('counts attacks near each: precise ones, in the window, that the caller may see', async () => {
    const { rows, byRecord, numbers, result } = await asked(YEAR);
    expect(byRecord('mines', 1)).to.deep.include({
      ...{ attacks: 4, killed: 6, attacks_killed_unknown: 1, attacks_imprecise: 1 },
      ...{ attacks_first: 1, attacks_last: 2, attacks_undated: 1, low_count: true },
    });
    expect(byRecord('mines', 1).trend_ratio).to.equal(2);
    // Clopper and Pearson: 2 of 3 are 9.43 % to 99.16 %.
    expect(byRecord('mines', 1).trend_low).to.be.closeTo(0.0943 / 0.9057, 1e-3);
    expect(byRecord('mines', 1).trend_high).to.be.closeTo(0.9916 / 0.0084, 0.2);
    expect(byRecord('hubs', 1), 'none in the last half: the ratio is 0').to.deep.include({
      attacks: 1,
      trend_ratio: 0,
    });
    expect(byRecord('mines', 2)).to.deep.include({ attacks: 0, trend_ratio: null, trend_low: null, trend_high: null });
    expect(numbers.attacks, 'each once, however many rows it is near').to.deep.equal({
      counted: 5,
      killed: 7,
      imprecise: 1,
    });
    expect(numbers).to.include({ rows: 5, rows_imprecise: 1, rows_with_few_attacks: 5, flows_left_out: 1 });
    const codes = result.caveats.map(({ code }) => code);
    expect(codes).to.include.members(['approximate', 'imprecise', 'low-count', 'imprecise-rows', 'flows', 'ranks']);
    expect(result.text.en).to.contain('5 rows of 5 rest on fewer than 10 attacks');
    const silent = (caveats: typeof result.caveats) => caveats.find(({ code }) => code === 'no-report')?.text.en;
    expect(rows.filter(({ attacks, attacks_imprecise }) => attacks === 0 && attacks_imprecise === 0)).to.have.lengthOf(
      2,
    );
    expect(silent(result.caveats)).to.match(/^No report is not calm: in 2 of 5 rows nothing was reported/);
    const onlyImprecise = await asked({ ...YEAR, filter: 'precision_m > 10000' });
    expect(onlyImprecise.byRecord('mines', 1)).to.include({ attacks: 0, attacks_imprecise: 1 });
    const reported = onlyImprecise.rows.filter((row) => row.attacks_imprecise !== 0).length;
    expect(silent(onlyImprecise.result.caveats)).to.include(`in ${5 - reported} of 5 rows nothing that the question`);
    const loose = await asked({ ...YEAR, max_precision_m: 50_000 });
    expect(loose.byRecord('mines', 1)).to.include({ attacks: 5, attacks_imprecise: 0 });
    const narrow = await asked({ ...YEAR, filter: 'killed > 3' });
    expect(narrow.byRecord('mines', 1)).to.include({ attacks: 1, killed: 4 });
    expect(silent((await asked({ ...YEAR, events: [] })).result.caveats)).to.equal(undefined);
  });

  describe('the trend over whole steps', () => {
    const [rising, falling] = [
      [0, 1, 1, 3, 4, 6, 7, 9],
      [5, 4, 4, 3, 2, 2, 1, 0],
    ];
    before(async () => {
      let id = 0;
      const near = (lon: number, counts: readonly number[] = []) =>
        counts.flatMap((count, year) =>
          Array.from({ length: count }, (_, nth) => event(++id, lon, 14.5, `${2010 + year}-0${1 + (nth % 9)}-05`)),
        );
      await publishRecords(database, { ...EVENTS, id: 'series' }, [
        ...near(0.5, rising),
        ...near(3.5, falling),
        // Known only to two years, of which neither is meant.
        event(++id, 0.5, 14.5, '2013-01-01', { valid_to: '2015-01-01' }),
        event(++id, -20, 14.5, '2010-01-01'),
        event(++id, -20, 14.5, '2017-12-31'),
      ]);
    });
    const asked8 = { of: ['mines', 'hubs'], events: 'series', at: '2012-01-01' };

    it('is that of Mann, Kendall and Sen over whole years, corrected for the rows that have one', async () => {
      const { byRecord, numbers, result } = await asked({ ...asked8, datetime: '2009-06-01/2018-03-01' });
      expect(numbers.trends).to.deep.equal({
        ...{ step: 'year', from: '2010-01-01', to: '2018-01-01', steps: 8, tested: 2, rises: 1, falls: 1 },
      });
      // S 27 and -26 of 28 pairs; p counts all orders of eight values with a pair, or two, alike.
      const [up, down] = [byRecord('mines', 1), byRecord('hubs', 1)];
      expect([up.attacks, up.trend_direction, down.trend_direction]).to.deep.equal([32, 'rises', 'falls']);
      expect(up.trend_tau).to.be.closeTo(27 / Math.sqrt(28 * 27), 1e-4);
      expect(down.trend_tau).to.be.closeTo(-26 / Math.sqrt(28 * 26), 1e-4);
      for (const { trend_p: p, trend_p_adjusted: adjusted } of [up, down] as Record<string, number>[]) {
        expect(p).to.be.within(1e-6, 0.01);
        expect(adjusted).to.be.within(p as number, 2 * (p as number));
      }
      expect(up.trend_slope).to.be.within(up.trend_slope_low as number, up.trend_slope_high as number);
      expect(up.trend_slope).to.be.closeTo(4 / 3, 0.1);
      expect(byRecord('mines', 2)).to.deep.include({ trend_direction: null, trend_p: null, trend_slope: null });
      expect(result.text.en).to.contain('attacks rise near 1 of them and fall near 1.');
      expect(result.text.fr).to.contain('Sur 8 années entières');
    });

    it('is over quarters of a shorter window, and none where there are too few', async () => {
      const short = await asked({ ...asked8, datetime: '2014-01-01/2016-12-31' });
      expect(short.numbers.trends).to.deep.include({
        step: 'quarter',
        steps: 12,
        from: '2014-01-01',
        to: '2017-01-01',
      });
      const none = await asked({ ...asked8, datetime: '2014-01-01/2015-06-30' });
      expect(none.numbers).not.to.have.property('trends');
      expect(none.byRecord('mines', 1)).to.deep.include({ trend_direction: null, trend_p_adjusted: null });
      expect(none.result.text.en).to.contain('no trend is tested');
    });
  });

  it('finds the nearest corridor of each commodity, another than itself, with both precisions', async () => {
    const { byRecord } = await asked(YEAR);
    const row = byRecord('mines', 1);
    // Along the meridian the parallel of 15 N is not the way of line 1, which is a geodesic: it bulges to the north.
    const arms =
      toLine(
        [0.5, 14.5],
        [
          [0, 15],
          [4, 15],
        ],
      ) / 1000;
    const fuel =
      toLine(
        [0.5, 14.5],
        [
          [0.6, 10],
          [0.6, 14.4],
        ],
      ) / 1000;
    expect(row.near_1_km).to.be.closeTo(arms, arms * NEAR);
    expect(row).to.include({
      near_1_commodity: 'arms',
      near_1_record: '1',
      near_2_commodity: 'fuel',
      near_2_record: '2',
      corridor_commodity: 'fuel',
      corridor_record: '2',
    });
    expect(row.near_2_km).to.be.closeTo(fuel, fuel * NEAR);
    expect(row.corridor_km).to.equal(row.near_2_km);
    expect(row.corridor_km_low).to.be.closeTo(fuel - 6, 0.002);
    expect(row.corridor_km_high).to.be.closeTo(fuel + 6, 0.002);
    expect(byRecord('mines', 2).near_1_km_low, 'never below nothing').to.equal(0);
    expect(byRecord('lines', 1), 'no other of arms').to.include({ near_2_commodity: 'fuel', corridor_record: '2' });
    expect(byRecord('lines', 1)).not.to.have.any.keys('near_1_km', 'near_1_commodity', 'near_1_record');
    const flows = await asked({ ...YEAR, flows: true });
    expect(flows.byRecord('mines', 1)).to.include({ near_1_record: '3', corridor_km: 0 });
    expect(flows.numbers.flows_left_out).to.equal(0);
  });

  it('has the same columns whatever is recorded: a kept result lists them to all', async () => {
    const secret = testLayer('secret', 'line', [['commodity', 'string']], { role: 'corridors', time: null });
    const drawn = [
      [0, 14],
      [4, 14],
    ];
    const commodities = ['yellowcake', ...'abcdefghij'];
    await publishRecords(
      database,
      secret,
      commodities.map((commodity, k) => route(k + 1, commodity, drawn, { handling: 'restricted' })),
    );
    const listed = async (access: Access) => {
      const { parts, result } = await ask(database, exposure, { ...YEAR, corridors: ['lines', 'secret'] }, { access });
      const features = Object.values(result.features).map((part) => part.features);
      return { fields: parts.map(({ fields }) => fields), text: JSON.stringify(features), result };
    };
    const [all, some] = [await listed(FULL_ACCESS), await listed(PUBLIC_ACCESS)];
    expect(all.text).to.contain('"near_10_commodity":"h"');
    expect(some.text).not.to.contain('near_3_');
    expect(all.fields).to.deep.equal(some.fields);
    expect(JSON.stringify(all.fields)).not.to.match(/yellowcake|arms|fuel/);
    expect(some.result.numbers).to.include({ commodities_left_out: 0 });
    // a, arms, b to f, fuel, g and h have a column.
    expect(all.result.numbers).to.include({ commodities_left_out: 3 });
    expect(all.result.text.en).to.contain('3 commodities have no column: 10 have');
    await database.run({ text: "UPDATE azalai.layer SET withdrawn = true WHERE id = 'secret'", values: [] });
  });

  it('has a score that is the sum of what stands beside it, for any weights; with none there is no score', async () => {
    const { rows, result, numbers } = await asked(YEAR);
    const names = ['attacks', 'killed', 'corridor', 'contested', 'trend'];
    const defaults: Record<string, number> = { attacks: 0.4, killed: 0.2, corridor: 0.2, contested: 0.1, trend: 0.1 };
    expect((result.receipt.inputs as Properties).weights, 'visible in the inputs').to.deep.equal(defaults);
    const inRows = rows.map((row) => row.score as number);
    expect(Math.max(...inRows)).to.be.greaterThan(Math.min(...inRows));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 5, maxLength: 5 }),
        async (drawn) => {
          const weights = Object.fromEntries(names.map((name, index) => [name, drawn[index]]));
          const other = await asked({ ...YEAR, weights });
          for (const row of other.rows) {
            const sum = names.reduce(
              (total, name) => total + (weights[name] ?? 0) * (row[`component_${name}`] as number),
              0,
            );
            expect((row.score as number | null) ?? 0).to.be.closeTo(sum, 3e-4);
          }
        },
      ),
      { numRuns: 5, examples: [[[0, 0, 0, 0, 1]]] },
    );
    const { component_attacks, component_killed, component_corridor, component_contested, component_trend } = rows.find(
      ({ collection, item }) => collection === 'mines' && item === 1,
    ) as Record<string, number>;
    const fuel =
      toLine(
        [0.5, 14.5],
        [
          [0.6, 10],
          [0.6, 14.4],
        ],
      ) / 1000;
    expect(component_attacks).to.be.closeTo(4 / 14, 1e-4);
    expect(component_killed).to.be.closeTo(6 / 26, 1e-4);
    expect(component_corridor).to.be.closeTo(25 / (25 + fuel), 1e-4);
    expect(component_contested).to.equal(0);
    expect(component_trend).to.be.closeTo(1 / 13, 1e-4);
    expect(numbers.top[0]).to.include({ rank: 1, collection: 'mines', item: 1, name: 'One' });
    expect(result.text.en).to.contain('The score is 0.4 × attacks + 0.2 × killed');
    const none = await asked({ ...YEAR, weights: Object.fromEntries(names.map((name) => [name, 0])) });
    expect(none.rows.map(({ score, rank }) => [score, rank])).to.deep.equal(none.rows.map(() => [null, null]));
    expect(none.numbers.top.map(({ collection, item }) => `${collection}/${item}`)).to.deep.equal([
      ...['hubs/1', 'lines/1', 'lines/2', 'mines/1', 'mines/2'],
    ]);
    expect(none.result.text.en).to.contain('there is no score');
    expect(none.result.text.fr).to.contain('il n’y a pas de score');
  });

  it('has the same rows however its collections are named', async () => {
    const zero = { attacks: 0, killed: 0, corridor: 0, contested: 0, trend: 0 };
    // Without a score every row is alike, and only the order of the records is left.
    for (const weights of [{}, zero]) {
      const one = await asked({ ...YEAR, weights, of: ['mines', 'hubs', 'lines'] });
      const other = await asked({ ...YEAR, weights, of: ['lines', { collection: 'hubs' }, 'mines'] });
      expect(other.result.features).to.deep.equal(one.result.features);
      expect(other.numbers).to.deep.equal(one.numbers);
    }
    const one = await asked(YEAR);
    const again = await asked(one.result.receipt.inputs);
    expect(JSON.stringify(again.result)).to.equal(JSON.stringify(one.result));
  });

  it('takes the window of what is recorded where none is given, and rows in a place only', async () => {
    const { numbers, rows } = await asked({ place: { bbox: [0, 14, 1, 14.8] }, of: ['mines', 'hubs'] });
    expect(numbers.window).to.deep.equal({
      from: '2020-01-01T00:00:00.000Z',
      to: '2022-03-02T00:00:00.000Z',
      middle: '2021-01-30T12:00:00.000Z',
    });
    expect(numbers.at).to.equal('2022-03-01T23:59:59.999Z');
    expect(rows.map(({ item }) => item)).to.deep.equal([1]);
    const empty = await asked({ ...YEAR, place: { bbox: [50, 50, 51, 51] } });
    expect(empty.rows).to.deep.equal([]);
    expect(empty.result.text.en).to.contain('No mine, hub or corridor is selected.');
    const quiet = await asked({ datetime: '1990-01-01' });
    expect(quiet.numbers.attacks).to.deep.equal({ counted: 0, killed: 0, imprecise: 0 });
    expect(
      quiet.rows.every(({ component_attacks, trend_ratio }) => component_attacks === 0 && trend_ratio === null),
    ).to.equal(true);
  });

  it('asks nothing of who holds the ground where the list of control is empty', async () => {
    const { byRecord } = await asked({ ...YEAR, control: [] });
    expect(byRecord('mines', 1)).to.deep.include({ ground: 'not recorded', holders: [] });
    expect(byRecord('lines', 1)).to.deep.include({ ground: 'not recorded', unrecorded_share: 1 });
  });

  it('refuses what is out of range, and names the limit', async () => {
    expect((await refusal({ within_km: 501 })).detail).to.contain('500');
    expect((await refusal({ weights: { attacks: -1 } })).pointer).to.equal('/inputs/weights/attacks');
    expect((await refusal({ half: { trend: 0 } })).pointer).to.equal('/inputs/half/trend');
    expect((await refusal({ of: 'events' })).pointer).to.equal('/inputs/of');
    expect((await refusal({ at: '2020-01-01/2021-01-01' })).pointer).to.equal('/inputs/at');
    expect((await refusal({ place: { geometry: point(0, 0) } })).pointer).to.equal('/inputs/place');
    expect((await refusal({ filter: 'nothing = 1', events: 'mines' })).pointer).to.equal('/inputs/events');
    expect((await refusal({ events: [] })).detail).to.contain('give at');
  });

  it('weighs what each row is compared with: corridors by their vertices, areas by theirs', async () => {
    const catalogue = await readCatalogue(database.run);
    const chosen = (ids: string[], datetime?: string) =>
      ids.map((id) => ({
        layer: catalogue.get(id),
        filter: { access: PUBLIC_ACCESS, ...(datetime ? { datetime: parseDatetime(datetime) } : {}) },
      }));
    const [size] = await database.run<SubjectSizeRow>(subjectSizeQuery(chosen(['mines', 'hubs', 'lines']), false));
    expect(size).to.deep.include({ taken: 5, all_records: 6, lines: 2, line_vertices: 4 });
    // Mine 1 lies in the box of area 1 and mine 2 in those of 2 and 3, each within its precision in no other.
    const control = chosen(['control'], '2020-06-01');
    const grounds = (of: string[]) =>
      database.run<GroundSizeRow>(groundSizeQuery(chosen(of), false, control, 20_000)).then(([row]) => row);
    const outline = (degrees: number) => 5 + 10 * degrees;
    expect(await grounds(['mines'])).to.deep.equal({
      point_vertices: outline(6) + outline(8) + outline(6),
      line_pieces: 0,
    });
    // Line 1 comes into the boxes of all three, line 2 of the first, with a vertex each 20 km beside its two.
    const pieces = (from: number[], to: number[]) => 2 + metres(from, to) / 20_000;
    const walked = await grounds(['lines']);
    expect(walked?.point_vertices).to.equal(0);
    expect(walked?.line_pieces).to.be.closeTo(3 * pieces([0, 15], [4, 15]) + pieces([0.6, 10], [0.6, 14.4]), 1e-6);
  });

  it('says when the table would be too large, before it is made', async () => {
    const many = testLayer('many', 'point', [], site);
    const records = Array.from({ length: 5_001 }, (_, k) => testRecord(k + 1, point(k / 100, 0)));
    await publishRecords(database, many, records);
    const error = await asked({ ...YEAR, of: 'many' }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(AnalysisTooLarge);
    expect(String(error)).to.contain('5001 rows');
    await database.run({ text: "UPDATE azalai.layer SET withdrawn = true WHERE id = 'many'", values: [] });
  });

  describe('beside an independent slow count', () => {
    /** Puts other records in the place of those that are served. */
    async function replaceRecords(layer: Layer, records: readonly LayerRecord[]): Promise<void> {
      const served = (await readCatalogue(database.run)).layers.find(({ id }) => id === layer.id);
      await database.run({ text: `DELETE FROM ${await database.tableOf(layer.id)}`, values: [] });
      const cells = records.map(({ geometry: { coordinates } }) => toBaseCell(...(coordinates as [number, number])));
      await database.run(insertRecords(layer, served?.table ?? '', records, layer.geometry === 'point' ? cells : []));
    }

    // Around the equator, the Sahel, the far north, and both sides of the antimeridian.
    const middle = fc.constantFrom([0, 0], [-3, 16], [20, 70], [179.9, -17], [-179.9, -17], [0, 88.5]);
    // Evenly, not as doubles are drawn, most of which are next to nothing.
    const shift = fc.integer({ min: -1_000, max: 1_000 }).map((thousandths) => thousandths / 1_000);
    const around = fc.tuple(shift, shift);
    const wrap = (lon: number) => (lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon);
    const at = ([lon = 0, lat = 0]: readonly number[], [dx, dy]: [number, number]) => [
      wrap(lon + dx),
      Math.min(89.9, lat + dy),
    ];

    it('counts the same events near points and lines', async () => {
      const near = fc.record({
        middle,
        sites: fc.array(around, { minLength: 1, maxLength: 3 }),
        line: fc.array(around, { minLength: 2, maxLength: 4 }),
        events: fc.array(around, { minLength: 1, maxLength: 15 }),
        within: fc.integer({ min: 1, max: 120 }),
      });
      await fc.assert(
        fc.asyncProperty(near, async ({ middle: centre, sites, line: drawn, events, within }) => {
          const places = sites.map((each) => at(centre, each));
          const vertices = drawn.map((each) => at(centre, each));
          const happened = events.map((each) => at(centre, each));
          // A line of the records may not cross the antimeridian: RFC 7946 has it cut there.
          const isCut =
            Math.max(...vertices.map(([lon = 0]) => lon)) - Math.min(...vertices.map(([lon = 0]) => lon)) > 180;
          if (isCut) return;
          await replaceRecords(
            MINES,
            places.map(([lon = 0, lat = 0], k) => testRecord(k + 1, point(lon, lat), { name: null })),
          );
          await replaceRecords(
            EVENTS,
            happened.map(([lon = 0, lat = 0], k) => event(k + 1, lon, lat, '2020-02-01')),
          );
          await database.run({ text: `DELETE FROM ${await database.tableOf('lines')}`, values: [] });
          const served = (await readCatalogue(database.run)).layers.find(({ id }) => id === 'lines');
          await database.run(insertRecords(LINES, served?.table ?? '', [route(1, 'arms', vertices)], []));
          const { byRecord } = await asked({ ...YEAR, of: ['mines', 'lines'], within_km: within });
          // What is so near to the limit that methods may differ counts as either.
          const expected = (distances: number[]) => ({
            least: distances.filter((away) => away + 0.1 + away * NEAR <= within * 1000).length,
            most: distances.filter((away) => away - 0.1 - away * NEAR <= within * 1000).length,
          });
          const subjects: [string, number, number[]][] = [
            ...places.map((place, k): [string, number, number[]] => [
              'mines',
              k + 1,
              happened.map((each) => metres(place, each)),
            ]),
            ['lines', 1, happened.map((each) => toLine(each, vertices))],
          ];
          for (const [collection, item, distances] of subjects) {
            const { least, most } = expected(distances);
            expect(byRecord(collection, item).attacks, `${collection} ${item}`).to.be.within(least, most);
          }
          for (const [k, place] of places.entries()) {
            const away = toLine(place, vertices) / 1000;
            const found = byRecord('mines', k + 1).corridor_km;
            // The way of a piece of 300 km on a sphere is some metres beside that on the ellipsoid: along it it is the same.
            expect(found).to.be.closeTo(toLineOnSphere(place, vertices) / 1000, 0.001);
            expect(found).to.be.closeTo(away, 0.005 + away * NEAR);
          }
        }),
        { numRuns: 40 },
      );
    });

    it('tells a line of no length as the point that it is', async () => {
      const served = (await readCatalogue(database.run)).layers.find(({ id }) => id === 'lines');
      await database.run({ text: `DELETE FROM ${await database.tableOf('lines')}`, values: [] });
      const still = [
        [0.5, 14.5],
        [0.5, 14.5],
        [0.5, 14.5],
      ];
      await database.run(insertRecords(LINES, served?.table ?? '', [route(1, 'arms', still)], []));
      await replaceRecords(EVENTS, [event(1, 0.5, 14.5, '2020-02-01')]);
      const { byRecord } = await asked({ ...YEAR, of: 'lines' });
      expect(byRecord('lines', 1)).to.deep.include({
        attacks: 1,
        attacks_comparable: 1,
        ground: 'held',
        holders: ['A'],
        length_km: 0,
      });
    });
  });
});
