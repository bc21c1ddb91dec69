import { expect } from 'chai';
import { latLngToCell } from 'h3-js';
import { after, before, describe, it } from 'mocha';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import type { TimelineNumbersIn } from '../../../server/analysis/timeline/numbers.ts';
import { timeline } from '../../../server/analysis/timeline.ts';
import type { TrendNumbers } from '../../../server/analysis/trend/numbers.ts';
import { trend } from '../../../server/analysis/trend.ts';
import { type MannKendall, mannKendall } from '../../../server/stats/mann-kendall.ts';
import { seededRandom } from '../../../server/stats/random.ts';
import { ask, boxOf, faultsOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, seededDatabase, type TestDatabase } from '../../support/database.ts';

const lasting = (id: string, geometry: 'point' | 'line' | 'polygon', measures: string[] = []) =>
  testLayer(
    id,
    geometry,
    [
      ['actor', 'string'],
      ['workers', 'integer'],
    ],
    { time: 'interval', role: geometry === 'polygon' ? 'control' : 'sites', measures },
  );
const CAMPS = lasting('camps', 'point', ['workers']);
const WAYS = lasting('ways', 'line');
const GROUND = lasting('ground', 'polygon');
const UNITS = testLayer(
  'units',
  'polygon',
  [
    ['name', 'string'],
    ['pcode', 'string'],
  ],
  { role: 'boundaries', time: null },
);

let nextId = 1;
const record = (geometry: unknown, actor: string | null, from: string, to: string | null, other: object = {}) =>
  testRecord(nextId++, geometry as never, { actor, workers: 10, valid_from: from, valid_to: to, ...other });
const camp = (lon: number, actor: string | null, from: string, to: string | null, other: object = {}) =>
  record({ type: 'Point', coordinates: [lon, 0] }, actor, from, to, other);
const way = (west: number, east: number, actor: string, from: string, to: string | null) =>
  record(
    {
      type: 'LineString',
      coordinates: [
        [west, 0],
        [east, 0],
      ],
    },
    actor,
    from,
    to,
  );
const ground = (
  west: number,
  east: number,
  actor: string | null,
  from: string,
  to: string | null,
  other: object = {},
) => record(boxOf(west, 0, east, 1), actor, from, to, other);
const unit = (id: number, west: number, east: number) =>
  testRecord(id, boxOf(west, -1, east, 2), { name: `Unit ${id}`, pcode: `U${id}` });

const WINDOW = '2010-01-01/2014-12-31';
/** Km of a degree of longitude at the equator, and km2 of a box of one degree on it: WGS 84. */
const DEGREE = 111.319491;
const BOX = 12_308.778;

describe('the trend of what lasts', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(database, UNITS, [unit(1, 0, 1), unit(2, 1, 2), unit(3, 2, 3)]);
    await publishRecords(database, CAMPS, [
      camp(0.5, 'A', '2009-05-01', '2012-01-01'),
      camp(0.5, 'A', '2011-03-01', '2012-06-01'),
      camp(1.5, 'B', '2012-12-31', null),
      camp(1.5, 'B', '2013-02-01', '2013-03-01'),
      camp(1.5, null, '2013-01-01', null, { precision_m: 900_000, workers: 5 }),
      // Of no time, and outside of the window.
      camp(0.5, 'A', '2012-02-02', '2012-02-02'),
      camp(0.5, 'A', '2001-02-02', '2002-02-02'),
    ]);
    await publishRecords(database, WAYS, [
      way(0, 2, 'A', '2010-01-01', '2013-01-01'),
      way(1, 2, 'B', '2012-01-01', null),
    ]);
    await publishRecords(database, GROUND, [
      ground(0, 1, 'A', '2010-01-01', '2013-01-01'),
      // The same ground again, and then another's.
      ground(0, 1, 'A', '2011-01-01', '2012-06-01'),
      ground(0.5, 1.5, 'B', '2012-01-01', null),
      ground(0.5, 1.5, 'C', '2014-06-01', null, { date_precision: 'year' }),
    ]);
  });
  after(() => database.close());

  async function find(inputs: Record<string, unknown>) {
    const { result } = await ask(database, trend, { datetime: WINDOW, step: 'year', ...inputs });
    const numbers = result.numbers as TrendNumbers;
    const classOf = (name: string | undefined) => numbers.classes?.find((each) => each.class === name);
    return { ...result, numbers, classOf, unit: (id: string) => numbers.units?.find((each) => each.unit === id) };
  }
  const near = (found: readonly number[] | undefined, wanted: readonly number[], share = 1e-5) => {
    expect(found?.length).to.equal(wanted.length);
    for (const [step, value] of wanted.entries())
      expect(found?.[step], `step ${step}`).to.be.closeTo(value, share * value);
  };

  it('counts points in force at the end of each step, or at any time of it', async () => {
    const end = await find({ layers: 'camps' });
    expect(end.numbers).to.deep.include({ series_of: 'in-force', in_force: 'end' });
    // 2011 ends with both of A, 2012 with one of B that begins on its last day, 2013 with that and the one of nobody.
    expect(end.numbers.whole).to.deep.include({ series: [1, 2, 1, 2, 2], records: 4 });
    expect(end.text.en).to.match(
      /^Trend of the number in force \(Events\) wherever they are, by year, in force at the end of each: 5 years/,
    );
    const any = await find({ layers: 'camps', in_force: 'any' });
    // What ends as 2012 begins is not in it; a month of 2013 is.
    expect(any.numbers.whole).to.deep.include({ series: [1, 2, 2, 3, 2], records: 5 });
    const slow = mannKendall(Float64Array.from([1, 2, 2, 3, 2])) as MannKendall;
    expect(any.numbers.whole).to.deep.include({ s: slow.s, exact: true });
    expect(any.caveats.map(({ code }) => code))
      .to.include('lasts')
      .and.not.include('no-report');
    expect(any.text.fr).to.match(/en vigueur à un moment quelconque de chaque période/);
  });

  it('tells them apart by a field and by units, sums a measure, and has densities', async () => {
    const by = await find({ layers: 'camps', by: 'actor', units: 'units', measure: 'workers' });
    expect(by.classOf('A')?.series).to.deep.equal([10, 20, 0, 0, 0]);
    expect(by.classOf('B')?.series).to.deep.equal([0, 0, 10, 10, 10]);
    expect(by.classOf(undefined)?.series).to.deep.equal([0, 0, 0, 5, 5]);
    expect(by.numbers.classes?.at(-1)).not.to.have.property('class');
    expect(by.unit('U1')?.series).to.deep.equal([10, 20, 0, 0, 0]);
    // What is known to 900 km is in the whole only.
    expect(by.unit('U2')?.series).to.deep.equal([0, 0, 10, 10, 10]);
    expect(by.unit('U3')).to.deep.include({ trend: 'not_defined', not_defined: 'all-zero' });
    expect(by.caveats.find(({ code }) => code === 'imprecise-for-units')?.text.en).to.match(/^1 record may lie/);
    const all = await find({ layers: 'camps', units: 'units', imprecise: 'include' });
    expect(all.unit('U2')?.series).to.deep.equal([0, 0, 1, 2, 2]);
    const cells = await find({ layers: 'camps', hexagons: 3, imprecise: 'include' });
    expect(cells.unit(latLngToCell(0, 0.5, 3))?.series).to.deep.equal([1, 2, 0, 0, 0]);
    const place = { geometry: boxOf(0, -1, 1, 1) };
    const rate = await find({ layers: 'camps', place, trend_of: 'rate' });
    const area = rate.numbers.area_km2 as number;
    near(
      rate.numbers.whole.densities?.slice(0, 2),
      [1, 2].map((each) => each / (area / 1000)),
      1e-4,
    );
    expect(rate.numbers.whole).to.have.property('density_slope');
  });

  it('measures lines in force, as a whole, in a place, by units and by area', async () => {
    const { numbers, classOf, unit: of, text } = await find({ layers: 'ways', by: 'actor', units: 'units' });
    near(numbers.whole.km, [2 * DEGREE, 2 * DEGREE, 3 * DEGREE, DEGREE, DEGREE]);
    expect(classOf('A')?.km?.slice(3)).to.deep.equal([0, 0]);
    near(of('U1')?.km, [DEGREE, DEGREE, DEGREE, 0, 0]);
    near(of('U2')?.km, [DEGREE, DEGREE, 2 * DEGREE, DEGREE, DEGREE]);
    expect(of('U2')?.records).to.equal(2);
    expect(text.en).to.match(
      /the length of lines \(Events\).*every line by itself.*slope.* km from one year to the next/,
    );
    const place = { geometry: boxOf(0.5, -1, 1.5, 1) };
    const inside = await find({ layers: 'ways', place, trend_of: 'rate' });
    near(inside.numbers.whole.km, [DEGREE, DEGREE, 1.5 * DEGREE, 0.5 * DEGREE, 0.5 * DEGREE]);
    const area = inside.numbers.area_km2 as number;
    near(inside.numbers.whole.km_densities?.slice(0, 1), [DEGREE / (area / 1000)], 1e-4);
    const cells = await find({ layers: 'ways', hexagons: 2 });
    const total = [0, 1, 2, 3, 4].map((step) =>
      (cells.numbers.units ?? []).reduce((sum, each) => sum + (each.km?.[step] ?? 0), 0),
    );
    near(total, numbers.whole.km ?? []);
    const counted = await find({ layers: 'ways', series: 'in-force', units: 'units', by: 'actor' });
    expect(counted.numbers.whole.series).to.deep.equal([1, 1, 2, 1, 1]);
    expect(counted.unit('U1')?.series).to.deep.equal([1, 1, 1, 0, 0]);
  });

  it('measures the ground of polygons in force once, of each actor and in each unit', async () => {
    const { numbers, classOf, unit: of, text, caveats } = await find({ layers: 'ground', by: 'actor', units: 'units' });
    // A alone, A twice on the same, A and B who share half, B alone, and B and C on the same ground.
    near(numbers.whole.km2, [BOX, BOX, 1.5 * BOX, BOX, BOX], 1e-4);
    expect(numbers.whole.km2?.[3]).to.equal(numbers.whole.km2?.[4]);
    near(classOf('A')?.km2, [BOX, BOX, BOX, 0, 0], 1e-4);
    near(classOf('B')?.km2, [0, 0, BOX, BOX, BOX], 1e-4);
    near(classOf('C')?.km2, [0, 0, 0, 0, BOX], 1e-4);
    near(of('U1')?.km2, [BOX, BOX, BOX, BOX / 2, BOX / 2], 1e-4);
    near(of('U2')?.km2, [0, 0, BOX / 2, BOX / 2, BOX / 2], 1e-4);
    expect(of('U1')?.records).to.equal(4);
    expect(text.en).to.match(/ground of several records once.* km² from one year to the next.*By actor, corrected/);
    expect(caveats.find(({ code }) => code === 'rough-dates')).to.equal(undefined);
    const place = { geometry: boxOf(0, 0, 1, 2) };
    const share = await find({ layers: 'ground', place, trend_of: 'rate' });
    near(share.numbers.whole.shares, [0.5, 0.5, 0.5, 0.25, 0.25], 1e-3);
    expect(share.text.en).to.match(/as a share of the area.*percentage points of the area from one year to the next/);
    const areas = await find({ layers: 'ground', areas: [place, { geometry: boxOf(1, 0, 2, 1) }] });
    near(areas.numbers.units?.[1]?.km2, [0, 0, BOX / 2, BOX / 2, BOX / 2], 1e-4);
    const counted = await find({ layers: 'ground', series: 'in-force', units: 'units', in_force: 'any' });
    expect(counted.numbers.whole.series).to.deep.equal([1, 2, 3, 1, 2]);
    expect(counted.unit('U2')?.series).to.deep.equal([0, 0, 1, 1, 2]);
    const hexagons = await find({ layers: 'ground', hexagons: 3 });
    const total = [0, 1, 2, 3, 4].map((step) =>
      (hexagons.numbers.units ?? []).reduce((sum, each) => sum + (each.km2?.[step] ?? 0), 0),
    );
    near(total, numbers.whole.km2 ?? [], 1e-6);
  });

  it('has of records at random what counting quarters of a degree and days finds', async () => {
    const random = seededRandom(3);
    const among = (count: number) => Math.floor(count * random());
    const dayOf = (days: number) => new Date(Date.UTC(2009, 0, 1 + days)).toISOString().slice(0, 10);
    const made = Array.from({ length: 60 }, () => {
      const [west, from] = [among(20), among(6 * 365)];
      return { west, east: west + 1 + among(8), from, to: from + 1 + among(900), actor: 'ABC'[among(3)] as string };
    });
    await publishRecords(
      database,
      lasting('random', 'polygon'),
      made.map(({ west, east, from, to, actor }) => ground(west / 4, east / 4, actor, dayOf(from), dayOf(to))),
    );
    for (const in_force of ['end', 'any'] as const) {
      const { numbers, classOf } = await find({ layers: 'random', by: 'actor', step: 'quarter', in_force });
      const quarters = numbers.steps.map(
        ({ from, to }) => [from, to].map((each) => Date.parse(each) / 86_400_000) as [number, number],
      );
      const origin = Date.UTC(2009, 0, 1) / 86_400_000;
      const slow = (actor: string | undefined) =>
        quarters.map(([begin, next]) => {
          const first = in_force === 'end' ? next - 1 : begin;
          const held = made.filter(
            (each) =>
              (actor === undefined || each.actor === actor) && origin + each.from < next && origin + each.to > first,
          );
          const cells = new Set(
            held.flatMap(({ west, east }) => Array.from({ length: east - west }, (_, cell) => west + cell)),
          );
          return (cells.size * BOX) / 4;
        });
      expect(quarters.length).to.equal(20);
      near(numbers.whole.km2, slow(undefined), 1e-4);
      for (const actor of ['A', 'B', 'C']) near(classOf(actor)?.km2, slow(actor), 1e-4);
    }
  });

  it('says of how many the dates are known less well than a step', async () => {
    const monthly = await find({ layers: 'ground', step: 'month' });
    expect(monthly.caveats.find(({ code }) => code === 'rough-dates')?.text.en).to.match(/^Of 1 record in force/);
    expect(monthly.numbers.whole.seasonal).to.have.property('km2_slope');
  });

  it('counts dated points of any role as events', async () => {
    await publishRecords(
      database,
      testLayer('finds', 'point', [['kind', 'string']], { role: 'materiel', time: 'instant' }),
      [
        testRecord(1, { type: 'Point', coordinates: [0, 0] } as never, {
          valid_from: '2010-01-01',
          valid_to: '2010-01-02',
        }),
        testRecord(2, { type: 'Point', coordinates: [0, 0] } as never, {
          valid_from: '2014-12-31',
          valid_to: '2015-01-01',
        }),
      ],
    );
    const { numbers } = await find({ layers: 'finds' });
    expect(numbers.whole).to.deep.include({ events: 2, series: [1, 0, 0, 0, 1] });
    const inForce = await find({ layers: 'finds', series: 'in-force', in_force: 'any' });
    expect(inForce.numbers.whole.series).to.deep.equal([1, 0, 0, 0, 1]);
  });

  it('refuses what cannot be, and says what would be right', async () => {
    const faultOf = async (inputs: Record<string, unknown>) => JSON.stringify(await faultsOf(find(inputs)));
    expect(await faultOf({ layers: 'units' })).to.match(/has no time/);
    expect(await faultOf({ layers: ['camps', 'ways'] })).to.match(/one geometry/);
    expect(await faultOf({ layers: 'camps', series: 'area' })).to.match(/is of polygons/);
    expect(await faultOf({ layers: 'camps', series: 'events' })).to.match(/points that last/);
    expect(await faultOf({ series: 'area', events: 'finds' })).to.match(/name it in layers/);
    expect(await faultOf({ layers: 'camps', events: 'camps' })).to.match(/give one of them/);
    expect(await faultOf({ layers: 'ways', measure: 'workers' })).to.match(/no field is summed/);
    expect(await faultOf({ layers: 'camps', by: 'workers' })).to.match(/no text field/);
    expect(await faultOf({ layers: 'camps', trend_of: 'rate' })).to.match(/give a place/);
    expect(await faultOf({ layers: 'camps', datetime: '2010-01-01/..' })).to.match(/window/);
    const many = Array.from({ length: 5_001 }, (_, nth) => ground(nth % 50, (nth % 50) + 1, 'A', '2010-01-01', null));
    await publishRecords(database, lasting('many', 'polygon'), many);
    const error = await find({ layers: 'many' }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(AnalysisTooLarge);
  });
});

describe('the trend of what lasts, of the shipped layers', () => {
  let database: TestDatabase;
  before(async () => {
    database = await seededDatabase();
  });
  after(() => database.close());

  it('has as much ground of an actor as the timeline has, and gives the same bytes to its receipt', async () => {
    const inputs = {
      layers: 'control_areas',
      by: 'actor',
      step: 'year',
      datetime: '2012-01-01/2022-12-31',
      place: { admin: 'Mopti' },
    };
    const { result } = await ask(database, trend, inputs);
    const numbers = result.numbers as TrendNumbers;
    const { result: told } = await ask(database, timeline, {
      place: inputs.place,
      compare: ['2015-12-31', '2021-12-31'],
    });
    const { compare } = told.numbers as unknown as TimelineNumbersIn;
    for (const { actor, before_km2, after_km2 } of compare?.actors ?? []) {
      const own = numbers.classes?.find((each) => each.class === actor)?.km2;
      expect(own?.[3], actor).to.be.closeTo(before_km2, 0.02);
      expect(own?.[9], actor).to.be.closeTo(after_km2, 0.02);
    }
    expect(compare?.actors.length).to.be.above(2);
    expect(numbers.whole.km2?.[9]).to.be.closeTo(compare?.all.after_km2 ?? 0, 0.02);
    const again = await ask(database, trend, { ...result.receipt.inputs });
    expect(JSON.stringify(again.result)).to.equal(JSON.stringify(result));
  });
});
