import { expect } from 'chai';
import { latLngToCell } from 'h3-js';
import { after, before, describe, it } from 'mocha';
import type { TrendNumbers } from '../../../server/analysis/trend/numbers.ts';
import { trend } from '../../../server/analysis/trend.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import { type MannKendall, mannKendall } from '../../../server/stats/mann-kendall.ts';
import { type SenSlope, senSlope } from '../../../server/stats/sen-slope.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

const FIELDS = [
  ['kind', 'string'],
  ['killed', 'integer'],
] as const;
const EVENTS = testLayer('events', 'point', FIELDS, { kind: 'kind', measures: ['killed'] });
const UNITS = testLayer(
  'units',
  'polygon',
  [
    ['name', 'string'],
    ['pcode', 'string'],
  ],
  { role: 'boundaries', time: null },
);

/** The published series: S 38, variance 122, Z 3.3498226, p 0.00080863, Sen 2/3. */
const PUBLISHED = [0, 1, 1, 2, 3, 2, 4, 5, 4, 6];

let nextId = 1;
function events(lon: number, lat: number, from: string, number: number, properties: Record<string, unknown> = {}) {
  const to = new Date(Date.parse(from) + 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: number }, () =>
    testRecord(
      nextId++,
      { type: 'Point', coordinates: [lon, lat] },
      { kind: 'a', killed: 2, valid_from: from, valid_to: to, ...properties },
    ),
  );
}
/** As many in the years from 2010 on. */
const yearly = (lon: number, lat: number, counts: readonly number[]) =>
  counts.flatMap((count, year) => events(lon, lat, `${2010 + year}-06-15`, count));
const WINDOW = '2010-01-01/2019-12-31';

describe('the trend of a series', () => {
  let database: TestDatabase;
  const unit = (id: number, box: readonly [number, number, number, number]) =>
    testRecord(id, boxOf(...box), { name: `Unit ${id}`, pcode: `U${id}` });
  // One collection reports in all years, elsewhere: the first year of the published series has none.
  const frame = [...events(9, 9, '2010-01-01', 1), ...events(9, 9, '2019-12-31', 1)];
  const records = [
    ...frame,
    ...yearly(0.5, 0, PUBLISHED),
    ...yearly(1.5, 0, PUBLISHED.toReversed()),
    ...yearly(
      2.5,
      0,
      PUBLISHED.map(() => 3),
    ),
  ];
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(database, UNITS, [
      unit(1, [0, -1, 1, 1]),
      unit(2, [1, -1, 2, 1]),
      unit(3, [2, -1, 3, 1]),
      unit(4, [3, -1, 4, 1]),
    ]);
    await publishRecords(database, EVENTS, records);
  });
  after(() => database.close());

  async function find(inputs: Record<string, unknown>, by?: Parameters<typeof ask>[3]) {
    const { result } = await ask(database, trend, { datetime: WINDOW, step: 'year', ...inputs }, by);
    const numbers = result.numbers as TrendNumbers;
    return {
      ...result,
      numbers,
      whole: numbers.whole,
      unit: (id: string) => numbers.units?.find((each) => each.unit === id),
    };
  }
  const codes = ({ caveats }: { caveats: readonly { code: string }[] }) => caveats.map(({ code }) => code);
  const place = { geometry: boxOf(0, -1, 1, 1) };

  it('has the published values of one place', async () => {
    const { whole, numbers, text } = await find({ place });
    expect(whole).to.deep.include({
      trend: 'up',
      events: 28,
      total: 28,
      series: PUBLISHED,
      s: 38,
      variance: 122,
      exact: false,
    });
    expect(whole.z).to.be.closeTo(3.3498226, 1e-6);
    expect(whole.p).to.be.closeTo(0.00080863, 1e-8);
    expect(whole.slope).to.be.closeTo(2 / 3, 1e-6);
    expect([whole.slope_lower, whole.slope_upper]).to.deep.equal([0.428571, 0.75]);
    expect(numbers.steps.length).to.equal(10);
    expect(whole).not.to.have.property('seasonal');
    expect(text.en).to.match(
      /the series rises \(at 95 %; Mann-Kendall Z 3\.35, p = 0\.00081\).*\+0\.67 events a year from one year to the next \(95 % interval \+0\.43 to \+0\.75\)/,
    );
    expect(text.en).to.match(/^Trend of events \(Events\) in the drawn shape, by year/);
    expect(text.fr.replaceAll('\u00a0', ' ')).to.match(
      /la série est en hausse \(à 95 % ; Z de Mann-Kendall : 3,35, p = 0,00081\)/,
    );
  });

  it('is of each unit too, corrected for their number', async () => {
    const { unit: of, numbers, features } = await find({ units: 'units' });
    expect(of('U1')).to.deep.include({ trend: 'up', s: 38, series: PUBLISHED, name: 'Unit 1' });
    expect(of('U2')).to.deep.include({ trend: 'down', s: -38, slope: -0.666667 });
    expect(of('U3')).to.deep.include({ trend: 'not_defined', not_defined: 'all-equal', events: 30 });
    expect(of('U4')).to.deep.include({ trend: 'not_defined', not_defined: 'all-zero', events: 0 });
    // Two are tested, with the same p: the correction of the larger is none.
    expect(of('U1')?.p_adjusted).to.be.closeTo(0.00080863, 1e-8);
    expect(numbers.trends).to.deep.equal({ up: 1, down: 1, none: 0, not_defined: 2 });
    expect(features.units?.features.map(({ properties }) => properties?.trend)).to.deep.equal([
      'up',
      'down',
      'not_defined',
      'not_defined',
    ]);
    // What lies in no unit is in the whole.
    expect(numbers.whole.events).to.equal(records.length);
  });

  it('is of hexagons and of areas', async () => {
    const cell = (lon: number) => latLngToCell(0, lon, 3);
    const hexagons = await find({ hexagons: 3 });
    expect(hexagons.unit(cell(0.5))?.series).to.deep.equal(PUBLISHED);
    expect(hexagons.numbers.units?.length).to.equal(4);
    const within = await find({ hexagons: 3, place: { geometry: boxOf(0.4, -0.1, 0.6, 0.1) } });
    expect(within.unit(cell(0.5))).to.deep.include({ trend: 'up', events: 28 });
    const areas = await find({ areas: [place, { geometry: boxOf(1, -1, 2, 1) }] });
    expect(areas.numbers.units?.map((each) => each.trend)).to.deep.equal(['up', 'down']);
  });

  it('sums a measure, and has rates by area and length of the step', async () => {
    const killed = await find({ place, measure: 'killed' });
    expect(killed.whole).to.deep.include({ events: 28, total: 56, s: 38, series: PUBLISHED.map((count) => 2 * count) });
    expect(killed.whole.slope).to.be.closeTo(4 / 3, 1e-6);
    const rate = await find({ place, trend_of: 'rate' });
    const areaKm2 = rate.numbers.area_km2 as number;
    expect(areaKm2).to.be.closeTo(24_616.928, 0.1);
    const perStep = PUBLISHED.map((count, year) => {
      const days = (Date.UTC(2011 + year, 0) - Date.UTC(2010 + year, 0)) / 86_400_000;
      return count / (areaKm2 / 1000) / (days / (365.2425 / 12));
    });
    for (const [step, value] of (rate.whole.rates ?? []).entries())
      expect(value).to.be.closeTo(perStep[step] as number, 1e-6);
    const slow = mannKendall(Float64Array.from(perStep)) as MannKendall;
    expect(rate.whole.s).to.equal(slow.s);
    expect(rate.whole).not.to.have.property('slope');
    expect(rate.whole.rate_slope).to.be.closeTo(2 / 3 / (areaKm2 / 1000) / 12, 2e-4);
    // Without a place it is that of the collections: their box, or what they say that they cover.
    expect((await find({ trend_of: 'rate' })).numbers.area_km2).to.be.above(areaKm2);
  });

  it('compares months with the same of other years', async () => {
    // One more each year, beside waves of the season, of which every month of a year has its own.
    const wave = [0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1];
    const months = Array.from({ length: 48 }, (_, month) => month);
    const monthly = months.flatMap((month) => {
      const day = `${2012 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-05`;
      return events(0.5, 0, day, (wave[month % 12] as number) + Math.floor(month / 12));
    });
    await publishRecords(database, EVENTS, [
      ...events(9, 9, '2012-01-01', 1),
      ...monthly,
      ...events(9, 9, '2015-12-31', 1),
    ]);
    const { whole, text } = await find({ datetime: '2012-01-01/2015-12-31', step: 'month', place });
    expect(whole.seasonal).to.deep.include({ s: 12 * 6 });
    expect(whole.seasonal?.variance).to.be.closeTo((12 * (4 * 3 * 13)) / 18, 1e-3);
    expect(whole.seasonal?.p).to.be.below(1e-6);
    // Within a year, of what one month has: twelve steps.
    const { slope } = senSlope(Float64Array.from(whole.series ?? [])) as SenSlope;
    expect(slope).to.be.above(0);
    expect(whole.slope).to.be.closeTo(12 * slope, 1e-6);
    expect(whole.p).to.be.above(0.0001);
    // Of all months alike one more each year: the median within a year is one.
    expect(whole.seasonal?.slope).to.be.closeTo(1, 1e-6);
    expect(text.en).to.match(
      /With each month compared only with the same of other years.*, slope \+1 events a month from one year to the next\./,
    );
    expect(text.fr).to.match(/, pente \+1 événements par mois d’une année à l’autre\./);
    const rates = await find({ datetime: '2012-01-01/2015-12-31', step: 'month', place, trend_of: 'rate' });
    expect(rates.whole.seasonal?.rate_slope).to.be.above(0);
    expect(rates.whole.seasonal).not.to.have.property('slope');
    const quarters = await find({ datetime: '2012-01-01/2015-12-31', step: 'quarter', place });
    expect(quarters.whole.seasonal).to.deep.include({ s: 4 * 6 });
    expect(quarters.whole.series?.length).to.equal(16);
  });

  it('says where steps are alike beyond the trend, and where most have nothing', async () => {
    const ten = [9, 9, 9, 9, 9, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 0, 0, 0, 0, 0];
    const last = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1, 2, 2, 3];
    const long = { datetime: '2010-01-01/2029-12-31' };
    await publishRecords(database, EVENTS, [
      ...frame,
      ...events(9, 9, '2029-12-31', 1),
      ...yearly(0.5, 0, ten),
      ...yearly(1.5, 0, last),
    ]);
    const blocks = await find({ ...long, place });
    expect(codes(blocks)).to.include('autocorrelation');
    expect(blocks.whole.autocorrelation).to.be.above(0.5);
    const sparse = await find({ ...long, place: { geometry: boxOf(1, -1, 2, 1) } });
    expect(sparse.whole).to.deep.include({ trend: 'up', slope: 0 });
    expect(codes(sparse)).to.include('mostly-zero').and.to.include('no-report');
  });

  it('says of units too where steps are alike beyond the trend', async () => {
    const climbing = [0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 0, 0, 0, 0, 0, 19, 19, 19, 19, 19];
    await publishRecords(database, EVENTS, [...frame, ...events(9, 9, '2029-12-31', 1), ...yearly(0.5, 0, climbing)]);
    const long = { datetime: '2010-01-01/2029-12-31', units: 'units' };
    const found = await find(long);
    expect(found.unit('U1')?.trend).to.equal('up');
    expect(found.caveats.find(({ code }) => code === 'autocorrelation-of-units')?.text.en).to.match(
      /^In 1 unit or class with/,
    );
    await publishRecords(database, EVENTS, records);
    expect(codes(await find({ units: 'units' }))).not.to.include('autocorrelation-of-units');
  });

  it('leaves out what the window cuts, and is exact of few steps', async () => {
    await publishRecords(database, EVENTS, records);
    const cut = await find({ datetime: '2012-02-01/2019-12-31', place });
    expect(cut.numbers.steps.map(({ from }) => from)[0]).to.equal('2013-01-01');
    expect(cut.numbers).to.deep.include({ steps_left_out: 1, in_no_step: 1 });
    expect(cut.whole).to.deep.include({ exact: true, series: PUBLISHED.slice(3) });
    expect(codes(cut)).to.include.members(['cut-steps', 'in-no-step', 'few-steps']);
    const two = await find({ datetime: '2012-01-01/2013-12-31', place });
    expect(two.whole).to.deep.equal({
      trend: 'not_defined',
      not_defined: 'too-few',
      events: 3,
      total: 3,
      series: [1, 2],
    });
    const none = await find({ filter: "kind = 'b'" });
    expect(none.whole.not_defined).to.equal('all-zero');
    for (const { numbers, text } of [two, none])
      expect(JSON.stringify([numbers, text])).not.to.match(/null|NaN|undefined/);
  });

  it('is of each kind too, corrected for their number, and of no other field', async () => {
    await publishRecords(database, EVENTS, [
      ...records,
      ...yearly(0.5, 0, PUBLISHED.toReversed()).map((record) => ({
        ...record,
        properties: { ...record.properties, kind: 'b' },
      })),
    ]);
    const { numbers, text } = await find({ place, by: 'kind' });
    expect(numbers.classes?.map((each) => [each.class, each.trend, each.series])).to.deep.equal([
      ['a', 'up', PUBLISHED],
      ['b', 'down', PUBLISHED.toReversed()],
    ]);
    expect(numbers.classes?.[0]?.p_adjusted).to.be.closeTo(0.00080863, 1e-8);
    expect(numbers.class_trends).to.deep.equal({ up: 1, down: 1, none: 0, not_defined: 0 });
    expect(numbers.whole.trend).to.equal('none');
    expect(text.en).to.match(/By kind, corrected for their number, of 2: 1 up \(a\), 1 down \(b\)/);
    await publishRecords(database, EVENTS, records);
  });

  it('is the same of the same records in another order, and counts what the caller may see', async () => {
    const first = await find({ units: 'units' });
    const secret = events(3.5, 0, '2012-06-15', 4, { handling: 'restricted' });
    const others = [...records.toReversed(), ...secret].map((record, index) => ({ ...record, id: index + 1 }));
    await publishRecords(database, EVENTS, others);
    const again = await find({ units: 'units' });
    expect(again.numbers).to.deep.equal(first.numbers);
    const full = await find({ units: 'units' }, { access: FULL_ACCESS });
    expect(full.unit('U4')?.events).to.equal(4);
    expect(again.unit('U4')?.events).to.equal(0);
  });

  it('says how many records a ceiling on the precision leaves out', async () => {
    await publishRecords(database, EVENTS, [
      ...records,
      ...events(0.6, 0, '2012-06-15', 3, { precision_m: 9_000 }),
      ...events(1.6, 0, '2012-06-15', 2, { precision_m: 9_000 }),
    ]);
    const all = await find({ place });
    expect(all.whole.events).to.equal(31);
    const ceiling = await find({ place, max_precision_m: 5_000 });
    expect(ceiling.whole.events).to.equal(28);
    expect(codes(all)).not.to.include('imprecise');
    expect(ceiling.caveats.find(({ code }) => code === 'imprecise')?.text.en).to.match(/^3 records are left out/);
  });

  it('leaves out of hexagons and units what may lie in another, or counts it, and says which', async () => {
    const far = { precision_m: 200_000 };
    await publishRecords(database, EVENTS, [
      ...records,
      ...events(0.6, 0, '2012-06-15', 3, far),
      ...events(0.6, 0, '2013-06-15', 2, { precision_m: null }),
    ]);
    const cell = latLngToCell(0, 0.5, 3);
    for (const [by, id] of [
      [{ units: 'units' }, 'U1'],
      [{ hexagons: 3 }, cell],
      [{ hexagons: 3, place: { geometry: boxOf(-1, -2, 3, 2) } }, cell],
    ] as const) {
      const without = await find(by);
      expect(without.unit(id)?.series, id).to.deep.equal(PUBLISHED);
      // In no unit are the five, and by units the frame.
      const inUnits = without.numbers.units?.reduce((sum, each) => sum + (each.events ?? 0), 0) as number;
      expect((without.whole.events ?? 0) - inUnits).to.equal('units' in by ? 7 : 5);
      const caveat = (found: typeof without) => found.caveats.find(({ code }) => code === 'imprecise-for-units')?.text;
      expect(caveat(without)?.en).to.match(/^5 events may lie in another unit and count in none/);
      const included = await find({ ...by, imprecise: 'include' });
      expect(included.unit(id)?.events, id).to.equal(33);
      expect(caveat(included)?.fr).to.match(/^5 événements relèvent peut-être.*comptent là où est leur point/);
    }
  });

  it('has a rate of what lies in the area that the collections cover, and says how much does not', async () => {
    const area = { ...EVENTS, area: [-1, -2, 4, 2] as [number, number, number, number] };
    await publishRecords(database, area, records);
    const rate = await find({ trend_of: 'rate', units: 'units' });
    // The two events of the frame lie beyond; they are in the counts.
    expect(rate.whole.events).to.equal(records.length - 2);
    expect(rate.caveats.find(({ code }) => code === 'outside')?.text.en).to.match(/^2 events lie outside that area/);
    expect((await find({ units: 'units' })).whole.events).to.equal(records.length);
    expect(rate.unit('U1')?.series).to.deep.equal(PUBLISHED);
    await publishRecords(database, EVENTS, records);
  });

  it('says that steps are silent as far as dates are known', async () => {
    await publishRecords(database, EVENTS, [
      ...records,
      ...events(3.5, 0, '2015-01-01', 4, { valid_to: '2017-01-01' }),
    ]);
    const { caveats } = await find({ place: { geometry: boxOf(3, -1, 4, 1) } });
    expect(caveats.find(({ code }) => code === 'no-report')?.text.en).to.match(
      /in 10 of 10 years \(as far as dates are known to the year\)/,
    );
  });

  it('refuses what has no steps, and a measure that is not summed', async () => {
    const faultOf = async (inputs: Record<string, unknown>) => {
      const error = await find(inputs).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(InvalidParameter);
      return JSON.stringify((error as InvalidParameter).faults);
    };
    expect(await faultOf({ measure: 'injured' })).to.match(/does not sum.*it sums killed/);
    expect(await faultOf({ units: 'units', hexagons: 3 })).to.match(/by one thing/);
    expect(await faultOf({ events: [] })).to.match(/name one/);
  });
});
